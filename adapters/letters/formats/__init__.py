"""A letter as mail, text message, PDF or calendar entry, in the creditor's style."""
