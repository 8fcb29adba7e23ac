"""Each result of a call in words for whoever called: when it is meant, and what to type."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.calls import RESULTS
from domain.invoice import Invoice

DAY = "--date YYYY-MM-DD"

WHEN: Mapping[str, str] = MappingProxyType(
    {
        "voicemail": "a machine answered",
        "no_answer": "nobody answered",
        "unreachable": "the number could not be reached",
        "busy": "the line was busy",
        "wrong_person": "somebody answered who does not look after invoices",
        "wrong_number": "the number is not the customer's",
        "call_back": "they want to be called again",
        "reached": "you spoke to them, and nothing else on this list fits",
        "promised": "they promised to pay by a day (a part: add --amount)",
        "disputed": "they contest it (a part: add --amount)",
        "paid_claim": "they say that it is paid",
        "hardship": "they cannot pay now",
        "refused": "they will not pay, and give no reason",
        "invoice_not_received": "they never got the invoice",
        "invoice_error": "something on the invoice is wrong",
        "payment_method": "they cannot pay in the ways that we offer",
        "missing_information": "they need a number, an order or a proof first",
        "in_approval": "the invoice is being approved in their house",
        "do_not_call": "they do not want to be called",
    }
)
"""When each result is meant."""

MORE: Mapping[str, str] = MappingProxyType(
    {
        "wrong_person": '--note "name and number of the right person"',
        "call_back": DAY,
        "promised": DAY,
        "disputed": "--about goods",
        "in_approval": DAY,
        "missing_information": '--note "what is missing"',
        "invoice_error": '--note "what is wrong"',
    }
)
"""What to add to the command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A result with the words for it and the command to type."""

    result: str
    when: str
    command: str


def outcomes(invoice: Invoice) -> Iterator[Outcome]:
    """Every way in which a call about an invoice may go."""
    of = f"{shlex.quote(invoice.number)} --creditor {shlex.quote(invoice.creditor)}"
    for result in RESULTS:
        command = f"amicable call record {of} --result {result} {MORE.get(result, '')}"
        yield Outcome(result=result, when=WHEN[result], command=command.rstrip())
