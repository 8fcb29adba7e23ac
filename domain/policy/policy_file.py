"""Reads a policy file to the policy, or to the list of all that is wrong with it."""

# One thing: one way from the text of a policy to the policy, table by table, or to its problems.

from __future__ import annotations

import difflib
import reprlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from domain.errors import DomainError
from domain.interest.toml_lines import line_of, line_of_error, parse_toml
from domain.message_types import ActionType
from domain.money import parse_money
from domain.policy.account_statements import NO_STATEMENTS, StatementRules
from domain.policy.account_statements_schema import StatementsEntry
from domain.policy.agreements_schema import AgreementsEntry
from domain.policy.contact_rules import COURTEOUS, PRESETS, UNLIMITED, ContactRules
from domain.policy.model import (
    DISPUTE_RULES,
    Agreements,
    Anchor,
    Base,
    CatchUp,
    Charges,
    ClassRules,
    CreditRules,
    DisputeRules,
    InterestBy,
    Leftover,
    MoneyRules,
    PerCurrency,
    PlanB,
    Policy,
    Rolling,
    Step,
)
from domain.policy.policy_checks import Complaint, classes_of, complaints, is_message, minutes
from domain.policy.policy_schema import (
    CalendarEntry,
    ChargesEntry,
    ClassesEntry,
    ContactEntry,
    CreditEntry,
    DisputesEntry,
    MoneyEntry,
    PlanBEntry,
    PolicyEntry,
    StepEntry,
)
from domain.policy.work_order import WorkOrder

SHIPPED = ("standard", "any_hour")
"""The policies that come with Amicable."""

_TABLES: Mapping[str, type[BaseModel]] = {
    "step": StepEntry,
    "plan_b": PlanBEntry,
    "calendar": CalendarEntry,
    "agreements": AgreementsEntry,
    "classes": ClassesEntry,
    "contact": ContactEntry,
    "charges": ChargesEntry,
    "money": MoneyEntry,
    "credit": CreditEntry,
    "disputes": DisputesEntry,
    "account_statements": StatementsEntry,
}


class PolicyError(DomainError):
    """A policy that cannot be followed.

    Attributes:
        problems: one line each, as ``file:line: key: reason; way out``.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems), field="policy")
        self.problems = tuple(problems)


def parse_policy(text: str, *, file: str = "policy") -> Policy:
    """Read a policy from its TOML text; ``file`` is what complaints call it.

    Raises:
        PolicyError: naming every problem with its line.
    """
    text = text.removeprefix("\ufeff")
    try:
        content = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        line = line_of_error(text, str(error))
        problem = f"{file}:{line}: this is not TOML: {error}; quote texts, close brackets"
        raise PolicyError([problem]) from None
    try:
        entry = PolicyEntry.model_validate(content)
    except ValidationError as error:
        found = [_in_words(detail) for detail in error.errors()]
        raise PolicyError(_named(found, content, text, file)) from None
    if found := list(complaints(entry)):
        raise PolicyError(_named(found, content, text, file))
    return _policy(entry)


@lru_cache(maxsize=len(SHIPPED))
def shipped_policies(name: str) -> Policy:
    """Load a policy that comes with Amicable.

    Raises:
        DomainError: if there is none of that name.
    """
    return parse_policy(shipped_policy_text(name), file=f"{name}.toml")


def shipped_policy_text(name: str) -> str:
    """Read the file of a shipped policy, to look at or to start one's own from.

    Raises:
        DomainError: if there is none of that name.
    """
    if name not in SHIPPED:
        raise DomainError(f"no policy {name!r} is shipped; there are {', '.join(SHIPPED)}")
    return files("domain.policy").joinpath("policies", f"{name}.toml").read_text(encoding="utf-8")


def standard_policy() -> Policy:
    """Load the shipped default: polite at first, firm at the end, then an agency."""
    return shipped_policies("standard")


def _named(
    found: Sequence[Complaint], content: Mapping[str, Any], text: str, file: str
) -> list[str]:
    lines = [(line_of(text, path), _key(path, content), reason) for path, reason in found]
    return [f"{file}:{line}: {key}: {reason}" for line, key, reason in sorted(lines)]


def _key(path: Sequence[str | int], content: Mapping[str, Any]) -> str:
    """``step.polite.on`` says more than ``step.3.on``, where the step has a name."""
    words = [str(part + 1) if isinstance(part, int) else part for part in path]
    match path:
        case ("step", int(index), *_):
            step = content["step"][index]
            name = step.get("id") if isinstance(step, dict) else None
            words[1] = name if isinstance(name, str) and name else words[1]
    return ".".join(words)


def _in_words(detail: ErrorDetails) -> Complaint:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    depth, fields = _table(path)
    if detail["type"] == "extra_forbidden":
        return path, _unknown(str(path[-1]), fields)
    way_out = fields[str(path[depth])] if len(path) > depth else "write a table"
    if detail["type"] == "missing":
        return path, f"is missing; {way_out}"
    return path, f"{reprlib.repr(detail['input'])} does not fit; {way_out}"


def _table(path: Sequence[str | int]) -> tuple[int, dict[str, str]]:
    """How deep in a path its table lies, and the table's keys with their ways out."""
    depth = 2 if path[0] == "step" else 1
    if len(path) <= depth or path[0] not in _TABLES:
        return 0, _ways_out(PolicyEntry)
    return depth, _ways_out(_TABLES[str(path[0])])


