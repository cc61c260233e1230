"""DUPRO Desk: plans the man-days of a third-party inspection firm."""
