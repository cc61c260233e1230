"""The trade's rules: pure functions, each with its source; no database, no window."""
