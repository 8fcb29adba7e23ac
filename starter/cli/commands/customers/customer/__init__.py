"""The noun `customer`: who owes, how they are reached, and what was decided about them."""
