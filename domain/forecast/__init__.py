"""When open money may be expected, told from how the same customers paid before."""
