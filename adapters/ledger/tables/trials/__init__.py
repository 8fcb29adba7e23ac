"""Tables of what is tried out on some customers."""
