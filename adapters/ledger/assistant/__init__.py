"""The record of what assistants did, in PostgreSQL."""
