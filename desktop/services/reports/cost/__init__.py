"""What visits cost and earn, and what of it each client has: reports "cost" and "clients"."""
