"""The Plan B that an agreement names is checked at once, and goes to who was named (P53)."""

from datetime import timedelta
from pathlib import Path

import pytest

from activities.case_service import CaseService
from activities.cases.session import Session
from activities.services.agencies.plan_b import AgreedPlanBChecks
from adapters.agency.book import AgencyFolderBook
from adapters.ledger.stores.cases import SqlCaseFiles
from domain.answer_codes import AnswerCode
from domain.message_types import ActionType, MessageType
from tests.activities.agencies.test_which_agency import Agencies
from tests.activities.sending_harness import NINE, Office

LAWYER = 'name = "Kanzlei"\nkind = "lawyer"\n[reached]\nby = "person"\n'
NO_TARIFF = 'name = "Silent"\n[reached]\nby = "person"\n'


@pytest.fixture
def agencies(office: Office, tmp_path: Path) -> Agencies:
    office.remind()
    office.now = NINE + timedelta(hours=1)
    made = Agencies(office, tmp_path)
    (tmp_path / "book" / "kanzlei.toml").write_text(LAWYER)
    (tmp_path / "book" / "silent.toml").write_text(NO_TARIFF)
    return made


def desk(agencies: Agencies) -> CaseService:
    """The desk as commands, programs and the console use it."""
    office, book = agencies.office, AgencyFolderBook(agencies.place / "book")
    checks = AgreedPlanBChecks(book, SqlCaseFiles(office.engine), office.clock)
    return CaseService(office.ledger, office.clock, checks)


def promise(agencies: Agencies, plan_b: str, key: str = "P-1") -> tuple[bool, str]:
    """Promise all of it for 6 March, four days from now."""
    told = {"id": key, "date": "2026-03-06", "plan_b": plan_b}
    answer, _ = desk(agencies).say(agencies.office.case, MessageType.PROMISE, told)
    assert answer.accepted or answer.code in (AnswerCode.REFUSED, AnswerCode.INVALID)
    return answer.accepted, answer.text if not answer.accepted else answer.plan_b


@pytest.mark.parametrize(
    ("plan_b", "words"),
    [
        ("agency:nobody", "works with no agency nobody; there is abroad, cheap, dear, silent"),
        ("agency:kanzlei", "works with no agency kanzlei"),
        ("lawyer:dear", "works with no lawyer dear; there is kanzlei"),
        ("agency:abroad", "Abroad does not take it: currency"),
        ("agency:silent", "names no price for it"),
        ("bailiff", "is no Plan B; write agency, agency:NAME"),
    ],
)
def test_what_nobody_could_carry_out_is_refused_in_words_and_not_recorded(
    agencies: Agencies, plan_b: str, words: str
) -> None:
    accepted, text = promise(agencies, plan_b)

    assert not accepted
    assert words in text
    assert not [one for one in agencies.file.messages if one.kind is MessageType.PROMISE]


def test_who_was_named_gets_the_case_when_the_promise_is_not_kept(agencies: Agencies) -> None:
    office = agencies.office
    accepted, plan_b = promise(agencies, "agency:dear")
    assert accepted
    assert plan_b.endswith("if it is still open after the new deadline, the agency dear takes over")
    broken(agencies)

    agencies.deliver("hand_off", "agreed-plan-b-1")

    assert agencies.got("dear") == ["case.handed_off-1"]
    assert agencies.got("cheap") == []
    office.pay()
    agencies.deliver("recall", "recall")
    assert agencies.got("dear") == ["case.handed_off-1", "case.recalled-1"]


def test_a_lawyer_that_was_named_is_asked_for_the_letter(agencies: Agencies) -> None:
    assert promise(agencies, "lawyer:kanzlei")[0]
    broken(agencies)

    decision = agencies.deliver("lawyer_letter", "agreed-plan-b-1")

    assert agencies.got("agency/kanzlei") == ["case.letter_wanted-1"]
    assert decision.stage == "reminding"


def test_an_agency_that_is_not_described_any_more_is_a_question_to_a_person(
    agencies: Agencies,
) -> None:
    """And whoever says the promise again is answered as before."""
    office = agencies.office
    assert promise(agencies, "agency:dear")[0]
    (agencies.place / "book" / "dear.toml").unlink()
    assert promise(agencies, "agency:dear")[0]
    broken(agencies)

    agencies.deliver("hand_off", "agreed-plan-b-1")

    assert office.state("agreed-plan-b-1") == "new"
    assert [t for t in office.tasks("question") if "no agency takes it under the name dear" in t]


def test_a_promise_with_another_plan_b_is_another_promise(agencies: Agencies) -> None:
    assert promise(agencies, "agency:dear")[0]
    told = {"id": "P-1", "date": "2026-03-06", "plan_b": "agency:cheap"}
    answer, _ = desk(agencies).say(agencies.office.case, MessageType.PROMISE, told)

    assert answer.code is AnswerCode.CONFLICT


def broken(agencies: Agencies) -> None:
    """Let the promised day pass, write and call about it, and let the new deadline pass as well."""
    office = agencies.office
    office.now = NINE + timedelta(days=5)
    for _ in range(3):
        with office.ledger.account_of(office.case) as account:
            session = Session(account, office.case, office.clock())
            action = session.state.next_action
            session.record(action, channel="email" if action.do is ActionType.REMIND else "")
            session.decide()
    office.now = NINE + timedelta(days=14)
