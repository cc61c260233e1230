"""The solver: reads a planning problem, gives a plan. Knows neither Qt nor SQL, and runs alone."""
