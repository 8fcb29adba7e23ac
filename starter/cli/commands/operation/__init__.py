"""Commands that start, hold, rehearse or examine the system."""
