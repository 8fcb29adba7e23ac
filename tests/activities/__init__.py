"""The deeds on a real ledger, with providers that do what they are told."""
