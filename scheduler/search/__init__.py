"""The search for a good plan: construct one, then take parts out and put them back better.

`options` lists every visit that could be planned, `roster` prices weeks and insertions, `state` is a plan in the
making, `construct` builds the first, `ruin` and `recreate` change it, `anneal` decides what to keep, and `master` puts
together the best plan from all weeks seen.
"""
