"""Errors about what people and systems tell us, in words that they can act on."""

from domain.answer_codes import AnswerCode


class CodedError(Exception):
    """Why something was not done; programs decide by its code, people read its text.

    Attributes:
        code: what is wrong, in one word.
    """

    code = AnswerCode.REFUSED


class DomainError(CodedError, ValueError):
    """Input that is impossible; the text says why and names the way out.

    Attributes:
        field: the name of the field at fault, if there is one.
    """

    code = AnswerCode.INVALID

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class RefusedError(DomainError):
    """A message that cannot be applied to this case; it is kept and shown to a person."""

    code = AnswerCode.REFUSED


class InvalidError(RefusedError):
    """A message that no case could take: a field is missing, unknown or wrong."""

    code = AnswerCode.INVALID


class PolicyRefusedError(RefusedError):
    """A message that the policy or a fixed limit does not allow, or not without a supervisor."""

    code = AnswerCode.REFUSED_BY_POLICY
