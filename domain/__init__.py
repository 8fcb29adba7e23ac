"""The pure heart: what is owed, what was agreed, what a good collector would do next."""
