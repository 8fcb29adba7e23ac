"""Takes in bank statements: money finds its invoices, returns take it back, the rest is asked."""
