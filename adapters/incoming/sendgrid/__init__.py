"""SendGrid's event webhooks: signature and events."""
