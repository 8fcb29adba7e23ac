"""A letter that went out, and what comes back about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import text

from activities.inbound.processor import InboundProcessor, ProcessedRound
from activities.ports.failpoints import Failpoint, no_failpoints
from activities.ports.incoming import Reply, ReplyKind, ReportKind
from adapters.ledger.customers import people
from adapters.ledger.inbound.events import ProviderEvent
from adapters.ledger.inbound.inbox import SqlInbox
from adapters.ledger.inbound.incoming import keep_events, note_reply
from adapters.ledger.queries import reads
from domain.parties.people import Debtor
from tests.activities.sending_harness import Office


class Post:
    """What comes back to an office, and the processor that applies it.

    Attributes:
        woken: the cases that were woken, in order.
    """

    def __init__(self, office: Office, points: Failpoint = no_failpoints) -> None:
        self.office = office
        self.woken: list[str] = []
        inbox = SqlInbox(office.engine)
        self.processor = InboundProcessor(office.ledger, inbox, office.clock, self._wake, points)

    def _wake(self, cases: Sequence[str]) -> None:
        """Tests share one ledger: what others left in it is none of this office's business."""
        ours = f"invoice/{self.office.creditor}/"
        self.woken += [case for case in cases if case.startswith(ours)]

    @property
    def message_id(self) -> str:
        """The message that went out last."""
        calls = [*self.office.email.calls, *self.office.sms.calls]
        return calls[-1].id

    def told(self, *kinds: ReportKind, at: datetime | None = None, about: str = "") -> None:
        """A provider tells; the same kind and instant twice is one."""
        keep_events(self.office.engine, [self.event(k, at=at, about=about) for k in kinds])

    def event(
        self,
        kind: ReportKind,
        *,
        at: datetime | None = None,
        about: str = "",
        provider: str = "sendgrid",
    ) -> ProviderEvent:
        """One thing that a provider tells."""
        mid = about or self.message_id
        when = at or self.office.now
        key = f"{provider}/{mid}/{kind.value}/{when.isoformat()}"
        return ProviderEvent(
            dedupe_key=key, message_id=mid, provider=provider, kind=kind.value, at=when
        )

    def came(self, sort: ReplyKind = ReplyKind.REPLY, said: str = "", **more: str) -> Reply:
        """An answer comes in."""
        reply = self.reply(sort, said, **more)
        note_reply(self.office.engine, reply)
        return reply

    def reply(self, sort: ReplyKind = ReplyKind.REPLY, said: str = "", **more: str) -> Reply:
        """An answer that nobody has kept yet."""
        return Reply(
            key=str(uuid4()),
            sort=sort,
            said=said,
            at=self.office.now,
            channel=more.get("channel", "email"),
            message_id=more.get("message_id", self.message_id),
            sender=more.get("sender", ""),
        )

    def round(self) -> ProcessedRound:
        """The processor looks in."""
        return self.processor.round()

    @property
    def debtor(self) -> Debtor:
        """The customer as the ledger knows them now."""
        found = people.get_debtor(self.office.engine, self.office.creditor, "C1")
        assert found is not None
        return found

    def news(self, case: str = "") -> list[tuple[str, str]]:
        """What a case heard about its contact: reason and reference."""
        recorded = reads.messages_of(self.office.engine, case or self.office.case)
        told = [n for n in recorded if n.message.kind == "contact_news"]
        assert {n.status for n in told} <= {"applied"}
        return sorted((n.message.reason, n.message.ref) for n in told)

    def outcomes(self, keys: Sequence[str] = ()) -> list[str]:
        """What became of the events about the message."""
        query = text(
            "SELECT o.state FROM event_outcome o JOIN provider_event e USING (dedupe_key) "
            "WHERE e.message_id = :mid ORDER BY 1"
        )
        with self.office.engine.connect() as link:
            return list(link.execute(query, {"mid": self.message_id}).scalars())

    def told_long_ago(self, kind: ReportKind, about: str, ago: timedelta) -> None:
        """The same about any message, and it has lain here since."""
        query = text(
            "INSERT INTO provider_event (dedupe_key, message_id, provider, kind, recorded_at) "
            "VALUES (:m, :m, 'sendgrid', :k, clock_timestamp() - :ago)"
        )
        with self.office.engine.begin() as link:
            link.execute(query, {"ago": ago, "m": about, "k": kind.value})
