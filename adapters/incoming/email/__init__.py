"""Mails that come in: fetched, taken apart, sorted, and kept."""
