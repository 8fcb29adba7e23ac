"""The client for programs in our own process."""
