"""What one more is worth to a plan, what a promise and a rule cost, and what-ifs: studies, solved for and kept."""
