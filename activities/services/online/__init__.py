"""What customers pay online, from the order to the money."""
