"""Payments: posted once, allocated over invoices, and what a person decides about money."""
