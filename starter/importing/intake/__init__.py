"""Opening and posting what a file says: all of it or nothing."""
