"""What customers see and say on their page, by the link of a letter."""
