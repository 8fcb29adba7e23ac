"""Looking at cases and customers without any lock."""
