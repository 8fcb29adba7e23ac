"""What cases leave behind: the customer's record, and the figures of reports."""
