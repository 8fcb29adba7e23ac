"""What can go wrong outside our own code, said with the way out."""


class InfraError(Exception):
    """A server could not be found, started or reached; the text says what to do about it."""
