"""Messages to the debtor and the agency: bundled, written, and sent effectively once."""
