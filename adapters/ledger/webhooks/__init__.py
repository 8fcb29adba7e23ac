"""Endpoints of other systems, and the queue of deliveries to them."""
