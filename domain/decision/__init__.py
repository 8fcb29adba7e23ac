"""The decision: ordered rules that say what comes next for a case, when, and why."""
