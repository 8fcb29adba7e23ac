"""Our adapters against stand-ins for providers that others wrote."""
