"""Electronic invoices: what they claim of whom, and when by their own words it is due."""
