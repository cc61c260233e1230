"""The list of people, the card and calendar of one, and the form of one."""
