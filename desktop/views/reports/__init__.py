"""The page of reports: capacity, cost, service, and what one more is worth."""
