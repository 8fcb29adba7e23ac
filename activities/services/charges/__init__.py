"""Services for what being late costs."""
