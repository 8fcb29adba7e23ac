"""What can go wrong, as the gateway says it (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

__all__ = [
    "AmicableError",
    "ConflictError",
    "InvalidError",
    "NotFoundError",
    "ProblemError",
    "RefusedError",
    "UnauthorizedError",
    "UnreachableError",
]

AGAIN = frozenset({408, 425, 429, 502, 503, 504})
"""The statuses after which the same may help a little later."""


class AmicableError(Exception):
    """The gateway was not reached, or said no."""


class UnreachableError(AmicableError):
    """No answer came, in as many tries as were allowed; a command may have arrived all the same."""


class ProblemError(AmicableError):
    """The gateway said no.

    Attributes:
        status: of HTTP.
        type: the kind of problem, such as `urn:amicable:problem:refused`.
        code: what became of what was asked, in one word; empty where the ledger was not asked.
        detail: in words, with the way out.
        field: of the body, if one is to blame; errors: all of them, where there are several.
        retry_after: seconds to wait before another try.
    """

    def __init__(self, status: int, told: Mapping[str, Any], retry_after: float) -> None:
        self.status = status
        self.type = str(told.get("type", ""))
        self.title = str(told.get("title", ""))
        self.detail = str(told.get("detail", ""))
        self.code = str(told.get("code", ""))
        self.field = str(told.get("field", ""))
        self.errors: Sequence[Mapping[str, str]] = told.get("errors") or ()
        self.retry_after = retry_after
        super().__init__(f"{status} {self.title}: {self.detail}".rstrip(": "))


class UnauthorizedError(ProblemError):
    """The key is none, or its role may not do that (401, 403)."""


class NotFoundError(ProblemError):
    """There is no such thing (404)."""


class ConflictError(ProblemError):
    """The id or key was used before for something else, or it has changed meanwhile (409, 422)."""


class InvalidError(ProblemError):
    """The request is to be mended; no case would take it as it is (400, 413, 415, 422)."""


class RefusedError(ProblemError):
    """The request is right; the case as it stands, the policy or a limit forbids it (422)."""


_BY_TYPE: Mapping[str, type[ProblemError]] = {
    "unauthorized": UnauthorizedError,
    "forbidden": UnauthorizedError,
    "not-found": NotFoundError,
    "conflict": ConflictError,
    "malformed": InvalidError,
    "too-large": InvalidError,
    "unsupported-media-type": InvalidError,
    "invalid": InvalidError,
    "key-reused": ConflictError,
    "refused": RefusedError,
}


def problem_of(answer: httpx.Response) -> ProblemError:
    """Read what went wrong; a proxy's answer is one, too."""
    try:
        told = json.loads(answer.content)
    except ValueError:
        told = None
    known = told if isinstance(told, dict) else {"title": answer.reason_phrase}
    wait = answer.headers.get("retry-after", "")
    return problem_told(answer.status_code, known, float(wait) if wait.isdecimal() else 0.0)


def problem_told(status: int, told: Mapping[str, Any], wait: float = 0.0) -> ProblemError:
    """Make the error of a problem's kind."""
    kind = _BY_TYPE.get(str(told.get("type", "")).rpartition(":")[2], ProblemError)
    return kind(status, told, wait)
