"""The fold: from the set of recorded facts to the state of the case."""
