"""A letter looked at before it leaves: changed, tried out, and sent."""
