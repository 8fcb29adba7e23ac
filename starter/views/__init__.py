"""What people and programs are shown of cases, customers and calls."""
