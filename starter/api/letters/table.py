"""The routes of letters: method, address, name, handler, roles and answer of each."""

from __future__ import annotations

from domain.parties.keys import KeyRole
from starter.api import schemas
from starter.api.letters import answers, routes

_LETTER = "/v1/cases/{number}/letter"
_COLLECTOR = (KeyRole.COLLECTOR,)
_LOOKING = (KeyRole.BILLING, KeyRole.COLLECTOR, KeyRole.READER)

LETTER_ROUTES = (
    (
        "GET",
        "/v1/cases/{number}/letters",
        "listSentLetters",
        routes.list_sent_letters,
        _LOOKING,
        answers.LettersThatLeft,
    ),
    ("GET", _LETTER, "lookAtLetter", routes.look_at_letter, _LOOKING, answers.LetterToCome),
    (
        "POST",
        _LETTER,
        "changeLetter",
        routes.change_letter_over_http,
        _COLLECTOR,
        answers.LetterToCome,
    ),
    (
        "POST",
        f"{_LETTER}/undo",
        "undoLetterChange",
        routes.undo_letter_over_http,
        _COLLECTOR,
        answers.LetterToCome,
    ),
    (
        "POST",
        f"{_LETTER}/test",
        "tryLetterOut",
        routes.try_letter_over_http,
        _COLLECTOR,
        answers.LetterTried,
    ),
    (
        "POST",
        f"{_LETTER}/send",
        "sendLetter",
        routes.send_letter_over_http,
        _COLLECTOR,
        schemas.Answered,
    ),
)
"""Every route of letters."""
