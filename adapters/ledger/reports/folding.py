"""Folds cases as they stood at an instant, from what had been recorded by then."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, Connection, bindparam, select

from adapters.ledger.cases.cases import invoice_of, written_terms
from adapters.ledger.cases.messages import _deed, _message
from adapters.ledger.core import codec
from adapters.ledger.interest.rates import rates_for
from adapters.ledger.tables.cases import case_file, deed, message, policy
from adapters.ledger.tables.people import account
from domain.case.model import Case, Deed, Message
from domain.decision.sharing import spare
from domain.decision.state import CaseState
from domain.parties.people import Debtor

_AT_ONCE = 2000

_MINE = (account.c.creditor == case_file.c.creditor) & (account.c.customer == case_file.c.customer)
_THESE: BindParameter[str] = bindparam("cases", expanding=True)
_KNOWN = ("zone", "country", "subdivision", "kind")
_CASES = (
    select(case_file, *(account.c[name] for name in _KNOWN), policy.c.body)
    .join(account, _MINE)
    .join(policy)
    .where(case_file.c.case_id.in_(_THESE))
)
_MESSAGES = select(message).where(message.c.case_id.in_(_THESE)).order_by(message.c.seq)
_DEEDS = select(deed).where(deed.c.case_id.in_(_THESE)).order_by(deed.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folding:
    """A case's figures at an instant; sums in minor units of its currency.

    Attributes:
        terms: the parts in which it falls due, as JSON; None where that is one day.
    """

    case: str
    due: date
    amount: int
    credited: int
    open: int
    disputed: int
    spare: int
    terms: str | None


def folded(connection: Connection, cutoffs: Mapping[str, datetime]) -> Iterator[list[Folding]]:
    """Compute the figures of each case just before its instant, some thousand at a time."""
    for some in _batched(cutoffs):
        yield [_figures(case) for case in _some(connection, some, cutoffs)]


def cases_at(connection: Connection, cutoffs: Mapping[str, datetime]) -> Iterator[Case]:
    """Fold each case as it stood just before its instant."""
    for some in _batched(cutoffs):
        yield from _some(connection, some, cutoffs)


def _batched(cutoffs: Mapping[str, datetime]) -> Iterator[list[str]]:
    """The ids of the cases, as many at a time as are well read at once."""
    cases = list(cutoffs)
    for start in range(0, len(cases), _AT_ONCE):
        yield cases[start : start + _AT_ONCE]


def _some(
    connection: Connection, some: list[str], cutoffs: Mapping[str, datetime]
) -> Iterator[Case]:
    given = {"cases": some}
    said: dict[str, list[Message]] = defaultdict(list)
    done: dict[str, list[Deed]] = defaultdict(list)
    for row in connection.execute(_MESSAGES, given).mappings():
        if row["at"] < cutoffs[row["case_id"]]:
            said[row["case_id"]].append(_message(row))
    for row in connection.execute(_DEEDS, given).mappings():
        if row["at"] < cutoffs[row["case_id"]]:
            done[row["case_id"]].append(_deed(row))
    rows = connection.execute(_CASES, given).mappings().all()
    rates = rates_for(connection, (codec.read_policy(row["body"]) for row in rows))
    for row in rows:
        case = row["case_id"]
        yield CaseState(
            invoice=invoice_of(row),
            policy=codec.read_policy(row["body"]),
            rates=rates,
            debtor=Debtor(id=row["customer"], **{name: row[name] for name in _KNOWN}),
            now=cutoffs[case],
            messages=tuple(said[case]),
            deeds=tuple(done[case]),
        ).case


def _figures(case: Case) -> Folding:
    terms = written_terms(case.invoice)
    return Folding(
        case=case.invoice.case_id,
        due=case.printed_due,
        amount=case.invoice.amount.minor,
        credited=case.credited,
        open=case.open,
        disputed=case.disputed,
        spare=spare(case),
        terms=json.dumps(terms) if terms else None,
    )
