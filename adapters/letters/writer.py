"""Puts a step into words: picks the template, gives it the figures, and checks the result."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from activities.letter_data import Letter, LetterData
from adapters.letters.agreed import agreed_values, template_of
from adapters.letters.several import several
from adapters.letters.words import clip, date_words, lateness, lines, money_words, one_line
from domain.discounts import can_be_earned
from domain.flights import on_its_way
from domain.money import Money, zero

LONGEST_SMS = 320
"""Two parts of an SMS; more looks like spam and costs like one."""

GAPS = re.compile(r"\n{3,}")

TONES = ("warm", "friendly", "clear", "firm", "final")

BEFORE_DUE = "gentle"
"""What everything that is written before or on the due date sounds like."""

AFTER_DUE = ("polite", "second", "formal", "promise_broken", *TONES[1:])


class PlainLetters:
    """Complete English letters and short SMS, as plain text.

    A step is worded by its own template if its name begins with one's (``second-mail``), else by
    what it does and by its tone.
    """

    def __init__(self) -> None:
        self._templates = ImmutableSandboxedEnvironment(
            loader=PackageLoader("adapters.letters"),
            undefined=StrictUndefined,
            finalize=one_line,
            autoescape=False,  # text only; an HTML part would have to escape
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"money": money_words, "date": date_words, "clip": clip}
        self._templates.globals |= {"lines": lines, "lateness": lateness}

    def write(self, data: LetterData) -> Letter:
        """Render one message.

        Raises:
            ValueError: if the tone is unknown.
            jinja2.UndefinedError: if a template wants a value that is not there.
        """
        name = template_for(data)
        if data.channel == "sms":
            return Letter(subject="", text=self._sms(name, data))
        text = self._render("several.txt" if data.lines else f"{name}.txt", data, letter=name)
        subject, _, body = text.partition("\n")
        return Letter(subject=subject.removeprefix("Subject:").strip(), text=body.lstrip("\n"))

    def _sms(self, name: str, data: LetterData) -> str:
        """The longest of three lengths that fits; the amount and the reference are never cut."""
        text = ""
        for detail in (2, 1, 0):
            rendered = self._render("sms.txt", data, letter=name, detail=detail)
            text = " ".join(rendered.split())
            if len(text) <= LONGEST_SMS:
                break
        return text[:LONGEST_SMS]

    def _render(self, template: str, data: LetterData, **more: Any) -> str:
        values = _values(data) | several(data) | more
        text = self._templates.get_template(template).render(values)
        return GAPS.sub("\n\n", text.strip()) + "\n"


def _money_to_come(data: LetterData) -> dict[str, Any]:
    """What can still be earned by paying early (P07), and what is on its way already."""
    case, today = data.case, date.fromisoformat(data.today)
    currency, offer = case.invoice.amount.currency, can_be_earned(case, today)
    noon = datetime.combine(today, time(12), UTC)
    return {
        "discount": Money(offer.minor, currency) if offer else None,
        "discount_until": offer.until if offer else "",
        "discounted": Money(case.open - offer.minor, currency) if offer else None,
        "coming": Money(on_its_way(case, noon), currency),
    }


def template_for(data: LetterData) -> str:
    """The template that words a message."""
    if data.tone not in TONES:
        raise ValueError(f"tone {data.tone!r} is unknown; write one of {', '.join(TONES)}")
    own = "confirm" if data.do == "confirm" else template_of(data)
    if own:
        return own
    if data.days_late < 1:
        return BEFORE_DUE
    by_name = "costs_left" if _only_costs(data) else _named(data.step)
    if by_name:
        return by_name
    if data.do == "demand_letter" and data.tone != "final":
        return "formal"
    return "friendly" if data.tone == "warm" else data.tone  # warm is for before the due date


def _only_costs(data: LetterData) -> bool:
    """Whether a reminder is about interest and fees alone: whoever has paid is thanked first."""
    owes_costs = bool(data.statement and data.statement.costs.minor)
    return data.do == "remind" and owes_costs and data.case.open <= 0 and not data.lines


def _named(step: str) -> str:
    plain = step.replace("-", "_")
    matches = (name for name in AFTER_DUE if plain == name or plain.startswith(f"{name}_"))
    return next(matches, "")


def _costs(data: LetterData) -> dict[str, Any]:
    """What is asked for beside the principal, what was paid of it and what was let go."""
    stated, currency = data.statement, data.case.invoice.amount.currency
    return {
        "costs": stated.lines if stated else (),
        "costs_paid": stated.costs_paid if stated else zero(currency),
        "costs_waived": stated.waived if stated else zero(currency),
    }


def _values(data: LetterData) -> dict[str, Any]:
    case, currency = data.case, data.case.invoice.amount.currency
    principal, statement = Money(case.undisputed, currency), data.statement
    return {
        "creditor": data.creditor,
        "debtor": data.debtor,
        "invoice": case.invoice,
        "paid": Money(case.paid, currency),
        "credited": Money(case.credited, currency),
        "written_off": Money(case.written_off, currency),
        "disputed": Money(case.disputed, currency),
        "principal": statement.principal if statement else principal,
        "owed": statement.total if statement else principal,
        **_costs(data),
        **_money_to_come(data),
        "today": data.today,
        "deadline": data.deadline,
        "days_late": data.days_late,
        "late": data.days_late > 0,
        "last_contact": data.last_contact,
        "first_contact": data.first_contact,
        **agreed_values(data),
        "us": data.creditor.name or data.creditor.id,
        "you": data.debtor.name or "customer",
    }
