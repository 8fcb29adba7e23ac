"""What people do: forms, and the messages and services that they become."""
