"""History: what cases tell of their customer, and the figures of reports."""
