"""What the law or a contract adds for paying late: rates, compensation, and interest by the day."""
