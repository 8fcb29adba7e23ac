"""What each result of a call means (P13, P40, P41, P42): pure, by a table."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import Calendar
from domain.calls.meaning import approval_day, meant_by
from domain.calls.results import ABOUT, RESULTS
from domain.case.invoice import Invoice
from domain.case.model import Case, Message
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.model import MINOR_REASONS

FRIDAY = datetime(2026, 2, 6, 12, tzinfo=UTC)
BERLIN = Calendar("Europe/Berlin", "DE")
CASE = Case(
    invoice=Invoice(
        creditor="acme",
        number="R-1",
        customer="C-1",
        issued=date(2026, 1, 5),
        due=date(2026, 1, 30),
        amount=Money(11900, "EUR"),
        opened_at=FRIDAY - timedelta(days=30),
    ),
    released_at=FRIDAY - timedelta(days=30),
    heard_at=FRIDAY - timedelta(days=30),
)
OF_ITSELF = {
    *("voicemail", "no_answer", "unreachable", "busy", "wrong_person", "call_back"),
    *("reached", "paid_claim", "hardship", "refused"),
}
"""Results whose meaning lies in the result itself, or on the desk."""


def call(reason: str, **more: object) -> Message:
    """The result of a call by Ann on a Friday at one o'clock in Berlin."""
    given: dict[str, object] = {"by": "ann", "channel": ""} | more
    return Message(key="k", kind=MessageType.CALL_RESULT, at=FRIDAY, reason=reason, **given)  # type: ignore[arg-type]  # fields of any type


def meaning(reason: str, **more: object) -> Message | None:
    """The one message that a result means; None if there is none."""
    also = meant_by(call(reason, **more), CASE, BERLIN).also
    assert len(also) < 2
    return also[0] if also else None


def test_every_result_there_is_has_a_meaning_that_somebody_decided() -> None:
    full = {"day": date(2026, 2, 10), "ref": "goods"}
    means = {code for code in RESULTS if meaning(code, **full)}

    assert means == set(RESULTS) - OF_ITSELF


@pytest.mark.parametrize("code", ["promised", "Promised", " PROMISED "])
def test_a_promise_with_its_day_is_one_whoever_approved_it(code: str) -> None:
    half = Money(5000, "EUR")
    said = meaning(code, day=date(2026, 2, 10), amount=half, approved_by="eva", channel="visit")

    assert said == Message(
        key="k/promise",
        kind=MessageType.PROMISE,
        at=FRIDAY,
        amount=half,
        day=date(2026, 2, 10),
        by="ann",
        channel="visit",
        approved_by="eva",
    )


@pytest.mark.parametrize("code", ["promised", "disputed"])
def test_a_word_without_what_makes_it_one_means_nothing_yet(code: str) -> None:
    assert meaning(code) is None


@pytest.mark.parametrize("about", ABOUT)
def test_what_is_contested_is_opened_with_its_reason_and_owner(about: str) -> None:
    said = meaning("disputed", ref=about.replace("_", " "), owner="tom")

    assert said
    assert (said.key, said.kind, said.reason) == ("k/dispute", MessageType.DISPUTE_OPENED, about)
    assert (said.owner, said.channel) == ("tom", "phone")


def test_an_amount_alone_contests_that_amount() -> None:
    said = meaning("disputed", amount=Money(1900, "EUR"))
    assert said
    assert (said.reason, said.amount) == ("", Money(1900, "EUR"))


def test_words_about_a_dispute_stand_only_where_they_can_be_erased() -> None:
    """A reference outlives its person; a reason does not."""
    meant = meant_by(call("disputed", ref="Mr Miller says it leaks"), CASE, BERLIN)

    assert meant.call.ref == ""
    assert [said.reason for said in meant.also] == ["Mr Miller says it leaks"]
    assert meant_by(call("disputed", ref="goods"), CASE, BERLIN).call.ref == "goods"


@pytest.mark.parametrize("code", MINOR_REASONS)
def test_a_minor_reason_is_opened_under_its_own_name(code: str) -> None:
    """P41: it is put right at once."""
    said = meaning(code)
    assert said
    assert (said.kind, said.reason) == (MessageType.DISPUTE_OPENED, code)


@pytest.mark.parametrize(
    ("named", "until"),
    [
        (None, "2026-02-11"),
        ("2026-02-05", "2026-02-11"),
        ("2026-02-06", "2026-02-06"),
        ("2026-02-20", "2026-02-20"),
        ("2026-02-21", "2026-02-20"),
    ],
    ids=["no day: three working days", "yesterday", "today", "two weeks", "longer"],
)
def test_an_approval_is_waited_for_and_not_for_ever(named: str | None, until: str) -> None:
    day = date.fromisoformat(named) if named else None
    said = meaning("in_approval", day=day)

    assert said
    assert (said.kind, str(said.day), said.reason) == (MessageType.PAUSE, until, "in_approval")
    assert str(approval_day(call("in_approval", day=day), BERLIN)) == until


@pytest.mark.parametrize(
    ("until", "shortened"), [("2026-02-10", True), ("2026-02-11", False), (None, False)]
)
def test_an_approval_never_shortens_a_pause_that_stands(
    until: str | None, *, shortened: bool
) -> None:
    day = date.fromisoformat(until) if until else None
    paused = Case(
        invoice=CASE.invoice,
        released_at=FRIDAY,
        heard_at=FRIDAY,
        paused=True,
        paused_until=day,
    )
    assert bool(meant_by(call("in_approval"), paused, BERLIN).also) is shortened


def test_a_number_that_is_somebody_elses_is_told_as_dead_and_a_wish_as_a_wish() -> None:
    wrong, wish = meaning("wrong_number"), meaning("do_not_call")
    assert wrong
    assert wish
    assert (wrong.kind, wrong.reason, wrong.ref) == (MessageType.CONTACT_NEWS, "bounced", "voice/k")
    assert (wish.kind, wish.reason, wish.ref) == (MessageType.CONTACT_NEWS, "opted_out", "voice")


def test_other_messages_mean_what_they_say() -> None:
    said = Message(key="k", kind=MessageType.DISPUTE_OPENED, at=FRIDAY, reason="promised", ref="x")
    assert meant_by(said, CASE, BERLIN).also == ()
    assert meant_by(said, CASE, BERLIN).call is said
