"""Twilio's webhooks: signature, text messages and calls."""
