"""What assistants did, and who asked for it, in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine, RowMapping, insert, select

from activities.ports.assistant.acts import AssistantAct, AssistantOutcome, OnBehalf
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.gateway import assistant_act

_WHO = ("creditor", "person", "key_id", "label")


class SqlAssistantActs:
    """The record of what assistants did."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, act: AssistantAct) -> None:
        """Write an act down."""
        who = {name: getattr(act.asked, name) for name in _WHO}
        told = {"act": act.act, "outcome": act.outcome, "customer": act.customer}
        with self._engine.begin() as connection:
            connection.execute(insert(assistant_act).values(**who, **told, case_id=act.case))

    def newest(self, creditor: str, limit: int) -> tuple[AssistantAct, ...]:
        """List a creditor's acts, newest first."""
        mine = select(assistant_act).where(assistant_act.c.creditor == creditor)
        query = mine.order_by(assistant_act.c.id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return tuple(_act_of(row) for row in connection.execute(query).mappings())


def _act_of(row: RowMapping) -> AssistantAct:
    return AssistantAct(
        asked=OnBehalf(**{name: row[name] for name in _WHO}),
        act=row["act"],
        outcome=AssistantOutcome(row["outcome"]),
        customer=row["customer"],
        case=row["case_id"],
        at=row["at"],
    )
