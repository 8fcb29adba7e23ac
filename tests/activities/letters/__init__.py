"""Letters that are looked at before they leave."""
