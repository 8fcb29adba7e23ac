"""Letters that answer the customer or put something right: which one, and what it has to say."""
