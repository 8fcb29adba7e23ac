"""A case that its agency gave back with money open: the choices, and each as one act."""

from datetime import timedelta
from pathlib import Path

import pytest

from activities.agencies.telling import CaseTelling
from activities.services.agencies.progress import AgencyProgressService
from activities.services.agencies.returned import ReturnedCaseService
from adapters.ledger.agencies.store import SqlAgencyStore
from domain.errors import DomainError, RefusedError
from domain.message_types import ActionType, MessageType
from tests.activities.agencies.test_agreed_plan_b import LAWYER
from tests.activities.agencies.test_which_agency import Agencies
from tests.activities.sending_harness import NINE, Office
from tests.starter.api.agencies.placed import place


@pytest.fixture
def back(office: Office, tmp_path: Path) -> Agencies:
    """The dear agency had the case, and gave it back."""
    office.remind()
    office.now = NINE + timedelta(days=20)
    made = Agencies(office, tmp_path)
    (tmp_path / "book" / "kanzlei.toml").write_text(LAWYER)
    place(office.engine, office.case, "dear", office.now - timedelta(days=5))
    office.say(MessageType.AGENCY_NEWS, reason="returned")
    return made


def returned(agencies: Agencies) -> ReturnedCaseService:
    office = agencies.office
    telling = CaseTelling(office.ledger, office.clock)
    progress = AgencyProgressService(SqlAgencyStore(office.engine), telling)
    return ReturnedCaseService(agencies.placing, progress, telling, office.clock)


def test_the_choices_are_those_that_can_be_carried_out(back: Agencies) -> None:
    """Not the agency that gave it back, nor one that does not take it; the best offer first."""
    shown = [(one.choice, one.net and one.net.plain) for one in returned(back).choices(back.file)]

    assert shown == [
        ("ourselves", None),
        ("agency:cheap", "107.10"),
        ("lawyer:kanzlei", None),
        ("write_off", None),
    ]


@pytest.mark.parametrize(
    ("choice", "follows"),
    [
        ("ourselves", ActionType.REMIND),
        ("agency:cheap", ActionType.REMIND),
        ("lawyer:kanzlei", ActionType.REMIND),
        ("write_off", ActionType.WAIT),
    ],
)
def test_each_is_one_act_that_counts_once_and_the_question_is_done(
    back: Agencies, choice: str, follows: ActionType
) -> None:
    """Another agency gets it after a demand of ours: the first one's time interrupted it."""
    office, service = back.office, returned(back)
    office.deliver_question()
    office.now += timedelta(hours=1)
    assert len(office.tasks("question")) == 1
    first, _ = service.decide(back.file, choice, by="ann", key="D-1")
    again, _ = service.decide(back.file, choice, by="ann", key="D-1")

    assert first.accepted
    assert again.accepted
    assert service.choices(back.file) == ()
    decision = office.decide()
    assert decision.do == follows.value
    assert office.tasks("question") == []
    with pytest.raises(RefusedError, match="decided already"):
        service.decide(back.file, "ourselves", by="bob", key="D-2")


@pytest.mark.parametrize("choice", ["agency:dear", "agency:abroad", "lawyer:x", "bailiff"])
def test_what_is_no_choice_is_refused_and_nothing_is_recorded(back: Agencies, choice: str) -> None:
    before = len(back.file.messages)
    with pytest.raises(DomainError, match="ourselves"):
        returned(back).decide(back.file, choice, by="ann")

    assert len(back.file.messages) == before


def test_a_case_that_nobody_gave_back_has_no_choices(office: Office, tmp_path: Path) -> None:
    agencies = Agencies(office, tmp_path)

    assert returned(agencies).choices(agencies.file) == ()
