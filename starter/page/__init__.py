"""The customer's page: plain pages and forms by the link of a letter, for phones first."""
