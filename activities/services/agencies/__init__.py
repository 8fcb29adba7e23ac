"""What people and programs do with agencies: compare, place, hear, reconcile."""
