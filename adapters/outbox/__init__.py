"""The outbox: messages as files, for demos and tests."""
