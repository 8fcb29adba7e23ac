"""A case goes to the agency that a person or the policy chose, and what follows goes there, too."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from activities.agencies.telling import CaseTelling
from activities.case_service import CaseService
from activities.ports.types import CaseFile
from activities.sending.agency import Deliverer
from activities.services.agencies.placing import PlacingService
from adapters.agency.book import AgencyFolderBook
from adapters.agency.by_name import AgencyByName
from adapters.ledger.stores.evidence import SqlEvidenceStore
from domain.case.model import Invoice
from domain.errors import DomainError, RefusedError
from domain.message_types import ActionType, MessageType
from domain.policy.model import Policy
from domain.wire import CaseActivityInput, Decision
from tests.activities.sending_harness import DEBTOR, NINE, POLICY, Office

TARIFF = """
name = "{name}"
[reached]
folder = "{folder}"
[tariff]
currency = "{currency}"
source = "offer"
as_of = 2026-01-12
[[tariff.band]]
success_percent = "{percent}"
"""


class Agencies:
    """Three agencies, each with a folder of its own; the last one takes dollars only."""

    def __init__(self, office: Office, place: Path) -> None:
        self.office, self.place = office, place
        (place / "book").mkdir()
        for name, percent, currency in (
            ("cheap", "10", "EUR"),
            ("dear", "30", "EUR"),
            ("abroad", "5", "USD"),
        ):
            told = {"name": name.title(), "folder": place / name, "currency": currency}
            text = TARIFF.format(percent=percent, **told)
            (place / "book" / f"{name}.toml").write_text(text)
        self.book = AgencyFolderBook(place / "book")
        self.placing = PlacingService(
            self.book, CaseTelling(office.ledger, office.clock), office.clock
        )

    @property
    def file(self) -> CaseFile:
        """The case."""
        with self.office.ledger.account_of(self.office.case) as account:
            found = account.cases.read(self.office.case)
        assert found
        return found

    def deliver(self, do: str, step: str) -> Decision:
        """One attempt at telling whichever agency it is."""
        office = self.office
        shared = AgencyByName(office.agency, self.book, self.place)
        deliverer = Deliverer(office.ledger, shared, book=self.book)
        turn = CaseActivityInput(case=office.case, do=do, step=step, at=office.now)
        return deliverer.deliver(turn, office.clock)

    def got(self, name: str) -> list[str]:
        """What lies in an agency's folder."""
        return sorted(file.stem for file in (self.place / name).rglob("case.*.json"))


@pytest.fixture
def agencies(office: Office, tmp_path: Path) -> Agencies:
    office.remind()
    office.now = NINE + timedelta(days=2)
    return Agencies(office, tmp_path)


def asked_anew(agencies: Agencies, policy: Policy) -> Invoice:
    """Open another customer's case under a policy, reminded, on the day of its Plan B."""
    office = agencies.office
    office.known(replace(DEBTOR, id="C2"))
    invoice = replace(agencies.file.invoice, number="R-2", customer="C2")
    CaseService(office.ledger, office.clock).open(invoice, policy)
    office.case = invoice.case_id
    office.now = NINE
    office.remind()
    office.now = NINE + timedelta(days=2)
    return invoice


def test_quotes_are_compared_and_nothing_is_decided(agencies: Agencies) -> None:
    quotes = agencies.placing.quotes(agencies.file)

    shown = [(quote.agency, quote.eligible, quote.net and quote.net.plain) for quote in quotes]
    assert shown == [("cheap", True, "107.10"), ("dear", True, "83.30"), ("abroad", False, None)]
    assert not agencies.file.messages


