"""An office whose one customer has several invoices, some of them due together."""

from datetime import date, datetime, timedelta

from activities.case_service import CaseService
from adapters.ledger.queries import reads
from domain.case.model import Invoice
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.model import Policy
from domain.wire import CaseActivityInput, Decision
from tests.activities.sending_harness import NINE, POLICY, Office

FIRST = date(2026, 3, 1)
SENT = [("polite", "accepted")]


class Several:
    """What a test does with the invoices R-1, R-2, R-3 … of one customer."""

    def __init__(self, office: Office, *days: int) -> None:
        """R-1 is the office's own; each other invoice falls due so many days after it."""
        self.office = office
        self.cases = [office.case]
        for later in days:
            self.add(later)

    def add(
        self, days: int = 0, policy: Policy = POLICY, opened: datetime = NINE - timedelta(days=10)
    ) -> int:
        """One more invoice, due so many days after the first; answers its number."""
        due, number = FIRST + timedelta(days=days), len(self.cases) + 1
        invoice = Invoice(
            creditor=self.office.creditor,
            number=f"R-{number}",
            customer="C1",
            issued=FIRST - timedelta(days=14),
            due=due,
            amount=Money(1000 * number, "EUR"),
            opened_at=opened,
        )
        self.office.desk.open(invoice, policy)
        self.cases.append(invoice.case_id)
        return number

    def take(self, which: int, step: str = "polite", do: str = "remind") -> Decision:
        """One attempt at a step of one of them."""
        turn = CaseActivityInput(case=self.cases[which - 1], do=do, step=step, at=self.office.now)
        return self.office.sender().send(turn, self.office.clock)

    def say(self, which: int, kind: MessageType, **body: str) -> None:
        """A client says something about one of them."""
        desk = CaseService(self.office.ledger, self.office.clock)
        answer, _ = desk.say(self.cases[which - 1], kind, {"id": f"{kind.value}-{which}", **body})
        assert answer.accepted, answer

    def results(self, which: int) -> list[tuple[str, str]]:
        """What was done for one of them, and how it ended."""
        deeds = reads.deeds_of(self.office.engine, self.cases[which - 1])
        return [(deed.step, deed.result.value) for deed in deeds]

    def decision(self, which: int) -> Decision:
        """What the ledger says comes next for one of them."""
        file = reads.file_of(self.office.engine, self.cases[which - 1])
        assert file is not None
        assert file.decision is not None
        return file.decision

    @property
    def letters(self) -> list[str]:
        """The texts of the mails that went out."""
        return [envelope.text for envelope in self.office.email.taken]
