"""Checks a well-formed policy for what cannot work: doubled names, dates that never come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from domain.errors import DomainError
from domain.interest.rate_tables import JURISDICTIONS
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType
from domain.money import parse_money
from domain.policy.asked_from import FROM_DUE
from domain.policy.model import CLASSES
from domain.policy.policy_schema import ChargesEntry, PolicyEntry, StepEntry

RESERVED = (
    "plan-b",
    "agreed-plan-b",
    "review",
    "promise-broken",
    "cash-only",
    "unreached",
    "inform",
    "recall",
    "close",
    "reopen",
    "release_credit",
    "agreement",
    "instalment",
    "dispute",
    "human-only",
    "costs",
    "thanks",
    "correction",
    "hardship",
    "part-payment",
    "recalled",
    "agency-asks",
    "agency-silent",
    "statement",
)
"""Names that the rules give to their own deeds, alone or followed by ``-`` and a number."""


def complaints(entry: PolicyEntry) -> Iterator[Complaint]:
    """List everything in a policy that cannot work, in the order of the file."""
    yield from _amounts(("tolerance",), entry.tolerance)
    yield from _amounts(("charges", "waive_below"), entry.charges.waive_below)
    yield from _amounts(("money", "write_off_below"), entry.money.write_off_below)
    yield from charge_complaints(entry.charges)
    yield from _first_to_ask(entry)
    yield from _window(entry)
    for index, step in enumerate(entry.step):
        yield from _name(entry.step, index)
        yield from _message_keys(step, index)
        yield from _fee_keys(step, index)
        yield from _anchor(entry.step, index)
    yield from _plan_b(entry)


def classes_of(step: StepEntry) -> tuple[str, ...]:
    """List the customer classes that a step is meant for, in their fixed order."""
    return tuple(name for name in CLASSES if {name, "everyone"} & set(step.meant_for))


def is_message(step: StepEntry) -> bool:
    """Tell whether the debtor reads a step."""
    return ActionType(step.do) in MESSAGES_TO_DEBTOR


def minutes(clock: str) -> int:
    """Count the minutes after midnight of a time such as ``09:30``."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def _amounts(key: tuple[str | int, ...], amounts: Mapping[str, str]) -> Iterator[Complaint]:
    for currency, amount in amounts.items():
        try:
            parse_money(amount, currency)
        except DomainError as reason:
            yield (*key, currency), str(reason)


def _window(entry: PolicyEntry) -> Iterator[Complaint]:
    opens, closes = entry.calendar.window.split("-")
    if minutes(opens) >= minutes(closes):
        reason = f"the window would close at {closes}, before it opens at {opens}"
        yield ("calendar", "window"), f"{reason}; write the earlier time first"


def _name(steps: Sequence[StepEntry], index: int) -> Iterator[Complaint]:
    name = steps[index].id
    if name in {step.id for step in steps[:index]}:
        yield ("step", index, "id"), f"{name!r} is taken by an earlier step; give it its own name"
    for word in RESERVED:
        if name == word or name.startswith(f"{word}-"):
            reason = f"{name!r} is a name that Amicable gives to its own deeds"
            yield ("step", index, "id"), f"{reason}; choose another one"


def _message_keys(step: StepEntry, index: int) -> Iterator[Complaint]:
    if is_message(step):
        return
    for key in ("channels", "tone", "deadline_days"):
        if key in step.model_fields_set:
            reason = f"{step.do} sends the debtor nothing, so it has no {key}"
            yield ("step", index, key), f"{reason}; leave the key out"


def _fee_keys(step: StepEntry, index: int) -> Iterator[Complaint]:
    yield from _amounts(("step", index, "amount"), step.amount)
    given = step.amount or step.percent
    if step.do == "fee" and not given:
        yield ("step", index, "do"), 'a fee needs amount = { EUR = "5.00" } or percent = "1.5"'
    elif step.do != "fee" and given:
        key = "amount" if step.amount else "percent"
        yield ("step", index, key), f"{step.do} costs the debtor nothing; leave the key out"


def _anchor(steps: Sequence[StepEntry], index: int) -> Iterator[Complaint]:
    step = steps[index]
    for name in classes_of(step):
        earlier = [other for other in steps[:index] if name in classes_of(other)]
        if step.on.startswith("previous") and not earlier:
            reason = f"no step comes before it for the class {name}"
            yield ("step", index, "on"), f"{reason}; count the first one from issued or due"
            return
        if step.on.startswith("deadline") and not _sets_deadline(earlier):
            yield ("step", index, "on"), _no_deadline("message before it", name)
            return


def _plan_b(entry: PolicyEntry) -> Iterator[Complaint]:
    if entry.plan_b is None or not entry.plan_b.on.startswith("deadline"):
        return
    for name in CLASSES:
        steps = [step for step in entry.step if name in classes_of(step)]
        if steps and not _sets_deadline(steps):
            yield ("plan_b", "on"), _no_deadline("message", name)
            return


def _sets_deadline(steps: Sequence[StepEntry]) -> bool:
    return any(is_message(step) and step.deadline_days for step in steps)


def _no_deadline(message: str, name: str) -> str:
    reason = f"no {message} sets a deadline for the class {name}"
    return f"{reason}; give one deadline_days, or count from due"


Complaint = tuple[tuple[str | int, ...], str]
"""Where something is wrong (the path of the key) and what, with the way out."""


def charge_complaints(entry: ChargesEntry) -> Iterator[Complaint]:
    """List everything in the table [charges] that cannot work."""
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


def _first_to_ask(entry: PolicyEntry) -> Iterator[Complaint]:
    """The step from which costs are asked for must be one of the ladder's."""
    chosen = entry.charges.asked_from
    if chosen in ("", FROM_DUE):
        return
    if chosen not in {step.id for step in entry.step}:
        known = ", ".join(step.id for step in entry.step)
        reason = f"{chosen!r} is no step; write {FROM_DUE}, or one of {known}"
        yield ("charges", "asked_from"), reason


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
