"""Commands about payments, allocation and reports."""
