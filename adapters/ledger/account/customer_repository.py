"""The pages of an account that speak of the customer: credit, flags, and what its cases follow."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, exists, select, update

from adapters.ledger.cases.cases import put_policy
from adapters.ledger.customers import credit, flags
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.outbound import outbound_message
from adapters.ledger.tasks import desk, team
from domain.credit.model import Credit, CreditChange, Standing
from domain.policy.model import Policy
from domain.policy.terms import PerCurrency


class CustomerRepository:
    """The half of an account's book that is about the customer as one."""

    def __init__(self, connection: Connection, row: RowMapping) -> None:
        self._connection = connection
        self._creditor: str = row["creditor"]
        self._customer: str = row["customer"]
        self._credit = Credit(row["credit"])
        self._owner: str = row["owner"]

    @property
    def account(self) -> tuple[str, str]:
        """Creditor and customer."""
        return self._creditor, self._customer

    @property
    def was_written_to(self) -> bool:
        """Whether any message about any invoice ever got through to the customer."""
        m = outbound_message.c
        mine = (m.creditor == self._creditor) & (m.customer == self._customer)
        reached = m.state.in_(("accepted", "unknown_closed")) & (m.channel != "agency")
        return bool(self._connection.execute(select(exists().where(mine & reached))).scalar())

    @property
    def credit(self) -> Credit:
        """How the customer's credit stands."""
        return self._credit

    def standing(self, tolerance: PerCurrency) -> Standing:
        """What the credit follows from; sums below the tolerance are not owed."""
        return credit.credit_standing(self._connection, self._creditor, self._customer, tolerance)

    def change_credit(self, change: CreditChange) -> int:
        """Keep a change of credit for ever; answers its number."""
        self._credit = change.after
        return credit.change(self._connection, self._creditor, self._customer, change)

    def whose_turn(self, *preferred: str) -> str:
        """Who takes up new work about this customer; empty where nobody is there."""
        return team.whose_turn(self._connection, self._creditor, self._owner, *preferred)

    def finish_task(self, key: str, note: str) -> None:
        """Tick one task off, if it is still open."""
        desk.tick_off(self._connection, task.c.key == key, desk.AMICABLE, note)

    def set_flag(self, flag: str, *, on: bool, why: str, by: str) -> int:
        """Set or take away a flag; answers the number of the entry, 0 if it was so already."""
        mark = flags.Mark(flag=flag, is_on=on, why=why, by=by)
        return flags.set_flag(self._connection, self._creditor, self._customer, mark)

    def nudge_all(self, key: str, why: str, by: str, at: datetime) -> tuple[str, ...]:
        """Put a mark on every running case of the account, once per key; answers their ids."""
        said = flags.Nudge(key=key, why=why, by=by, at=at)
        return flags.nudge_all(self._connection, self._creditor, self._customer, said)

    def follow(self, case_id: str, policy: Policy) -> str:
        """Let a case follow a policy from now on; answers its SHA-256, empty if it does already."""
        sha, c = put_policy(self._connection, policy), case_file.c
        mine = (c.case_id == case_id) & (c.creditor == self._creditor) & (c.policy_sha != sha)
        moved = update(case_file).where(mine).values(policy_sha=sha).returning(c.case_id)
        return sha if self._connection.execute(moved).first() else ""
