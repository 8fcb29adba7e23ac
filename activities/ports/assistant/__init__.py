"""What is kept of assistants: what they did, and who asked for it."""
