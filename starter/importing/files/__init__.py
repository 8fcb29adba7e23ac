"""Reads CSV files of invoices, payments and rehearsals."""
