"""Adapters, the only code that knows vendors: ledger, mail and SMS providers, agency, files."""
