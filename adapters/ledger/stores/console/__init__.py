"""What the console keeps in PostgreSQL, one class for each port."""
