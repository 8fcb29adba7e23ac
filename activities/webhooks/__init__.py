"""Webhooks: what happened is posted to the endpoints of other systems until it is taken."""
