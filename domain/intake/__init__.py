"""Reading messages from people and systems, and the answer to each of them."""
