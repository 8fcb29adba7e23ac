"""One case under its account's lock: opened, told something, decided, and its tasks for people."""
