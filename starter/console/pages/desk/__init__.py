"""Pages on which something is looked at before it is done: a plan, and an act on many."""
