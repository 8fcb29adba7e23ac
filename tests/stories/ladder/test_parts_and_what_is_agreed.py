"""C10: what is contested, credited, promised, planned or corrected of an invoice in parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.message_types import MessageType
from domain.policy.policy_file import standard_policy
from tests.stories.ladder.test_terms_in_parts import NEAR, in_parts, to_pay, words
from tests.stories.story import Story


def test_what_is_contested_lies_on_the_oldest_part() -> None:
    """C10, P41: 300.00 contested of the first part: 200.00 are asked for, then 700.00."""
    world = in_parts(NEAR)
    world.says("2026-02-06 10:00", MessageType.DISPUTE_OPENED, "300.00", key="d")
    assert to_pay(world, "2026-02-20") == (20000, [("2026-02-25", 50000)])
    world.until("2026-02-26")
    assert words(world, "2026-02-26") == [("renewed-part-due-1", 70000)]

    world.says("2026-02-27 10:00", MessageType.DISPUTE_SETTLED, reason="for_us", ref="d")
    world.until("2026-03-02")
    assert words(world, "2026-02-27") == [("renewed-dispute-settled-2", 100000)]


def test_a_dispute_of_all_of_it_stops_both_parts() -> None:
    """C10: nothing is said while all of it is contested, whatever falls due meanwhile."""
    world = in_parts(NEAR)
    world.says("2026-02-06 10:00", MessageType.DISPUTE_OPENED, key="d")
    world.until("2026-03-31")
    assert words(world, "2026-02-07") == []

    world.says("2026-04-01 10:00", MessageType.DISPUTE_SETTLED, reason="for_us", ref="d")
    world.until("2026-04-01")
    assert words(world, "2026-04-01") == [("second", 100000)]
    assert world.deeds[-1].deadline


def test_a_credit_note_counts_to_the_oldest_part() -> None:
    """C10: as money does, so less is asked for now."""
    world = in_parts()
    world.says("2026-02-06 10:00", MessageType.CREDIT_NOTE, "120.00")

    assert to_pay(world, "2026-02-06") == (38000, [("2026-03-18", 50000)])


def test_a_write_off_counts_to_the_oldest_part() -> None:
    """C10: and the next part is waited for, if it was all of the first one."""
    world = in_parts()
    world.says("2026-02-06 10:00", MessageType.WRITE_OFF, "500.00")
    world.until("2026-03-15")

    assert words(world, "2026-02-07") == []
    assert to_pay(world, "2026-03-15") == (50000, [])


def test_a_promise_without_a_sum_is_of_what_is_due() -> None:
    """C10: it is kept by the 500.00 that were due, and the other part is waited for."""
    world = in_parts()
    assert world.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-16") == ""
    assert world.case.promises[-1].owed == 50000
    world.says("2026-02-16 10:00", MessageType.PAYMENT, "500.00")
    world.until("2026-03-15")

    assert [d.step for d in world.deeds if d.step.startswith(("promise", "renewed"))] == []


def test_a_plan_takes_the_place_of_the_terms() -> None:
    """C10: four parts of 250.00 instead; when it is broken, all of it is due, as was agreed."""
    world = in_parts({"2026-02-04": "500.00", "2026-06-18": "500.00"})
    agreed = {"day": "2026-03-10", "reason": "4 monthly"}
    assert world.says("2026-02-06 10:00", MessageType.PLAN_AGREED, **agreed) == ""
    assert to_pay(world, "2026-02-10") == (100000, [])
    world.until("2026-03-18")

    assert words(world, "2026-03-18") == [("instalment-1-1-over", 100000)]


def test_a_plan_that_a_person_ends_leaves_the_terms_as_they_were() -> None:
    """C10: the second part is not due before its day again."""
    world = in_parts()
    world.says("2026-02-06 10:00", MessageType.PLAN_AGREED, day="2026-03-10", reason="4 monthly")
    world.says("2026-02-10 10:00", MessageType.PLAN_ENDED)

    assert to_pay(world, "2026-02-10") == (50000, [("2026-03-18", 50000)])


def test_a_due_date_that_is_moved_moves_the_parts_that_are_not_paid() -> None:
    """C10: from 4 to 20 February: the second part moves by the same 16 days."""
    world = in_parts()
    assert world.says("2026-02-10 10:00", MessageType.INVOICE_CORRECTED, day="2026-02-20") == ""
    world.until("2026-02-23")

    assert [str(part.day) for part in world.case.invoice.terms] == ["2026-02-20", "2026-04-03"]
    assert world.since("2026-02-10") == [
        "2026-02-10 reopen new-due-date",
        "2026-02-17 remind gentle",
        "2026-02-23 remind polite",
    ]


def test_a_paid_part_keeps_its_date_when_the_next_one_is_moved() -> None:
    """C10: what was paid is not moved; a day that is not after it is refused in words."""
    world = in_parts()
    world.says("2026-02-04 10:00", MessageType.PAYMENT, "500.00")
    world.says("2026-02-10 10:00", MessageType.INVOICE_CORRECTED, day="2026-04-01")
    refused = world.says("2026-02-11 10:00", MessageType.INVOICE_CORRECTED, day="2026-02-04")

    assert [str(part.day) for part in world.case.invoice.terms] == ["2026-02-04", "2026-04-01"]
    assert "does not come after 2026-02-04, when the part before was due" in refused


@pytest.mark.parametrize(
    ("amount", "parts"),
    [("1200.00", [50000, 70000]), ("800.00", [50000, 30000]), ("400.00", [40000])],
)
def test_a_corrected_amount_changes_the_last_part(amount: str, parts: list[int]) -> None:
    """C10: nothing falls due earlier than it was agreed."""
    world = in_parts()
    world.says("2026-02-10 10:00", MessageType.INVOICE_CORRECTED, amount)

    assert [part.minor for part in world.case.invoice.terms] == parts


def test_a_direct_debit_for_the_first_part_holds_only_that() -> None:
    """C10: 500.00 on their way cover what is due; the second part is not chased anyway."""
    world = in_parts()
    world.says("2026-02-04 10:00", MessageType.IN_FLIGHT, "500.00", day="2026-02-12")
    world.until("2026-02-11")

    assert words(world, "2026-02-05") == []


THREE = {"2026-02-04": "400.00", "2026-03-04": "300.00", "2026-04-07": "300.00"}
"""The first one is paid: the last letter about the second, of 7 April, sets the 17th."""


@pytest.mark.parametrize(
    ("days", "deadline"), [(7, "2026-04-17"), (8, "2026-04-17"), (9, "2026-04-18")]
)
def test_a_new_deadline_shortens_none_that_runs(days: int, deadline: str) -> None:
    """The third part is asked for beside it on the 9th: who has time until the 17th keeps it."""
    world = Story(policy=replace(standard_policy(), new_deadline_days=days), terms=THREE)
    world.says("2026-02-12 10:00", MessageType.PAYMENT, "400.00")
    world.until("2026-04-09")
    final, renewed = [deed for deed in world.deeds if deed.deadline][-2:]

    assert (final.step, str(final.deadline)) == ("final", "2026-04-17")
    assert (renewed.step, str(renewed.deadline)) == ("renewed-part-due-1", deadline)


def test_a_write_off_of_all_parts_cures_nothing() -> None:
    """P60: the hold stays, as it does for an invoice with one due date."""
    world = Story(terms=THREE)
    world.says("2026-02-20 10:00", MessageType.WRITE_OFF)
    world.until("2026-02-28")

    assert world.since("2026-02-20") == ["2026-02-20 close close"]
    assert world.case.credit_held


def test_a_part_that_is_contested_is_not_called_paid() -> None:
    world = Story(terms=THREE)
    world.says("2026-02-12 10:00", MessageType.DISPUTE_OPENED, "400.00", reason="goods")
    world.until("2026-02-13")

    (anew,) = [deed for deed in world.deeds if deed.step == "next-part"]
    assert "is contested, the next part is due on 2026-03-04" in anew.why
