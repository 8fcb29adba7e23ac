"""What goes between us and the agencies: claims, quotes, choices, news and money."""
