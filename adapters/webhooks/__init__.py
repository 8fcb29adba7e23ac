"""Telling other systems what happened: signed, again and again, and only where it may go."""
