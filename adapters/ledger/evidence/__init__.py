"""Files kept with cases."""
