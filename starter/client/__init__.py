"""The client for programs in our own process: everything that can be said to a case."""
