"""What tests run which line, written down once and kept from one hunt to the next."""
