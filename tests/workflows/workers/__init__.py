"""What a worker serves, and how it starts."""
