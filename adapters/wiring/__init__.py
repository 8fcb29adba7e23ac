"""Chooses and puts together the adapters of an installation."""
