"""Agencies: what each of them takes for collecting a claim, and what would come in net."""
