"""The policy: how a creditor collects, read from a file and checked; the customer classes."""
