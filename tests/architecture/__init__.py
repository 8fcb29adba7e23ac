"""The rules of the house, held up against its own files."""
