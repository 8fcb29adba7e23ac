"""A model that reads what customers answer, and what is kept of asking it."""
