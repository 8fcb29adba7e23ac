"""Interest: what the law or a contract adds for paying late, by the day."""
