"""Who said how a customer is reached: what a person put right stands until a person changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.parties.people import Debtor


class ContactSource(StrEnum):
    """Who says something about a customer, the one who is believed least first."""

    IMPORT = "import"
    BILLING = "billing"
    PERSON = "person"


_RANK = {source.value: rank for rank, source in enumerate(ContactSource, start=1)}
_FOUND_OUT = ("id", "opted_out", "bad_points", "others")
SAID_FIELDS = tuple(one.name for one in fields(Debtor) if one.name not in _FOUND_OUT)
"""What can be said about a customer."""

_TOGETHER = (("country", "subdivision", "zone"), ("street", "postcode", "town"))
"""Only together these make sense: all of them are taken, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Who says something about customers, and when.

    Attributes:
        by: the person's or program's own name.
        meant: fields that are said although they look like nothing, such as the zone UTC.
    """

    source: ContactSource
    at: datetime
    by: str = ""
    meant: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Something that was said about a customer and not taken, because somebody else knows better.

    Attributes:
        field: what it is about, such as ``email``.
        kept: what holds.
        kept_by: who said what holds.
        given: what was said now.
    """

    field: str
    kept: str
    kept_by: str
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """What is known about a customer after somebody said something.

    Attributes:
        sources: by field, who said what holds.
        taken: the fields that were said and hold.
    """

    debtor: Debtor
    sources: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    contradictions: tuple[Contradiction, ...] = ()


def believe(
    told: Debtor,
    known: Debtor | None,
    sources: Mapping[str, str],
    source: ContactSource,
    meant: frozenset[str] = frozenset(),
) -> Believed:
    """Put what somebody says about a customer over what is known.

    What is not said stays; ``meant`` names what is said although it looks like nothing. The newest
    word counts, but never over that of somebody who is believed more: a person before the billing
    system, the billing system before an imported file.
    """
    before, blank = known or Debtor(id=told.id), Debtor(id=told.id)
    every = {name: _of(told, name) for name in SAID_FIELDS}
    said = {n: value for n, value in every.items() if value != _of(blank, n) or n in meant}
    other = (name for name in said if _of(before, name) not in (said[name], _of(blank, name)))
    lost = {name for name in other if _RANK.get(sources.get(name, ""), 0) > _RANK[source]}
    for group in _TOGETHER:
        if lost & {*group}:
            lost |= {name for name in group if name in said and said[name] != _of(before, name)}
    taken: dict[str, Any] = {name: value for name, value in said.items() if name not in lost}
    mine = {name: _higher(sources.get(name, ""), source, before, told, name) for name in taken}
    return Believed(
        debtor=replace(before, **taken),
        sources={**sources, **mine},
        taken=frozenset(taken),
        contradictions=tuple(
            Contradiction(
                field=name, kept=_of(before, name), kept_by=sources.get(name, ""), given=said[name]
            )
            for name in SAID_FIELDS
            if name in lost
        ),
    )


def _higher(held_by: str, source: str, before: Debtor, told: Debtor, name: str) -> str:
    """Who answers for a field: whoever said the same before and is believed more."""
    same = _of(before, name) == _of(told, name)
    return held_by if same and _RANK.get(held_by, 0) > _RANK[source] else source


def _of(debtor: Debtor, name: str) -> str:
    value: str = getattr(debtor, name)
    return value
