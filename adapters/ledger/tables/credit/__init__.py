"""Tables of what is known before credit is given."""
