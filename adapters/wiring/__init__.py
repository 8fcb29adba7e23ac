"""Which adapters an installation uses, and whether it may send for real."""
