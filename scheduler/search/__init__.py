"""The search for a good plan: construct one, then take parts out and put them back better, in compiled kernels.

`layout` lays the tables out for the search, `draft` is a plan in the making, and `pricing` says what one more visit
adds to a week. `begin` makes the first plan, `strings` takes a part of a plan out, `filling` puts requests back,
`cooling` decides what to keep, and `crop` gathers the weeks seen. `search` holds all of it behind one class, and
`anneal` spends a run's time on it. `dice` draws the random numbers.
"""
