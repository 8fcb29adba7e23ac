"""The console: pages for the people who look after customers, over the services of all others."""
