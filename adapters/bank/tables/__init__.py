"""Reads statements that banks write as tables (CSV), by a profile of the bank's columns."""
