"""The case: one unpaid invoice with all that was said to it and done for it."""
