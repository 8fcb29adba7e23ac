"""Inbound: replies, provider events, mailboxes and confirmed receipts."""
