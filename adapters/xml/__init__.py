"""Foreign XML read safely, for whoever reads files."""
