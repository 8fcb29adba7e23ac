"""Stripe Checkout by Stripe's own library: places to pay, and signed news of payments."""
