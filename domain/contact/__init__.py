"""Contact with the customer: limits of contact, ways to reach them, and what became of messages."""
