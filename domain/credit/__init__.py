"""The customer's credit: ok, held, or cash only."""
