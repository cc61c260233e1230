"""Telling inspectors, factories and clients of the visits in force, and keeping what they answer."""
