"""The letter that is previewed is the letter as it will be: with all that comes before it (C6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from activities.ports.types import CaseFile
from activities.sending.letter_parts import letter_data
from activities.services.previews import LetterPreviewService, PreviewRequest, PreviewService
from adapters.letters.writer import LetterWriter
from domain.case.facts import Action
from domain.case.model import Invoice
from domain.contact.routes import SentTo
from domain.decision.state import case_state
from domain.errors import DomainError
from domain.message_types import ActionType
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from domain.policy.model import Leftover
from domain.policy.policy_file import parse_policy

POLICY = parse_policy(
    """
name = "with a fee"
calendar = { window = "09:00-17:00", working_days_only = false }
minimum_gap_days = 2
plan_b = { on = "deadline+1", do = "hand_off" }
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[[step]]
id = "fee"
on = "due+10"
do = "fee"
amount = { EUR = "5.00" }
[[step]]
id = "final"
on = "due+14"
do = "demand_letter"
tone = "final"
deadline_days = 10
"""
)
OPENED = datetime(2026, 1, 20, 8, tzinfo=UTC)
FILE = CaseFile(
    invoice=Invoice(
        creditor="acme",
        number="R-9",
        customer="c1",
        issued=date(2026, 1, 4),
        due=date(2026, 2, 3),
        amount=Money(119000, "EUR"),
        opened_at=OPENED,
    ),
    debtor=Debtor(id="c1", name="Globex", email="ap@globex.example", zone="Europe/Berlin"),
    creditor=Creditor(id="acme", name="Acme"),
    policy=POLICY,
)


@dataclass
class Kept:
    """A ledger with one case or some, whose invoices nobody has copied."""

    all: tuple[CaseFile, ...] = (FILE,)

    def running_of(self, creditor: str, customer: str, most: int) -> tuple[str, ...]:
        """Every case."""
        return tuple(file.invoice.case_id for file in self.all)

    def files(self, ids: Any) -> tuple[CaseFile, ...]:
        """Their files."""
        return self.all

    def recipients(self, case_id: str) -> SentTo:
        """Nothing was sent."""
        return {}

    def numbers_alike(self, case_id: str) -> tuple[str, ...]:
        """No other number is like it."""
        return ()

    def newest_copy(self, case_id: str) -> bytes | None:
        """There is none."""
        return None


def preview(step: str = "", now: datetime = OPENED, day: date | None = None) -> str:
    kept = cast("Any", Kept())
    service = LetterPreviewService(LetterWriter(), kept, kept, PreviewService(kept, kept))
    return service.write(FILE, now, PreviewRequest(step=step, day=day)).text


def value(text: str, label: str) -> str:
    found = re.search(rf"^{label}: (.+)$", text, re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("step", "owed", "fee"),
    [("polite", "EUR 1,190.00", ""), ("final", "EUR 1,195.00", "+ EUR 5.00")],
)
def test_a_late_fee_that_comes_before_a_letter_is_in_it(step: str, owed: str, fee: str) -> None:
    """P24: `case preview` lists it before the letter, and the letter names it."""
    text = preview(step)

    assert value(text, "Late fee") == fee
    assert value(text, "Amount owed") == owed


def test_it_names_the_letter_before_it_and_its_own_deadline() -> None:
    text = preview("final")

    assert "We last wrote to you on 4 February 2026." in text
    assert "\n17 February 2026 · " in text
    assert value(text, "Payment deadline") == "27 February 2026"


@pytest.mark.parametrize(
    ("day", "fee"),
    [
        (date(2026, 2, 12), ""),
        (date(2026, 2, 13), "+ EUR 5.00"),
        (date(2026, 2, 14), "+ EUR 5.00"),
    ],
)
def test_on_another_day_it_holds_what_has_come_by_then(day: date, fee: str) -> None:
    """The day before the fee, its day, the day after."""
    assert value(preview("final", day=day), "Late fee") == fee


def test_the_next_letter_is_shown_where_no_step_is_named() -> None:
    assert "\n4 February 2026 · " in preview()
    assert "friendly reminder" in preview().casefold() or "was due on" in preview()


def test_looking_changes_nothing() -> None:
    assert preview("final") == preview("final", OPENED + timedelta(hours=1))
    assert not FILE.deeds


def test_a_step_that_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(DomainError, match="its letters are polite, final"):
        preview("nonsense")


@pytest.mark.parametrize(("leftover", "lapse"), [("write_off", True), ("chase", False)])
def test_a_letter_knows_whether_costs_lapse_with_the_principal(
    leftover: str, *, lapse: bool
) -> None:
    """What the policy does with costs that are left when all else is paid."""
    charges = replace(POLICY.charges, leftover=Leftover(leftover))
    file = replace(FILE, policy=replace(POLICY, charges=charges))
    action = Action(do=ActionType.REMIND, at=OPENED, why="", step="polite")
    case = case_state(file, OPENED).case

    assert letter_data(file, case, action, date(2026, 2, 4), "email").costs_lapse is lapse


@pytest.mark.parametrize(
    ("mine", "others", "days"),
    [
        (False, None, ["2026-02-04", "2026-02-13", "2026-02-17", "2026-02-28"]),
        (False, True, ["2026-02-04", "2026-02-13", "2026-02-17", "2026-02-28"]),
        (False, False, ["2026-02-05", "2026-02-13", "2026-02-18", "2026-03-01"]),
        (True, True, ["2026-02-04", "2026-02-13", "2026-02-17", "2026-02-28"]),
    ],
)
def test_what_is_parked_says_nothing_that_others_wait_for(
    *, mine: bool, others: bool | None, days: list[str]
) -> None:
    """Another invoice of the customer is due a day before: its words keep the gap of two days."""
    before = replace(FILE.invoice, number="R-8", due=date(2026, 2, 2))
    file = replace(FILE, parked=mine)
    siblings = () if others is None else (replace(FILE, invoice=before, parked=others),)
    kept = cast("Any", Kept((file, *siblings)))
    ahead = PreviewService(kept, kept).ahead(file, OPENED, 9)

    assert [f"{deed.at:%Y-%m-%d}" for deed in ahead][:4] == days
