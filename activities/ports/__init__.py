"""What the activities need from the world: protocols, and the types that pass through them."""
