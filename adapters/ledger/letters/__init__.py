"""What people changed of letters to come, and how each change ended."""
