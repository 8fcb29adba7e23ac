"""Pages about agencies: what they would take, what they have, say and pay."""
