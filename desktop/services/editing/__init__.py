"""Handlers of the commands that change single records."""
