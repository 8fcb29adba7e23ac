"""Messages to debtors: marked in flight, bundled, and what providers never reported."""
