"""Ports to agencies: which there are, what they take, and what they said and paid."""
