"""What systems ask and tell in bulk, and what a head of credit control steers by, over HTTP."""
