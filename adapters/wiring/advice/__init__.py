"""Puts together what helps people to decide: assistants, models, experiments."""
