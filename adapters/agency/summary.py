"""Writes the case's file on one page for a person at the agency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_TITLES = {
    "case.handed_off": "A case for you",
    "case.letter_wanted": "Please write a formal demand to our customer, from your address",
    "case.updated": "News of a case",
    "case.recalled": "Please stop: this case is recalled",
}

_SUMS = {
    "invoice": "Invoice",
    "paid": "Paid",
    "credited": "Credited",
    "written_off": "Written off",
    "disputed": "Disputed",
    "open": "Open",
    "to_pay": "To pay on this day, with costs",
}


def summary_of(filed: Mapping[str, Any]) -> str:
    """Write a page of plain text from the file's JSON."""
    return "\n".join(_lines(filed)) + "\n"


def _lines(filed: Mapping[str, Any]) -> Iterator[str]:
    data = filed["data"]
    invoice, amounts = data["invoice"], data["amounts"]
    yield f"{_TITLES.get(filed['type'], filed['type'])} ({filed['timestamp']})"
    yield f"Why: {data['why']}"
    yield ""
    yield f"Invoice {invoice['number']} of {invoice['issued']}, due {invoice['due']}"
    for name, label in _SUMS.items():
        yield f"  {label}: {amounts['currency']} {amounts[name]}"
    if data["costs"]["deferred"]:
        yield "  Interest on what is disputed is not asked for before the dispute is settled"
    yield from _section("What is owed beside the invoice", map(_cost, data["costs"]["lines"]))
    yield from _party("Creditor", data["creditor"])
    yield from _party("Debtor (treat as our customer)", data["debtor"])
    agreed = (
        *map(_promise, data["promises"]),
        *(line for plan in data["plans"] for line in _plan(plan)),
        *map(_offer, data["offers"]),
    )
    yield from _section("What was agreed", iter(agreed))
    yield from _section("What is disputed", map(_dispute, data["disputes"]))
    yield from _section("Evidence on file", map(_file, data["evidence"]))
    yield from _section("What was written", map(_word, data["messages"]))
    yield from _section("What the customer was written", map(_letter, data["letters"]))
    yield from _section("What the customer wrote", map(_reply, data["replies"]))
    yield from _section("What was tried", map(_deed, data["deeds"]))


def _party(title: str, party: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield f"{title}: {_flat(party['name'] or party['id'])}"
    for name in ("address", "contact", "email", "phone", "country", "language"):
        if party.get(name):
            yield f"  {name.capitalize()}: {_flat(party[name])}"
    for one in party.get("contacts", ()):
        who = " ".join(filter(None, (_flat(one["person"]), _flat(one["role"]))))
        yield f"  {_flat(one['kind']).capitalize()}: {_flat(one['point'])} {who}".rstrip()


def _cost(line: Mapping[str, Any]) -> str:
    return f"{_flat(line['name'])} {line['amount']}: {_flat(line['ground'])}"


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield ""
    yield f"{title}:"
    yield from (f"  {line}" for line in list(lines) or ["nothing"])


def _promise(promise: Mapping[str, Any]) -> str:
    amount = promise["amount"] or "all"
    return f"to pay {amount} by {promise['pay_by']}: {promise['state']}"


def _plan(plan: Mapping[str, Any]) -> Iterator[str]:
    parts, since = plan["instalments"], plan["accepted_at"]
    how = f"accepted {since}" if since else f"proposed {plan['made_at']}, not accepted"
    yield f"plan of {len(parts)} instalments, {how}: {plan['state']}"
    for part in parts:
        yield f"  {part['amount']} by {part['pay_by']}: {part['state'].replace('_', ' ')}"


def _offer(offer: Mapping[str, Any]) -> str:
    what = f"{offer['amount']} settles it" if offer["amount"] else "costs and interest are let go"
    return f"offer: {what}, if paid by {offer['pay_by']}: {offer['state']}"


def _dispute(dispute: Mapping[str, Any]) -> str:
    amount = dispute["amount"] or "all"
    reason = _flat(dispute["reason"] or "no reason given")
    return f"{amount} since {dispute['opened_at']}: {reason}"


def _word(word: Mapping[str, Any]) -> str:
    text = f": {_flat(word['text'])}" if word["text"] else ""
    return f"{word['at']} {word['from']}, {_flat(word['state'])}{text}"


def _letter(one: Mapping[str, Any]) -> str:
    words = ": ".join(filter(None, (_flat(one["subject"] or ""), _flat(one["text"] or ""))))
    return f"{one['at']} by {one['channel']} to {_flat(one['to'])}: {words or 'words not known'}"


def _reply(one: Mapping[str, Any]) -> str:
    told = ": ".join(filter(None, (_flat(one["subject"] or ""), _flat(one["text"]))))
    return f"{one['at']} by {one['channel']}, {_flat(one['from'])}: {told}"


def _file(file: Mapping[str, Any]) -> str:
    return f"{_flat(file['name'])} ({file['media_type']}, {file['size']} bytes): {file['sha256']}"


def _deed(deed: Mapping[str, Any]) -> str:
    by = f" by {deed['channel']}" if deed["channel"] else ""
    until = f", deadline {deed['deadline']}" if deed["deadline"] else ""
    return f"{deed['at']} {deed['step'] or deed['do']}: {deed['do']}{by}, {deed['result']}{until}"


def _flat(text: str) -> str:
    """Several lines as one: nobody's name may forge a line of this page."""
    return ", ".join(part.strip() for part in str(text).splitlines() if part.strip())
