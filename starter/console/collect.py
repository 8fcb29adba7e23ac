"""Collects the console's phrases into its catalogues, for translators (`make words`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from babel.messages.catalog import Catalog

from activities.ports.incoming import ReplyKind, ReportKind
from activities.ports.stores.console.access import Entrance
from activities.ports.stores.reports import ForecastKind
from activities.ports.types import OutboundState
from activities.sending.changed_letters import LAPSED_WORDS
from activities.services.many.orders import BulkAct
from adapters.letters.text.catalogue import LANGUAGES, SOURCE
from adapters.letters.text.collect import (
    Phrase,
    begun_anew,
    bring_up_to_date,
    filled,
    phrases_in,
    read_catalogue,
    take_over,
)
from domain.agencies.progress import NEWS_MEANS
from domain.agreements.plans import PlanState
from domain.agreements.promises import PromiseState
from domain.agreements.settlements import OfferState
from domain.calls.results import ABOUT, CallResult
from domain.case.agreement_types import HARDSHIP
from domain.credit.model import Credit
from domain.disputes.reducer import DisputeEnd
from domain.evidence.received import FileFate
from domain.history.reports import Fate
from domain.ladder.step_words import STEP_PATTERNS
from domain.message_types import (
    ActionType,
    AgencyNews,
    MessageStatus,
    MessageType,
    Outcome,
    Result,
    Stage,
)
from domain.parties.console import ConsoleRole
from domain.parties.keys import KeyRole
from domain.parties.tasks import TaskKind
from domain.parties.team import Role
from domain.payments.allocation import PaymentKind
from domain.policy.model import CLASSES, MAJOR_REASONS, MINOR_REASONS
from domain.policy.policy_file import SHIPPED, shipped_policies
from starter.console.acts.case_acts import CASE_ACTS, CaseAct
from starter.console.pages.customer import PERSON_FLAGS, SHOWN_CONTACTS
from starter.console.pages.letters import CHOICES
from starter.console.pages.operating.sender import SAMPLES_SHOWN, SENDER_FIELDS
from starter.console.pages.reporting.kinds import REPORTS
from starter.console.shown.words import CODES_SAID, counted_words, said

CONSOLE_FOLDER = Path(__file__).parent
CHARTS_FOLDER = CONSOLE_FOLDER.with_name("charts")
STILL_ENGLISH = CONSOLE_FOLDER / "locales" / "not-yet.txt"
"""Phrases that are not translated yet, one a line."""

_SAID: tuple[type[StrEnum], ...] = (
    *(ActionType, MessageType, MessageStatus, Result, Outcome, Stage, AgencyNews, Credit),
    *(PromiseState, PlanState, OfferState, DisputeEnd, Fate, CallResult, PaymentKind),
    *(TaskKind, ConsoleRole, Role, KeyRole, BulkAct, Entrance, ReplyKind, ReportKind),
    *(FileFate, ForecastKind, OutboundState),
)
"""The codes that pages say in words."""

_MORE_CODES: tuple[Iterable[str], ...] = (
    *(CLASSES, MINOR_REASONS, MAJOR_REASONS, ABOUT, (HARDSHIP,), SHIPPED),
    *(SHOWN_CONTACTS, PERSON_FLAGS, CHOICES, *CHOICES.values(), SAMPLES_SHOWN),
    *(one.columns for one in REPORTS.values()),
    ("week before", "day before", "no word yet"),
    ("lawyer", "agency", "phone", "letter", "visit", "written"),
)


def console_phrases() -> Iterator[Phrase]:
    """List every phrase of the console in English; a pair where it depends on a number."""
    for path in sorted(CONSOLE_FOLDER.rglob("*.py")):
        yield from phrases_in(path, "python")
    for path in sorted(CHARTS_FOLDER.glob("*.py")):
        yield from phrases_in(path, "python")
    for path in sorted((CONSOLE_FOLDER / "templates").rglob("*.html")):
        yield from phrases_in(path, "jinja2")
    yield from filter(_has_words, _of_tables())


def updated_console(language: str) -> Catalog:
    """Update a language's catalogue to today's phrases; what was translated stays so."""
    known = read_catalogue(CONSOLE_FOLDER, language)
    fresh = begun_anew(
        known,
        version="console",
        header_comment="# The words of the console; see docs/console.md.",
        last_translator="Amicable <letters@amicable.invalid>",
    )
    take_over(fresh, known, console_phrases())
    return fresh


def _of_tables() -> Iterator[Phrase]:
    """What stands in tables, and not in the text of a page."""
    for act in CASE_ACTS.values():
        yield from _of_act(act)
    for report in REPORTS.values():
        yield from (report.label, report.about)
    for field in SENDER_FIELDS:
        yield from (field.label, field.hint)
    yield from (*NEWS_MEANS.values(), *LAPSED_WORDS.values())
    yield from _of_codes()


def _of_codes() -> Iterator[Phrase]:
    """Codes of the ledger and steps of the shipped policies, as they are said."""
    yield from CODES_SAID.values()
    yield from (words for _, words in STEP_PATTERNS)
    for kind in _SAID:
        yield from map(said, kind)
    for codes in _MORE_CODES:
        yield from map(said, codes)
    yield from CHOICES["tone"]
    for name in SHIPPED:
        yield from (said(step.id) for step in shipped_policies(name).steps)
    yield from (counted_words(kind) for kind in TaskKind)


def _has_words(phrase: Phrase) -> bool:
    """Tell whether there is anything to translate: a dash or the tag of a language is nothing."""
    text = phrase if isinstance(phrase, str) else phrase[0]
    return (len(text) > len("de") and any(char.isalpha() for char in text)) or text == "ok"


def _of_act(act: CaseAct) -> Iterator[Phrase]:
    yield from (act.label, act.group, act.button, act.explained)
    for field in act.fields:
        yield from (field.label, field.hint)
        yield from (words for _, words in field.choices)


def _keep_what_is_missing() -> None:
    """Write down which phrases are English in some language, so that nobody has to search."""
    missing = {
        str(one.id if isinstance(one.id, str) else one.id[0])
        for language in LANGUAGES
        if language != SOURCE
        for one in updated_console(language)
        if one.id and not filled(one.string)
    }
    STILL_ENGLISH.write_text("".join(f"{words}\n" for words in sorted(missing)), encoding="utf-8")


if __name__ == "__main__":
    bring_up_to_date(CONSOLE_FOLDER, updated_console)
    _keep_what_is_missing()
