"""Puts together what hears from billing systems."""
