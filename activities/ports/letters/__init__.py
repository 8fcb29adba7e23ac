"""Changes of letters to come: how they are kept, and how they end."""
