"""Reads banks' files: camt, MT940, BAI2, CODA, OFX and CSV, each into the same statements."""
