"""Cases with their messages and deeds, and the switch that holds everything."""
