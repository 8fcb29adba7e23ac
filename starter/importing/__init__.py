"""Importing whole files of invoices and payments."""
