"""The addresses of the gateway, by subject."""
