"""Intake: reading messages from people and systems, and wording the answer to each of them."""
