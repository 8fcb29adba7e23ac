"""Rounds that fail, and cases that do not go on by themselves."""
