"""What came back: replies, events, mailboxes and confirmed receipts."""
