"""A message whose fate nobody knows is looked for, never sent again on a guess."""

from datetime import timedelta

import pytest

from activities.ports.types import OutboundState
from activities.sending.holding_back import ComeBackLaterError
from activities.sending.protocol import GRACE
from adapters.ledger.inbound import events
from tests.activities.sending_harness import FENCE, MINUTE, Office, Speechless
from tests.fakes import LOST_AND_GONE, LOST_BUT_TAKEN, FakeChannel, Outcome


def _lost(office: Office, outcome: Outcome) -> None:
    office.email.will(outcome)
    with pytest.raises(ComeBackLaterError):
        office.remind()
    with pytest.raises(ComeBackLaterError):
        office.remind()
    assert len(office.email.calls) == 1, "young: it may still be on the wire"
    office.older(FENCE)


def test_a_lost_answer_that_the_provider_knows_counts_as_sent(office: Office) -> None:
    _lost(office, LOST_BUT_TAKEN)
    office.remind()

    assert (len(office.email.calls), len(office.email.taken)) == (1, 1)
    assert office.results() == [("polite", "accepted")]


def test_a_lost_answer_that_an_exact_provider_denies_is_sent_again(office: Office) -> None:
    _lost(office, LOST_AND_GONE)
    decision = office.remind()
    assert (decision.step, office.state()) == ("polite", OutboundState.NEW)
    office.remind()

    assert (len(office.email.calls), len(office.email.taken)) == (2, 1)
    assert office.results() == [("polite", "accepted")]


@pytest.mark.parametrize("why", ["blind", "late"])
def test_without_evidence_it_counts_as_sent_after_a_grace_and_a_person_is_told(
    office: Office, why: str
) -> None:
    """Fault matrix 12: a search that may be late says no too early."""
    lag = timedelta() if why == "blind" else MINUTE
    office.email = FakeChannel("email", index_lag=lag)
    office.email.blind = why == "blind"
    _lost(office, LOST_AND_GONE)
    office.older(lag)
    with pytest.raises(ComeBackLaterError) as later:
        office.remind()
    assert later.value.wait == timedelta(minutes=1)
    office.older(GRACE)
    office.remind()
    office.remind()

    assert len(office.email.calls) == 1, "never twice on a guess"
    assert office.results() == [("polite", "unknown_closed")]
    assert office.tasks("unknown") == ["R-1, 119.00 EUR open: no proof that it arrived"]


def test_a_providers_event_is_evidence_too(office: Office) -> None:
    office.email.blind = True
    _lost(office, LOST_AND_GONE)
    told = events.ProviderEvent(
        dedupe_key=f"{office.case}/delivered",
        message_id=office.email.calls[0].id,
        provider="fake",
        kind="delivered",
    )
    events.note_event(office.engine, told)
    office.remind()

    assert (len(office.email.calls), office.results()) == (1, [("polite", "accepted")])


def test_a_lost_reminder_is_settled_even_if_nobody_wants_it_any_more(office: Office) -> None:
    _lost(office, LOST_BUT_TAKEN)
    office.pay()
    decision = office.remind()

    assert ("polite", "accepted") in office.results()
    assert decision.outcome == "paid"


def test_a_lost_message_without_words_any_more_is_settled_without_a_guess(office: Office) -> None:
    _lost(office, LOST_BUT_TAKEN)
    office.letters = Speechless()
    with pytest.raises(ComeBackLaterError):
        office.remind()
    office.older(GRACE)
    office.remind()

    assert office.results() == [("polite", "unknown_closed")]
