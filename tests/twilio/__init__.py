"""What comes back: signatures, news of messages and calls, and wishes of debtors."""
