"""Cases, what was said to them and done for them, and the hold switch."""
