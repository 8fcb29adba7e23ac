"""Pages of whoever runs it: what leaves, what fails, programs, and the creditor's own data."""
