"""What can be wrong with what people and systems tell us, in words they can act on."""


class DomainError(ValueError):
    """Something given is impossible; the text says why and names the way out.

    Attributes:
        field: the name of the field at fault, if there is one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class RefusedError(DomainError):
    """A message that cannot be applied to this case; it is kept and shown to a person."""
