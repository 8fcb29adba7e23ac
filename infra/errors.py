"""Errors of servers and programs, said with the way out."""


class InfraError(Exception):
    """A server could not be found, started or reached; the text says what to do about it."""
