"""Calls to other servers: time-outs, what errors prove, and checks of addresses."""
