"""Reports of print services about posted letters."""
