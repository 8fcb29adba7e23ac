"""Views of cases, customers and calls, for people and programs."""
