"""The only place that knows vendors: the ledger's database, mail and SMS providers, the agency, files."""
