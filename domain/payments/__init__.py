"""Money that came, is on its way, is allocated, discounted, corrected or written off."""
