"""What comes back: hooks, mails, mailboxes."""
