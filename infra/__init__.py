"""Running Amicable: embedded servers, images, and the bootstrap of a Temporal namespace."""
