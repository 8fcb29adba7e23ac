"""Settings of an installation from environment or files, and tokens made with its secret."""
