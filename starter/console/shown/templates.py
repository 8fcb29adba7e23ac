"""The templates of all pages: whatever comes from the ledger is text, never markup."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from domain.harmless import harmless
from domain.ids import CaseId
from domain.suggestion import Act
from starter.console.acts.case_acts import CASE_ACTS
from starter.console.shown.addresses import (
    case_address,
    customer_address,
    letter_address,
    sent_letter_address,
    task_address,
    view_address,
)
from starter.console.shown.pictures import said_bucket
from starter.console.shown.tongue import Tongue
from starter.console.shown.values import (
    paragraphs,
    shown_day,
    shown_money,
    shown_sums,
    shown_time,
    since_day,
    weekday_time,
)
from starter.console.shown.words import counted, first_capital, plainly, said

STATIC = {
    "console.css": "text/css; charset=utf-8",
    "console.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""The only files that are given out beside pages."""

ACT_NAMES = {
    Act.CALL_RESULT: "outcome",
    Act.PROMISE: "promise",
    Act.PLAN_PROPOSED: "plan-proposal",
    Act.DISPUTE_OPENED: "dispute",
    Act.PAUSE: "pause",
    Act.CREDIT_NOTE: "credit",
}
"""The form of each suggestion that is made about a case."""


@cache
def templates_in(tongue: Tongue) -> Environment:
    """Make the environment in which pages are written in one language."""
    made = Environment(
        loader=PackageLoader("starter.console", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    made.filters.update(_FILTERS)
    made.filters.update({name: partial(write, tongue=tongue) for name, write in _SPOKEN.items()})
    made.filters["english"] = tongue.english
    made.globals.update(_GLOBALS)
    made.globals.update(
        {
            "_": tongue.phrase,
            "ngettext": tongue.phrase_of,
            "marked_up": tongue.marked_up,
            "language": tongue.language,
        }
    )
    return made


def _harmless(value: object) -> object:
    """A text whose control characters, such as those that turn the order of signs, are spelt out.

    Markup of our own stays as it is.
    """
    return harmless(value) if type(value) is str else value


def _number_of(case_id: str) -> str:
    return CaseId.parse(case_id).number


@cache
def static_file(name: str) -> bytes:
    """Read one of the files that are given out."""
    return files("starter.console").joinpath("static", name).read_bytes()


@cache
def static_address(name: str) -> str:
    """Make the address of a file: another content has another address."""
    return f"/static/{name}?v={hashlib.sha256(static_file(name)).hexdigest()[:12]}"


_FILTERS = {
    "capital": first_capital,
    "plainly": plainly,
    "lines": paragraphs,
}
_SPOKEN: Mapping[str, Callable[..., str]] = {
    "money": shown_money,
    "sums": shown_sums,
    "day": shown_day,
    "when": shown_time,
    "weekday_time": weekday_time,
    "since": since_day,
    "bucket": said_bucket,
    "said": said,
    "counted": counted,
}
"""What each language says and writes in its own way."""

_GLOBALS = {
    "static": static_address,
    "act_names": ACT_NAMES,
    "act_labels": {name: act.label for name, act in CASE_ACTS.items()},
    "number_of": _number_of,
    "case_address": case_address,
    "customer_address": customer_address,
    "letter_address": letter_address,
    "sent_letter_address": sent_letter_address,
    "task_address": task_address,
    "view_address": view_address,
}
