"""Files that people bring: archives, and why one is refused."""
