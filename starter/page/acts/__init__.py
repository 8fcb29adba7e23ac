"""What customers can do on their page: each act with its form, its Plan B and what it says."""
