"""What strangers send to a running case, and what becomes of it."""
