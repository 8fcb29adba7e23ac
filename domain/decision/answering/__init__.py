"""Letters that answer the customer or put something right, and ask for nothing anew."""
