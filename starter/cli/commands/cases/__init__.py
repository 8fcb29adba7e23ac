"""Commands about invoices and their cases."""
