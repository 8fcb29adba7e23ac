"""Nobody answers, or the customer does, or is known to have the invoice (P14, P02)."""

from dataclasses import replace

import pytest

from domain.message_types import ActionType, MessageType
from tests.stories.contact.ways import BOTH, SILENT, ways
from tests.stories.story import Story


def test_nobody_answers_by_mail_so_the_next_message_goes_by_phone() -> None:
    """P14: ten days after the first mail that waits for an answer, and no message more than ever.

    When nobody answers there either, it is the mail's turn again.
    """
    world, loud = Story(policy=SILENT), Story(policy=BOTH)
    world.until("2026-04-30")
    loud.until("2026-04-30")

    assert world.diary == loud.diary
    assert ways(world) == [
        ("confirm-receipt", "email"),
        ("polite", "email"),
        ("second", "email"),
        ("formal", "sms"),
    ]
    assert (
        "not answered since 2026-02-05: another way first, if there is one" in world.deeds[-2].why
    )


@pytest.mark.parametrize(("days", "channel"), [(13, "sms"), (14, "sms"), (15, "email")])
def test_silence_counts_in_days_from_the_first_message_after_the_due_date(
    days: int, channel: str
) -> None:
    """Polite on the 5th, formal on the 19th: the day before, the day, the day after."""
    policy = replace(BOTH, contact=replace(BOTH.contact, silence_days=days))

    assert ways(Story(policy=policy).until("2026-02-19"))[-1] == ("formal", channel)


SIGNS: tuple[tuple[MessageType, dict[str, str]], ...] = (
    (MessageType.CONTACT_NEWS, {"reason": "replied", "ref": "email"}),
    (MessageType.CONTACT_NEWS, {"reason": "opened", "ref": "email"}),
    (MessageType.CONTACT_NEWS, {"reason": "confirmed"}),
    (MessageType.PAYMENT, {"amount": "1.00"}),
    (MessageType.PROMISE, {"day": "2026-02-17"}),
    (MessageType.DISPUTE_OPENED, {"reason": "invoice_error"}),
    (MessageType.CALL_RESULT, {"reason": "paid_claim"}),
)


@pytest.mark.parametrize(("kind", "more"), SIGNS)
def test_whatever_is_heard_of_the_customer_begins_the_days_anew(
    kind: MessageType, more: dict[str, str]
) -> None:
    world = Story(policy=SILENT).until("2026-02-09")
    world.says("2026-02-12 12:00", kind, **more)
    world.until("2026-02-27")

    assert ("formal", "email") in ways(world)


def test_that_a_machine_took_it_is_no_sign_of_life() -> None:
    world = Story(policy=SILENT).until("2026-02-09")
    world.says("2026-02-12 12:00", MessageType.CONTACT_NEWS, reason="delivered", ref="email")

    assert ways(world.until("2026-02-19"))[-1] == ("formal", "sms")


def test_who_answers_is_written_to_where_they_answered() -> None:
    """The first letter was read after all, when we had gone on to the phone: back to the mail."""
    policy = replace(SILENT, steps=(*SILENT.steps, replace(SILENT.steps[-1], id="last", order=9)))
    world = Story(policy=policy).until("2026-02-19")
    assert ways(world)[-1] == ("formal", "sms")
    world.says("2026-02-20 12:00", MessageType.CONTACT_NEWS, reason="opened", ref="email/second")
    world.until("2026-03-31")

    assert ways(world)[-1] == ("last", "email")


def test_with_one_way_only_silence_changes_nothing() -> None:
    world = Story(policy=SILENT, reach=["email"]).until("2026-02-19")

    assert ways(world)[-1] == ("formal", "email")


def test_an_answer_gives_two_days() -> None:
    """A reply is a claim: before anything else is sent somebody has two working days to read it."""
    world = Story(policy=BOTH).until("2026-02-05")
    world.says("2026-02-06 15:00", MessageType.CONTACT_NEWS, reason="replied", ref="email")
    world.until("2026-02-10")

    assert world.since("2026-02-06") == ["2026-02-10 remind second"]
    assert (
        world.deeds[-1].why == "due+5 is 2026-02-09; an answer came: it is waited up to 2026-02-10"
    )


def test_nobody_puts_everything_off_by_answering_again_and_again() -> None:
    """Only the first answer to each message of ours counts."""
    world = Story(policy=BOTH).until("2026-02-05")
    for day in ("2026-02-06", "2026-02-07", "2026-02-08", "2026-02-09"):
        world.says(f"{day} 08:00", MessageType.CONTACT_NEWS, reason="replied", ref="email")
    world.until("2026-02-10")

    assert world.since("2026-02-06") == ["2026-02-10 remind second"]


@pytest.mark.parametrize(("days", "day"), [(0, "2026-02-09"), (1, "2026-02-09"), (3, "2026-02-11")])
def test_the_policy_says_how_long_an_answer_is_waited_for(days: int, day: str) -> None:
    policy = replace(BOTH, contact=replace(BOTH.contact, reply_days=days))
    world = Story(policy=policy).until("2026-02-05")
    world.says("2026-02-06 15:00", MessageType.CONTACT_NEWS, reason="replied", ref="email")

    assert world.until("2026-02-11").since("2026-02-06") == [f"{day} remind second"]


RECEIVED = {
    "opened": False,
    "confirmed": False,
    "replied": False,
    "delivered": True,
}


@pytest.mark.parametrize(("reason", "asked"), RECEIVED.items())
def test_nobody_is_asked_whether_the_invoice_arrived_when_that_is_known(
    reason: str, *, asked: bool
) -> None:
    """P02: an open, a click or an answer is evidence; that a machine took the mail is none."""
    world = Story(policy=BOTH)
    world.says("2026-01-06 10:00", MessageType.CONTACT_NEWS, reason=reason, ref="email")
    world.until("2026-02-04")

    assert bool([line for line in world.diary if "confirm" in line]) is asked


def test_a_call_is_no_message_that_could_go_another_way() -> None:
    call = replace(SILENT.steps[-1], id="call", do=ActionType.CALL_TASK, channels=(), order=9)
    world = Story(policy=replace(SILENT, steps=(*SILENT.steps, call))).until("2026-03-31")

    why = {deed.step: deed.why for deed in world.deeds}
    assert "not answered" in why["formal"]
    assert "not answered" not in why["call"]
