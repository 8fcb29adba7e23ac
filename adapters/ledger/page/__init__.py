"""The customer's page in PostgreSQL: its links, and the addresses that were confirmed."""
