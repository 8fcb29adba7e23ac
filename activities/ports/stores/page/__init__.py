"""The customer's page: whose link it is, and which address was confirmed."""
