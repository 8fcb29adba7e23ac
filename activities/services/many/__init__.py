"""What is done to many customers or invoices at once, each with its own answer."""
