"""The only place that knows vendors: the ledger, mail and SMS providers, the agency, files."""
