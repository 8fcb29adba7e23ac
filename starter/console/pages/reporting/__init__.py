"""The reports that the console shows: how each is made, drawn, and written as a table."""