def _ways_out(model: type[BaseModel]) -> dict[str, str]:
    fields = model.model_fields.items()
    return {field.alias or name: field.description or "" for name, field in fields}


def _unknown(key: str, known: Mapping[str, str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"the keys here are {', '.join(known)}"
    return f"is no key of this table; {hint}"


_AS_THEY_ARE = {
    *("minimum_gap_days", "new_deadline_days", "review_days", "agency_review_days", "thank_you"),
    "agency_silence_days",
}
"""Keys whose values a policy takes over unchanged."""


def _policy(entry: PolicyEntry) -> Policy:
    opens, closes = map(minutes, entry.calendar.window.split("-"))
    return Policy(
        name=entry.name,
        steps=tuple(_steps(entry)),
        plan_b=_plan_b(entry.plan_b),
        agreements=_agreements(entry),
        classes=ClassRules(**entry.classes.model_dump()),
        contact=_contact_rules(entry),
        charges=_charges(entry),
        money=_money_rules(entry),
        credit=_credit_rules(entry),
        disputes=_dispute_rules(entry),
        catch_up=CatchUp(entry.catch_up),
        tolerance=_sums(entry.tolerance),
        opens=opens,
        closes=closes,
        working_days_only=entry.calendar.working_days_only,
        due_rolls=Rolling(entry.calendar.due_rolls),
        bank_day=entry.calendar.bank_day,
        answers=tuple(sorted(set(entry.answers))),
        account_statements=_statement_rules(entry.account_statements),
        work_order=WorkOrder(**entry.today.model_dump()),
        **entry.model_dump(include=_AS_THEY_ARE),
    )


def _steps(entry: PolicyEntry) -> Iterator[Step]:
    for order, step in enumerate(entry.step):
        yield Step(
            id=step.id,
            on=_anchor(step),
            do=ActionType(step.do),
            channels=tuple(step.channels) if is_message(step) else (),
            tone=step.tone,
            deadline_days=step.deadline_days,
            classes=classes_of(step),
            order=order,
            fee=_sums(step.amount),
            fee_percent=Decimal(step.percent or 0),
        )


def _plan_b(entry: PlanBEntry | None) -> PlanB:
    if entry is None:
        return PlanB()
    return PlanB(on=_anchor(entry), do=ActionType(entry.do), agency=entry.agency)


def _anchor(entry: StepEntry | PlanBEntry) -> Anchor:
    base = entry.on.rstrip("+-0123456789")
    days = entry.on.removeprefix(base)
    return Anchor(Base(base), int(days or 0), entry.end_of_month)


def _sums(amounts: Mapping[str, str]) -> PerCurrency:
    """Amounts per currency in minor units, in the order of the codes."""
    return tuple((code, parse_money(text, code).minor) for code, text in sorted(amounts.items()))


def _contact_rules(entry: PolicyEntry) -> ContactRules:
    """The contact rules: a preset with what the table changes of it.

    A policy without the table is courteous; one that also says ``minimum_gap_days = 0`` asks for
    no limits at all.
    """
    given = entry.contact
    if given is None:
        return COURTEOUS if entry.minimum_gap_days else UNLIMITED
    changed = given.model_dump(exclude={"preset"}, exclude_none=True)
    return replace(PRESETS[given.preset], **changed)


def _agreements(entry: PolicyEntry) -> Agreements:
    """The limits of agreements."""
    return Agreements(**entry.agreements.model_dump())


def _charges(entry: PolicyEntry) -> Charges:
    """What being late costs."""
    given = entry.charges
    return Charges(
        interest=InterestBy(given.interest),
        jurisdiction=given.jurisdiction,
        confirmed_by=given.confirmed_by,
        consumers=given.debtors == "consumers",
        contract_percent=Decimal(given.contract_percent) if given.contract_percent else None,
        compensation=given.compensation,
        rounding=given.rounding,
        compounding=given.compounding,
        past_table=given.past_table,
        order=tuple(given.order),
        asked_from=given.asked_from,
        leftover=Leftover(given.leftover),
        waive_below=_sums(given.waive_below),
    )


def _money_rules(entry: PolicyEntry) -> MoneyRules:
    """What is done with money that fits nothing exactly."""
    given = entry.money
    return MoneyRules(
        unallocated=given.unallocated,
        allocate=given.allocate,
        write_off_below=_sums(given.write_off_below),
        flight_days=given.flight_days,
        reversal_grace_days=given.reversal_grace_days,
        statement_days=given.statement_days,
    )


def _credit_rules(entry: PolicyEntry) -> CreditRules:
    """What a hold on credit means."""
    given = entry.credit
    return CreditRules(
        cash_only_from_broken=given.cash_only_from_broken, exempt=tuple(given.exempt)
    )


def _dispute_rules(entry: PolicyEntry) -> DisputeRules:
    """How disputes are treated; deadlines are watched where the policy has the table."""
    given = entry.disputes
    if given is None:
        return DISPUTE_RULES
    rules = DisputeRules(
        deadline_days=given.deadline_days,
        quick_fix_days=given.quick_fix_days,
        owner=given.owner,
        watched=True,
        acknowledge=given.acknowledge,
    )
    return rules if given.minor is None else replace(rules, minor=tuple(given.minor))


def _statement_rules(given: StatementsEntry | None) -> StatementRules:
    """When a statement of account goes out unasked; never without the table."""
    return StatementRules(**given.model_dump()) if given else NO_STATEMENTS
