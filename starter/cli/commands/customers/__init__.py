"""Commands about customers, contact with them, and the collectors' tasks."""
