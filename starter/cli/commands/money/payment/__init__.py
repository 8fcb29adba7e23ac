"""The noun `payment`: recorded, imported, reversed, allocated, refunded, awaited."""
