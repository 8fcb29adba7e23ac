"""Which duty an activity belongs to, and which words name a worker's duties."""

from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Engine
from temporalio.client import Client

from activities.case_activities import CaseActivities
from activities.payments.payment_activities import PaymentActivities
from activities.sending.agency import Deliverer
from activities.sending.protocol import Sender
from adapters.config.environment import SettingsError
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.letters.writer import LetterWriter
from adapters.temporal.queues import Activities, Duty, duty_of, read_duties, served_by
from adapters.wiring.background import reconciler, webhook_sender
from adapters.wiring.choose import agency, channels
from domain.policy.policy_file import standard_policy

SENT = {
    *("remind", "confirm", "acknowledge", "demand_letter"),
    *("hand_off", "inform_agency", "recall", "lawyer_letter"),
}
BESIDE = {"reconcile", "deliver_happenings"}
ALL = (Duty.DECIDE, Duty.SEND, Duty.BACKGROUND)


@pytest.fixture
def activities(tmp_path: Path) -> Activities:
    """Everything that a worker can do; nothing of it runs here."""
    settings, nowhere = Settings(home=tmp_path), cast("Engine", None)
    ledger = SqlLedger(nowhere)
    sender = Sender(ledger, channels(settings), LetterWriter(None))
    deeds = CaseActivities(ledger, sender, Deliverer(ledger, agency(settings)), standard_policy())
    reconcile = reconciler(cast("Client", None), nowhere, settings)
    payments = PaymentActivities(ledger, reconcile.wake)
    webhooks = webhook_sender(nowhere, settings)
    return [*deeds.all, *payments.all, *reconcile.all, *webhooks.all]


def _names(found: Activities) -> set[str]:
    return {one.__name__ for one in found}


def test_whatever_calls_a_provider_is_sending_and_rounds_are_beside(
    activities: Activities,
) -> None:
    by_duty = {duty: {n for n in _names(activities) if duty_of(n) is duty} for duty in Duty}

    assert by_duty[Duty.SEND] == SENT
    assert by_duty[Duty.BACKGROUND] == BESIDE
    assert {"decide", "park", "post_payment", "wake_cases"} <= by_duty[Duty.DECIDE]


@pytest.mark.parametrize("duty", [Duty.SEND, Duty.BACKGROUND])
def test_a_worker_registers_what_belongs_to_its_duty(duty: Duty, activities: Activities) -> None:
    wanted = {Duty.SEND: SENT, Duty.BACKGROUND: BESIDE}[duty]

    assert _names(served_by(duty, ALL, activities)) == wanted


def test_who_has_all_duties_still_does_what_an_earlier_release_left_on_the_one_queue(
    activities: Activities,
) -> None:
    assert _names(served_by(Duty.DECIDE, ALL, activities)) == _names(activities)


def test_who_only_decides_never_writes_to_anyone(activities: Activities) -> None:
    assert not _names(served_by(Duty.DECIDE, [Duty.DECIDE], activities)) & (SENT | BESIDE)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("decide,send,background", ALL),
        (" Background , decide ", (Duty.DECIDE, Duty.BACKGROUND)),
        ("send", (Duty.SEND,)),
        ("send,send,", (Duty.SEND,)),
    ],
)
def test_duties_are_read_as_people_write_them(given: str, wanted: tuple[Duty, ...]) -> None:
    assert read_duties(given) == wanted


@pytest.mark.parametrize("given", ["", " , "])
def test_a_worker_without_any_duty_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="at least one of decide, send, background"):
        read_duties(given)


def test_a_word_that_is_no_duty_is_named_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match="'sending' is none of decide, send, background"):
        read_duties("decide,sending")
