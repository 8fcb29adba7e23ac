"""Looking after what does not go on by itself: parts of a round that fail, cases that are stuck."""
