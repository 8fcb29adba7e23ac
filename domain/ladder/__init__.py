"""The ladder: which step of the policy comes next, when, and what must be said again."""
