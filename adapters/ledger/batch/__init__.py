"""Many cases at once: opened, read and decided in a handful of statements."""
