"""A reminder goes out once or not at all, whatever the provider answers and whoever dies."""

from dataclasses import replace
from datetime import timedelta

import pytest

from activities.ports.types import (
    BusyError,
    OutboundState,
    Receipt,
    Sent,
)
from activities.sending.holding_back import ComeBackLaterError
from adapters.ledger.queries import reads
from domain.message_types import MessageType
from domain.wire import ReceivedMessage
from tests.activities.sending_harness import DEBTOR, FENCE, MINUTE, NINE, Office, Speechless
from tests.fakes import (
    BUSY,
    DOWN,
    OPT_OUT,
    REJECT,
    Outcome,
)


def test_a_reminder_that_is_accepted_is_written_down_and_what_follows_is_answered(
    office: Office,
) -> None:
    decision = office.remind()

    assert [sent.to for sent in office.email.calls] == [DEBTOR.email]
    assert office.results() == [("polite", "accepted")]
    assert (decision.do, decision.step) == ("hand_off", "plan-b")
    assert decision.at is not None
    assert decision.at > NINE


def test_a_retry_after_the_acceptance_sends_nothing(office: Office) -> None:
    first, again = office.remind(), office.remind()

    assert len(office.email.calls) == 1
    assert (again.do, again.at) == (first.do, first.at)


def test_when_a_channel_rejects_the_next_is_tried_and_the_address_never_again(
    office: Office,
) -> None:
    office.email.will(REJECT)
    office.remind()

    assert [len(office.email.calls), len(office.sms.calls)] == [1, 1]
    assert office.results() == [("polite", "accepted")]
    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert file.debtor.bad_points == (DEBTOR.email,)


def test_a_rejection_that_is_not_the_addresss_fault_is_not_repeated_either(office: Office) -> None:
    not_allowed = Receipt(sent=Sent.REJECTED, detail="only allowed recipients are written to")
    office.email.will(Outcome(not_allowed), Outcome(not_allowed))
    office.remind()

    assert [len(office.email.calls), len(office.sms.calls)] == [1, 1]


def test_a_rejection_that_is_our_own_fault_goes_on_by_the_next_channel_and_a_person_is_told(
    office: Office,
) -> None:
    what_we_write = Receipt(sent=Sent.REJECTED, detail="content is required", channel_down=True)
    office.email.will(Outcome(what_we_write))
    office.remind()

    assert [len(office.email.calls), len(office.sms.calls)] == [1, 1]
    assert office.tasks("question") == ["R-1, 119.00 EUR open: content is required"]
    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert file.debtor.bad_points == ()


def test_a_message_says_whose_it_is_so_that_it_goes_by_that_creditors_account(
    office: Office,
) -> None:
    office.remind()
    assert [envelope.creditor for envelope in office.email.calls] == [office.creditor]


def test_when_every_channel_rejects_a_person_is_asked_and_no_plan_b_comes(office: Office) -> None:
    office.email.will(REJECT)
    office.sms.will(REJECT)
    decision = office.remind()

    assert office.results() == [("polite", "rejected")]
    assert office.state() is OutboundState.REJECTED
    assert "R-1, 119.00 EUR open: the polite reminder reached nobody" in office.tasks("question")
    assert decision.do == "ask_person"


def test_who_answers_stop_is_not_written_to_on_that_channel_again(office: Office) -> None:
    office.email.will(OPT_OUT)
    office.remind()

    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert file.debtor.opted_out == ("email",)
    assert file.debtor.bad_points == ()
    assert len(office.sms.taken) == 1


def test_who_opted_out_of_mail_gets_an_sms(office: Office) -> None:
    office.known(replace(DEBTOR, opted_out=("email",)))
    office.remind()

    assert (office.email.calls, len(office.sms.taken)) == ([], 1)


def test_a_customer_nobody_can_reach_is_a_persons_task(office: Office) -> None:
    office.known(replace(DEBTOR, opted_out=("email", "sms")))
    decision = office.remind()

    assert office.email.calls == office.sms.calls == []
    assert office.results() == [("polite", "rejected")]
    assert decision.do == "ask_person"


@pytest.mark.parametrize(("asks", "waits"), [(1, 15), (20, 20), (90, 90)])
def test_a_busy_provider_is_left_alone_for_a_quarter_of_an_hour_at_least(
    office: Office, asks: int, waits: int
) -> None:
    """Fault matrix 8: its own word counts if it asks for more."""
    busy = replace(BUSY.receipt, retry_after=asks * MINUTE)
    office.email.will(Outcome(busy))
    decision = office.remind()

    assert decision.at == office.now + waits * MINUTE
    assert (office.state(), office.results()) == (OutboundState.NEW, [])
    office.now += waits * MINUTE
    office.remind()
    assert (len(office.email.taken), office.results()) == (1, [("polite", "accepted")])


def test_a_channel_that_is_down_is_a_persons_task(office: Office) -> None:
    office.email.will(DOWN)
    decision = office.remind()

    assert decision.at == office.now + 15 * MINUTE
    told = ["email is down, and what should go out by it waits: bad key"]
    assert office.tasks("question") == told

    office.now += 16 * MINUTE
    office.remind()
    assert office.tasks("question") == told  # once a day, however many messages wait
    assert office.sms.calls == [], "the message waits for its channel"


def test_an_account_that_somebody_holds_is_busy_and_nothing_was_begun(office: Office) -> None:
    with office.ledger.account_of(office.case), pytest.raises(BusyError):
        office.remind()
    assert (office.state(), office.email.calls) == (None, [])


def test_a_zombie_that_wakes_after_another_has_sent_does_not_call(office: Office) -> None:
    def meanwhile() -> None:
        office.older(FENCE)
        office.remind()  # finds the mark, the provider denies it: taken back
        office.remind()  # sends

    office.between["after_T1"] = meanwhile
    office.remind()

    assert len(office.email.calls) == 1
    assert office.results() == [("polite", "accepted")]


def test_a_zombie_that_wakes_while_another_is_calling_leaves_it_alone(office: Office) -> None:
    def meanwhile() -> None:
        office.older(FENCE)
        office.remind()
        office.email.will(Outcome(Receipt(sent=Sent.UNKNOWN)))
        with pytest.raises(ComeBackLaterError):
            office.remind()

    office.between["after_T1"] = meanwhile
    with pytest.raises(ComeBackLaterError):
        office.remind()
    assert len(office.email.calls) == 1


@pytest.mark.parametrize("after", [timedelta(minutes=1), timedelta(hours=4)])
def test_a_message_that_cannot_be_written_waits_for_a_person(
    office: Office, after: timedelta
) -> None:
    """Whoever has mended it says so by a nudge, and it goes at once; else within four hours."""
    words = office.letters
    office.letters = Speechless()
    decision = office.remind()

    assert office.email.calls == []
    assert office.tasks("question") == ["R-1, 119.00 EUR open: the creditor has no name"]
    assert decision.at == office.now + timedelta(hours=4)
    office.letters, office.now = words, office.now + after
    office.remind()
    assert office.results() == [("polite", "accepted")]


def test_what_is_heard_with_the_turn_counts_before_anything_is_sent(office: Office) -> None:
    came = ReceivedMessage(
        kind=MessageType.PAYMENT.value, body='{"id": "b", "amount": "119.00"}', key="u"
    )
    decision = office.remind(came)

    assert office.email.calls == []
    assert (decision.outcome, decision.answers["u"].accepted) == ("paid", True)
