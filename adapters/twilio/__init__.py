"""Text messages and voice calls through Twilio."""
