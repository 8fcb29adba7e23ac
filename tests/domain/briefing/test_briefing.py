"""The briefing: what a caller finds, and what the caller is advised to ask (P30, P31, P32, P40)."""

from domain.briefing.briefing import Briefing, Known, briefing
from domain.message_types import MessageType
from domain.policy.classes import History
from domain.policy.model import ClassRules
from tests.stories.story import Story

PUNCTUAL = History(settled=5)


def brief(world: Story, history: History = PUNCTUAL) -> Briefing:
    """The briefing for the world's one invoice."""
    known = Known(world.facts, world.state.statement, tuple(world.messages))
    return briefing([known], history, ClassRules(), world.now)


def test_the_invoice_is_named_with_what_may_be_asked_for() -> None:
    """P30: number and dates, ready to be sent again; never what is contested."""
    world = Story().until("2026-02-05")
    world.says("2026-02-10", MessageType.DISPUTE_OPENED, "300.00", reason="goods", owner="ann")
    told = brief(world)
    (due,) = told.invoices

    assert (due.number, str(due.due), due.days_late) == ("R-1", "2026-02-04", 6)
    assert (str(due.open), str(due.chased)) == ("1000.00 EUR", "700.00 EUR")
    (dispute,) = told.disputes
    assert dispute.text == (
        "300.00 EUR (goods): open, to be settled by 2026-02-24, ann looks after it"
    )
    assert "R-1: what would settle the dispute about 300.00 EUR?" in told.questions


def test_what_was_tried_is_told_in_order_with_what_came_of_it() -> None:
    """P32: each contact builds on the ones before."""
    world = Story().until("2026-02-09")
    world.says("2026-02-10 11:00", MessageType.CALL_RESULT, reason="voicemail")
    world.says("2026-02-11 11:00", MessageType.CALL_RESULT, reason="reached", note="pays on Friday")
    told = brief(world)

    assert [entry.text for entry in told.tried][-4:] == [
        "remind (polite reminder) by email",
        "remind (second reminder) by email",
        "call, voicemail",
        "call, reached: pays on Friday",
    ]


def test_a_message_that_reached_nobody_is_told_and_asked_about() -> None:
    """P14."""
    world = Story(reach=()).until("2026-02-05")
    told = brief(world)

    assert told.tried[-1].text == "remind (polite reminder), reached nobody"
    assert "R-1: our last message reached nobody: which address or person is right?" in (
        told.questions
    )


def test_a_broken_promise_is_told_and_the_first_question_is_about_it() -> None:
    """P32: so that a stalling tactic does not work twice."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-11", note="by phone")
    world.until("2026-02-12")
    told = brief(world)

    assert told.agreed[0].text == "all promised for 2026-02-11: broken"
    assert told.questions[0] == (
        "R-1: what kept them from paying on 2026-02-11, and what has changed?"
    )
    assert [entry.text for entry in told.notes] == ["promise: by phone"]


def test_a_promise_that_another_one_took_the_place_of_no_longer_runs() -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-11")
    world.says("2026-02-09", MessageType.PROMISE, day="2026-02-13")

    assert [entry.text for entry in brief(world).agreed][:2] == [
        "all promised for 2026-02-11: replaced",
        "all promised for 2026-02-13: running",
    ]


def test_a_running_promise_is_asked_after() -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-11")

    assert brief(world).questions[0] == (
        "R-1: is the payment that was promised for 2026-02-11 on its way?"
    )


def test_the_questions_follow_the_history() -> None:
    """P31: new, first time late, late before, slower than they used to be."""
    world = Story().until("2026-02-05")
    slower = History(settled=4, late=1, days_late=30, recent=3, recent_days_late=30)

    assert "first invoice with us" in brief(world, History()).questions[0]
    assert "always paid in time" in brief(world, PUNCTUAL).questions[0]
    assert "more slowly" in brief(world, slower).questions[0]
    assert "late before" in brief(world, History(settled=4, late=1)).questions[0]
    assert brief(world, slower).why_class == "late payer: 7.5 days late on average; from 5 on"


def test_minor_reasons_are_asked_for_before_major_ones_and_not_twice() -> None:
    """P40: what was named already is asked after."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.DISPUTE_OPENED, reason="invoice_not_received")
    asked = brief(world).questions

    assert "We sent the invoice again: has it arrived now?" in asked
    assert "Has the invoice arrived?" not in asked
    minor = asked.index("Can they pay in the ways that we offer?")
    assert minor < asked.index("Are they satisfied with the goods or services?")


def test_nobody_in_hardship_is_asked_when_they_pay() -> None:
    """P42: an offer, not pressure."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-11")
    world.says("2026-02-12", MessageType.DISPUTE_OPENED, reason="hardship")
    asked = brief(world).questions

    assert asked[0].startswith("What would help: more time, or instalments?")
    assert "When will they pay, and how?" not in asked
    assert not [question for question in asked if "2026-02-11" in question]


def test_a_settled_dispute_is_told_with_its_end() -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.DISPUTE_OPENED, "300.00", reason="goods")
    world.says("2026-02-08", MessageType.DISPUTE_SETTLED, "100.00", reason="split")

    assert brief(world).disputes[0].text == (
        "300.00 EUR (goods): settled split, 100.00 EUR conceded"
    )
