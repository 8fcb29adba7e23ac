"""What providers and debtors sent back, applied to the cases it is about."""
