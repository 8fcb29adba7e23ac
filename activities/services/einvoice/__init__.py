"""Electronic invoices taken in: whose they are, what is asked, and the copies to keep."""
