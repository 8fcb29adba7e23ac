"""Services of the console: coming in, the worklist, search, notes."""
