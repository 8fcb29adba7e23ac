"""Keys of programs, and answers kept per idempotency key."""
