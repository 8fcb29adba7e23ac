"""The pure heart of Amicable: what is owed, what was agreed, and what a good collector would do next."""
