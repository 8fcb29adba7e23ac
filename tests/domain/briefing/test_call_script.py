"""What to say in a call: to the customer, to a machine, to a stranger (P18, P30, P31, P32, P40)."""

from dataclasses import replace

import pytest

from domain.briefing.briefing import Known, briefing
from domain.briefing.call_script import NEEDED, WHEN, CallScript, Sides, call_script
from domain.calls.results import RESULTS
from domain.case.facts import Facts
from domain.message_types import MessageType
from domain.parties.customer import Customer
from domain.parties.people import Creditor, Debtor, Point
from domain.policy.classes import History
from domain.policy.model import Agreements, ClassRules
from domain.suggestion import Act, Suggestion
from tests.stories.story import Story

DEBTOR = Debtor(id="C-1", name="Elm Ltd", phone="+4930901820", zone="Europe/Berlin")
CREDITOR = Creditor(id="acme", name="Acme GmbH", phone="+49301234")
MONEY = ("EUR", "1000", "R-1", "invoice", "debt", "owe", "pay")


def world(at: str = "2026-02-12 11:00") -> Story:
    """Ann calls on the eighth day after the due date."""
    story = Story()
    story.live(story.at(at))
    return story


def script(story: Story, debtor: Debtor = DEBTOR, customer: Customer | None = None) -> CallScript:
    facts = Facts(story.case, story.calendar, "good", customer or Customer())
    known = [Known(facts, story.state.statement, tuple(story.messages))]
    told = briefing(known, History(settled=5), ClassRules(), story.now)
    sides = Sides(creditor=CREDITOR, debtor=debtor, terms=Agreements())
    return call_script(known, told, sides, story.now)


def test_the_invoices_and_what_went_before_are_at_hand() -> None:
    """P30 P32."""
    story = world("2026-02-09 12:00")
    story.says("2026-02-10 11:00", MessageType.CALL_RESULT, reason="voicemail")
    story.says("2026-02-10 12:00", MessageType.DISPUTE_OPENED, "300.00", reason="goods")
    told = script(story)

    (invoice,) = told.invoices
    assert invoice == (
        "R-1 of 2026-01-05, due 2026-02-04 (6 days late): 1000.00 EUR open, "
        "of which 700.00 EUR may be asked for"
        "; to pay today: 700.00 EUR"
    )
    assert told.before[-3:] == (
        "2026-02-09 R-1: remind (second reminder) by email",
        "2026-02-10 R-1: call, voicemail",
        "2026-02-10 R-1: 300.00 EUR (goods): open, to be settled by 2026-02-24",
    )


def test_the_minor_questions_come_before_the_major_ones() -> None:
    """P40."""
    told = script(world())
    assert told.minor == (
        "Has the invoice arrived?",
        "Is everything on the invoice right?",
        "Can they pay in the ways that we offer?",
        "Do they have all the information that they need?",
    )
    assert told.major == (
        "Are they satisfied with the goods or services?",
        "When will they pay, and how?",
        "What else stands in the way?",
        "Is it a matter of cash flow?",
    )


def test_who_cannot_pay_is_offered_what_the_policy_allows_and_not_asked_when() -> None:
    """P42."""
    story = world()
    story.says("2026-02-12 11:30", MessageType.CALL_RESULT, reason="hardship")
    told = script(story)

    assert "When will they pay, and how?" not in told.major
    assert "More time: a promise up to 30 days ahead." in told.offer


@pytest.mark.parametrize("where", ["voicemail", "to_others", "opening"])
def test_nobody_else_hears_of_money(where: str) -> None:
    """The words that are spoken, in quotation marks, name no sum, no invoice and no debt."""
    spoken = [line for line in getattr(script(world()), where) if line.startswith('"')]

    assert spoken
    assert not [word for line in spoken for word in MONEY if word in line]


def test_a_person_is_asked_for_by_name_and_a_company_for_its_accounts() -> None:
    company, person = script(world()), script(world(), replace(DEBTOR, kind="consumer"))
    assert company.ask_for[0] == "whoever pays suppliers at Elm Ltd"
    assert "your accounts department" in company.opening[0]
    assert person.ask_for[0] == "Elm Ltd, in person"
    assert "May I speak to Elm Ltd?" in person.opening[0]


@pytest.mark.parametrize(
    ("debtor", "words"),
    [
        (DEBTOR, "at +4930901820"),
        (replace(DEBTOR, opted_out=("sms",)), "at +4930901820"),
        (replace(DEBTOR, phone=""), "no number is known: find one first"),
        (
            replace(DEBTOR, bad_points=("+4930901820",)),
            "not at +4930901820: that number is not theirs; find the right one first",
        ),
    ],
)
def test_a_number_is_named_only_if_it_is_theirs(debtor: Debtor, words: str) -> None:
    assert script(world(), debtor).ask_for[1] == words


def test_other_ways_and_other_persons_are_named_after_the_first() -> None:
    """P14: no address for letters, and no number that is not theirs."""
    others = (
        Point(kind="phone", point="+4930777", person="Ann Li", role="head of accounts", rank=1),
        Point(kind="phone", point="+4930555"),
        Point(kind="phone", point="+4930666", person="Bo Ek"),
        Point(kind="phone", point="+4930999", person="Somebody else"),
        Point(kind="email", point="ann@elm.example", person="Ann Li"),
    )
    debtor = replace(DEBTOR, others=others, bad_points=("+4930999",))
    assert script(world(), debtor).ask_for[2:] == (
        "or Elm Ltd, at +4930555",
        "or Bo Ek, at +4930666",
        "or Ann Li, head of accounts, at +4930777",
    )


def test_nothing_speaks_against_an_ordinary_call() -> None:
    assert script(world()).beware == ()


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-02-12 08:59", "Not now: their hours begin on 2026-02-12 at 09:00 there."),
        ("2026-02-13 17:00", "Not now: their hours begin on 2026-02-16 at 09:00 there."),
    ],
)
def test_whoever_calls_at_the_wrong_hour_is_told_the_right_one(at: str, words: str) -> None:
    assert script(world(at)).beware == (words,)


def test_wishes_and_flags_come_first() -> None:
    guarded = Customer(vulnerable=True, do_not_contact=True)
    told = script(world(), replace(DEBTOR, opted_out=("voice",)), guarded)
    assert told.beware == (
        "This customer is not to be contacted.",
        "This customer is vulnerable: with discretion, and no pressure.",
        "This customer does not want to be called.",
    )


def test_every_result_has_its_words_and_its_message() -> None:
    told = script(world()).outcomes
    assert tuple(one.result for one in told) == RESULTS
    assert set(WHEN) == set(RESULTS)
    assert set(NEEDED) <= set(RESULTS)
    said = {one.result: one.suggestion for one in told}
    assert said["busy"] == Suggestion(
        act=Act.CALL_RESULT, case="invoice/acme/R-1", fields={"reason": "busy"}
    )
    assert list(said["promised"].needed) == ["date"]


def test_the_story_ends_kindly() -> None:
    """P18 P50."""
    later = script(world())
    assert later.closing[-1] == "Thank them, whatever came of it."
    assert "confirmed in writing" in later.closing[1]
