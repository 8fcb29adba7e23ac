"""The embedded servers: started, found again, and stopped."""
