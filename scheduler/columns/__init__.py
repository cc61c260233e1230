"""Column generation: a proven bound, and better plans.

A column is one inspector's whole horizon. `labels` finds the cheapest at given prices, `pricing` asks it for every
inspector, `master` puts columns together and prices what they serve.
"""
