"""A letter that was looked at leaves as it was looked at, or without what was changed of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from activities.services.letters.changing import ChangedMeanwhileError
from adapters.ledger.customers.contact_points import add_point
from adapters.ledger.letters.sent import SqlSentLetterStore
from domain.contact.letter_changes import ChangeEnd, ChangeLapse, LetterChange, PassagePlace
from domain.errors import DomainError
from domain.message_types import MessageType
from domain.parties.people import Point
from tests.activities.letters.reader import Reader
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import DEBTOR, FENCE, NINE, Office
from tests.fakes import LOST_BUT_TAKEN, REJECT

SAID = "Thank you for the talk on Monday.\n\nAnna will be back on the 9th."
OTHER = "buchhaltung@bob.example"
MS_ROE = Point(kind="email", point=OTHER, person="Ms Roe")


def test_what_is_looked_at_is_what_leaves(reader: Reader, office: Office) -> None:
    look = reader.look()
    office.remind()

    assert look.step == "polite"
    assert look.place is PassagePlace.INSTEAD
    assert reader.is_what_left(look)


def test_words_stand_before_the_letters_own_or_instead_of_its_first_sentences(
    reader: Reader, office: Office
) -> None:
    plain = reader.look().letter
    before = reader.change(SAID).letter
    instead = reader.change(SAID, instead=True)
    office.remind()

    first, second = SAID.split("\n\n")
    assert f"{first}\n\n{second}\n\nOur invoice R-1 was due" in before.text
    assert plain.opening in before.text
    assert plain.opening not in instead.letter.text
    for stays in ("Amount owed: EUR 119.00", "R-1", "Please ignore this message"):
        assert stays in instead.letter.text
    assert reader.is_what_left(instead)
    used, replaced = reader.ended()
    assert (used.end, replaced.end) == (ChangeEnd.USED, ChangeEnd.REPLACED)
    (left,) = SqlSentLetterStore(office.engine).about(office.case)
    assert used.text == left.text
    assert (used.kept.by, used.kept.at) == ("ann", NINE)


def test_it_counts_for_one_letter_only(reader: Reader, office: Office) -> None:
    reader.change(SAID)
    office.remind()

    assert reader.looking.changes.waiting(office.creditor, "C1", office.case) is None
    assert not office.tasks("question")


def part_payment(office: Office) -> None:
    office.say(MessageType.PAYMENT, amount="19.00")


def a_price_dispute(office: Office) -> None:
    office.say(MessageType.DISPUTE_OPENED, reason="price", amount="19.00")


def another_language(office: Office) -> None:
    office.known(replace(DEBTOR, language="de"))


def no_mailbox(office: Office) -> None:
    office.known(replace(DEBTOR, email=""))


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (part_payment, ChangeLapse.SUM),
        (a_price_dispute, ChangeLapse.SUM),
        (another_language, ChangeLapse.LANGUAGE),
        (no_mailbox, ChangeLapse.CHANNEL),
    ],
)
def test_what_happens_afterwards_makes_it_lapse_visibly(
    reader: Reader, office: Office, happens: Callable[[Office], None], why: ChangeLapse
) -> None:
    reader.change(SAID)
    happens(office)
    lapsed = reader.look().lapsed
    office.remind()
    (gone,) = [*office.email.taken, *office.sms.taken]

    assert lapsed
    assert lapsed[1] is why
    assert "talk on Monday" not in gone.text
    assert [one.why for one in reader.ended()] == [why.value]
    assert [title for title in office.tasks("question") if "what ann changed" in title]


def test_it_goes_to_the_contact_that_was_chosen(reader: Reader, office: Office) -> None:
    add_point(office.engine, office.creditor, "C1", MS_ROE)
    look = reader.change(recipient=OTHER)
    office.remind()

    assert [one.point for one in look.recipients] == [DEBTOR.email, OTHER]
    assert office.email.taken[-1].to == OTHER
    assert office.email.taken[-1].to_name == "Ms Roe"
    assert reader.is_what_left(look)


def test_an_address_that_died_meanwhile_takes_the_words_with_it(
    reader: Reader, office: Office
) -> None:
    add_point(office.engine, office.creditor, "C1", MS_ROE)
    reader.change(SAID, OTHER)
    office.email.will(REJECT)
    office.remind()

    assert office.email.taken[-1].to == DEBTOR.email
    assert "talk on Monday" not in office.email.taken[-1].text
    assert [one.why for one in reader.ended()] == [ChangeLapse.RECIPIENT.value]


def test_an_address_that_is_not_the_customers_is_refused(reader: Reader) -> None:
    with pytest.raises(DomainError, match="the customer is known at"):
        reader.change(recipient="me@evil.example")


def test_a_letter_about_several_invoices_is_looked_at_as_one(
    reader: Reader, office: Office
) -> None:
    several = Several(office, 0, 0)
    look = reader.change(SAID)
    several.take(2)  # another invoice's turn carries it

    assert look.numbers == ("R-1", "R-2", "R-3")
    assert look.place is PassagePlace.BEFORE
    assert reader.is_what_left(look)
    assert [one.end for one in reader.ended()] == [ChangeEnd.USED]


def test_an_invoice_that_leaves_the_letter_takes_the_change_away(
    reader: Reader, office: Office
) -> None:
    several = Several(office, 0)
    reader.change(SAID)
    several.say(2, MessageType.PAYMENT, amount="20.00")
    office.remind()

    assert "talk on Monday" not in office.email.taken[-1].text
    assert [one.why for one in reader.ended()] == [ChangeLapse.INVOICES.value]


def test_what_happens_between_the_mark_and_the_call_counts_too(
    reader: Reader, office: Office
) -> None:
    reader.change(SAID)
    office.between["after_T1"] = lambda: part_payment(office)
    office.remind()

    assert "talk on Monday" not in office.email.taken[-1].text
    assert [one.why for one in reader.ended()] == [ChangeLapse.SUM.value]


def test_nothing_is_changed_while_it_leaves(reader: Reader, office: Office) -> None:
    refused: list[str] = []

    def too_late() -> None:
        with pytest.raises(ChangedMeanwhileError, match="leaving right now"):
            reader.change(SAID)
        refused.append("yes")

    office.between["after_T1"] = too_late
    office.remind()

    assert refused == ["yes"]


def test_a_letter_whose_answer_was_lost_left_with_its_change(
    reader: Reader, office: Office
) -> None:
    reader.change(SAID)
    office.email.will(LOST_BUT_TAKEN)
    with pytest.raises(RuntimeError):
        office.remind()
    office.older(FENCE)
    office.remind()

    (used,) = reader.ended()
    assert used.end is ChangeEnd.USED
    assert "talk on Monday" in used.text, "its words were kept before its end was known"
    assert len(office.email.taken) == 1


def test_a_text_message_takes_no_words(reader: Reader, office: Office) -> None:
    no_mailbox(office)

    assert reader.look().place is PassagePlace.NOWHERE
    with pytest.raises(DomainError, match="no words"):
        reader.change(SAID)


def test_who_looked_at_another_letter_is_told(reader: Reader, office: Office) -> None:
    seen = reader.look().seen
    part_payment(office)

    with pytest.raises(ChangedMeanwhileError):
        reader.desk.change(office.case, LetterChange(passage=SAID), seen=seen, by="ann")


def test_it_can_be_taken_back_until_it_leaves(reader: Reader, office: Office) -> None:
    reader.change(SAID)
    look = reader.desk.undo(office.case, "ben")
    office.remind()

    assert look.change is None
    assert "talk on Monday" not in office.email.taken[-1].text
    assert [(one.end, one.by) for one in reader.ended()] == [(ChangeEnd.UNDONE, "ben")]
