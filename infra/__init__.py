"""Running it: embedded servers, images, and the bootstrap of a Temporal namespace."""
