"""Takes files in: opens and posts all that a file says, or nothing."""
