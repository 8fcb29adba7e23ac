"""What makes the charges of a policy impossible: a law nobody has, a contract without a rate."""

from __future__ import annotations

from collections.abc import Iterator

from domain.policy_schema_terms import ChargesEntry
from domain.rate_tables import JURISDICTIONS

Complaint = tuple[tuple[str | int, ...], str]
"""Where something is wrong (the path of the key) and what, with the way out."""


def charge_complaints(entry: ChargesEntry) -> Iterator[Complaint]:
    """Everything in the table [charges] that could not work."""
    yield from _law(entry)
    yield from _contract(entry)
    if sorted(entry.order) != ["costs", "interest", "principal"]:
        yield ("charges", "order"), "names principal, interest and costs, each once"
    wanted = entry.compensation or entry.interest != "none"
    if wanted and not entry.confirmed_by.strip():
        reason = "nothing is charged until the creditor has confirmed the law or the contract"
        yield (
            ("charges", "confirmed_by"),
            f'{reason}; write who did, and when: "J. Doe, 2026-11-01"',
        )


def _law(entry: ChargesEntry) -> Iterator[Complaint]:
    needed = entry.interest == "law" or entry.compensation
    if (needed or entry.jurisdiction) and entry.jurisdiction not in JURISDICTIONS:
        known = ", ".join(JURISDICTIONS)
        yield ("charges", "jurisdiction"), f"{entry.jurisdiction!r} is none of {known}; write one"


def _contract(entry: ChargesEntry) -> Iterator[Complaint]:
    by_contract = entry.interest == "contract"
    if by_contract and entry.contract_percent is None:
        yield ("charges", "contract_percent"), 'is missing; write percent a year, such as "9.5"'
    if entry.contract_percent is not None and not by_contract:
        reason = "is not used unless interest rests on the contract"
        yield ("charges", "contract_percent"), f'{reason}; write interest = "contract"'
    if entry.compounding and not by_contract:
        reason = "the law gives simple interest"
        yield ("charges", "compounding"), f'{reason}; write interest = "contract" or leave it out'
