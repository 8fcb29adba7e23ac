"""Moving running cases to another version of their policy."""
