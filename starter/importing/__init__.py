"""Imports whole files of invoices and payments."""
