"""Who comes in: sessions, headers, and where a request may come from."""