def test_who_was_chosen_gets_the_case_and_its_recall_and_the_quotes_are_evidence(
    agencies: Agencies,
) -> None:
    office = agencies.office
    answer, _ = agencies.placing.place(agencies.file, "dear", by="ann", key="H-1")
    again, _ = agencies.placing.place(agencies.file, "dear", by="ann", key="H-1")
    assert answer.accepted
    assert again.accepted
    evidence = SqlEvidenceStore(office.engine)
    (kept,) = evidence.evidence(office.case)
    told = json.loads(evidence.content(office.case, kept.sha256) or b"")
    assert (told["chosen"], told["by"]) == ("dear", "ann")
    assert [one["net"] for one in told["quotes"]] == ["107.10", "83.30", None]

    decision = agencies.deliver("hand_off", "plan-b-approved")
    assert decision.stage == "with_agency"
    office.pay()
    agencies.deliver("recall", "recall")

    assert agencies.got("dear") == ["case.handed_off-1", "case.recalled-1"]
    assert not list((agencies.place / "dear").rglob("agency-quotes-*")), "not its business"
    assert agencies.got("cheap") == []
    assert office.agency.got == {}


def test_an_agency_that_does_not_take_it_cannot_be_chosen(agencies: Agencies) -> None:
    with pytest.raises(RefusedError, match="currency"):
        agencies.placing.place(agencies.file, "abroad", by="ann")
    with pytest.raises(DomainError, match="no agency nobody"):
        agencies.placing.place(agencies.file, "nobody", by="ann")
    assert not agencies.file.messages


@pytest.mark.parametrize(
    ("choice", "gets"), [("best_net", "cheap"), ("dear", "dear"), ("", "shared")]
)
def test_the_policy_chooses_where_nobody_did(agencies: Agencies, choice: str, gets: str) -> None:
    office = agencies.office
    told = replace(POLICY, name="chooses", plan_b=replace(POLICY.plan_b, agency=choice))
    asked_anew(agencies, told)

    agencies.deliver("hand_off", "plan-b")

    assert bool(office.agency.got) is (gets == "shared")
    assert agencies.got("cheap") == (["case.handed_off-1"] if gets == "cheap" else [])
    assert agencies.got("dear") == (["case.handed_off-1"] if gets == "dear" else [])


def test_an_agency_that_is_described_nowhere_is_a_question_to_a_person(
    agencies: Agencies,
) -> None:
    office = agencies.office
    office.say(MessageType.HANDOFF_APPROVED, ref="gone")

    agencies.deliver("hand_off", "plan-b-approved")

    assert office.state("plan-b-approved") == "new"
    (task,) = office.tasks("question")
    assert "no agency takes it under the name gone" in task


def test_the_creditors_lawyer_is_asked_for_a_letter_and_the_case_stays_here(
    agencies: Agencies,
) -> None:
    """P16."""
    office = agencies.office
    lawyer = f'name = "Kanzlei"\nkind = "lawyer"\n[reached]\nfolder = "{agencies.place / "law"}"\n'
    (agencies.place / "book" / "kanzlei.toml").write_text(lawyer)
    plan_b = replace(POLICY.plan_b, do=ActionType.LAWYER_LETTER)
    invoice = asked_anew(agencies, replace(POLICY, name="lawyer", plan_b=plan_b))

    decision = agencies.deliver("lawyer_letter", "plan-b")

    assert agencies.got("law") == ["case.letter_wanted-1"]
    assert decision.stage == "reminding"
    assert not [quote for quote in agencies.placing.quotes(agencies.file) if quote.agency == "law"]
    assert office.results()[-1] == ("plan-b", "done")
    assert office.tasks("question") == []
    assert invoice


def test_where_no_lawyer_is_described_a_person_carries_the_file(agencies: Agencies) -> None:
    plan_b = replace(POLICY.plan_b, do=ActionType.LAWYER_LETTER)
    asked_anew(agencies, replace(POLICY, name="lawyer", plan_b=plan_b))

    agencies.deliver("lawyer_letter", "plan-b")

    assert agencies.got("agency/lawyer") == ["case.letter_wanted-1"]
    (task,) = agencies.office.tasks("question")
    assert task.startswith("have a lawyer write the demand, its file is ready")
