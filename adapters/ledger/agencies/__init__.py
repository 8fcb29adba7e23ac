"""Which agency has which case, and the money that agencies reported."""
