"""Takes in what comes back from providers and debtors: read, checked, and kept as one row."""
