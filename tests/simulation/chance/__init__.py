"""What nobody has planned, and what comes at the worst of all moments."""
