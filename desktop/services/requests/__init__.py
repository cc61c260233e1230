"""The list of requests and the form of one: what the window asks and shows of bookings."""
