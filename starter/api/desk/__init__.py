"""Routes of the collectors' desk: tasks, customers, plans, files, and acts on many at once."""
