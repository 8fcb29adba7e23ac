"""Mollie: pages where customers pay, and what it answers when it is asked how a payment stands."""
