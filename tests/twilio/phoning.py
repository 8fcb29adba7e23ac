"""A case that a machine calls about, and attempts at that call."""

from __future__ import annotations

from datetime import date, timedelta

from activities.ports.ports import Channel
from activities.sending.protocol import Sender
from adapters.ledger.queries import reads
from domain.case.model import Invoice
from domain.money import Money
from domain.policy.policy_file import parse_policy
from domain.wire import CaseActivityInput, Decision
from tests.activities.sending_harness import NINE
from tests.twilio.rooms import Rooms

POLICY = parse_policy(
    """
name = "phoning"
minimum_gap_days = 0
calendar = { window = "09:00-17:00", working_days_only = false }
contact = { messages_per_week = 9, calls_per_week = 1, quiet_days = 7 }
plan_b = { on = "due+90", do = "hand_off" }

[[step]]
id = "call"
on = "due+1"
do = "remind"
channels = ["voice"]
tone = "friendly"
""",
    file="phoning.toml",
)


class Phoning:
    """One more invoice of the office's customer, about which a machine calls."""

    def __init__(self, rooms: Rooms, channel: Channel, number: str = "V-1") -> None:
        self.rooms = rooms
        self.channel = channel
        due = date(2026, 3, 1)
        invoice = Invoice(
            creditor=rooms.office.creditor,
            number=number,
            customer=rooms.debtor.id,
            issued=due - timedelta(days=14),
            due=due,
            amount=Money(123400, "EUR"),
            opened_at=NINE - timedelta(days=10),
        )
        rooms.office.desk.open(invoice, POLICY)
        self.case = invoice.case_id

    def attempt(self) -> Decision:
        """One attempt at the call."""
        office = self.rooms.office
        sender = Sender(office.ledger, {"voice": self.channel}, office.letters, office._point)
        turn = CaseActivityInput(case=self.case, do="remind", step="call", at=NINE)
        return sender.send(turn, office.clock)

    def results(self) -> list[tuple[str, str]]:
        """What was done, and how it ended."""
        deeds = reads.deeds_of(self.rooms.engine, self.case)
        return [(deed.step, deed.result.value) for deed in deeds]

    def begun(self) -> bool:
        """Whether it was ever marked as on its way."""
        with self.rooms.office.ledger.account_of(self.case) as account:
            return account.outbound.of_step(self.case, "call", 1) is not None

    def older(self, by: timedelta) -> None:
        """Let the mark in flight grow older."""
        office = self.rooms.office
        mine, office.case = office.case, self.case
        office.older(by)
        office.case = mine
