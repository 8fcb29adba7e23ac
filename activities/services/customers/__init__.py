"""Services for customers: contact data, credit, flags and erasure."""
