"""E-mail: through SendGrid or a mail server of one's own."""
