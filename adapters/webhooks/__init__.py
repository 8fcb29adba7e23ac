"""Webhooks to endpoints: signed, and only where they may go."""
