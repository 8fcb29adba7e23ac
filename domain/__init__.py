"""Pure rules and values: what is owed, what was agreed, and what comes next for a case."""
