"""The noun `case`: looked at, explained, stated, and steered by a person."""
