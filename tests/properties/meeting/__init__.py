"""Where capabilities meet: pairs of messages, any policy, and what may press a customer."""
