"""The console in the ledger: people, sessions, worklist, search, timeline."""
