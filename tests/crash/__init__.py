"""Killing everything in the middle of deeds, and an independent look at what came of it."""
