"""One case under its account's lock: opened, read, told something, decided, and its tasks."""
