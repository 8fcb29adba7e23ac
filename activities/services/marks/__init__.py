"""Messages that were left on their way, and what became of them."""
