"""Matches money that came in with the invoices it is meant for: certain, proposed, or neither."""

# One thing: the tiers of one decision, which are only sure together.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.bank.numbers_in_text import (
    candidates_in,
    is_telling,
    number_key,
    plain_candidates_in,
    short_number,
)
from domain.bank.open_items import MOST_SETS, OpenItem, OpenItems, covering_sets, settles
from domain.bank.recognising import is_reference
from domain.bank.statement import BankEntry
from domain.ids import CaseId
from domain.money import Money

MOST_PROPOSALS = 3
_SHOWN = 5
_STRONG = 6
"""Digits from which a number without letters is no year, postcode or day."""

_STRONG_WITH_SIGNS = 5
"""The same where signs between the digits are written as they are printed."""

_LEAST_REFERENCE = 12
"""In free text shorter references of digits alone could be anything."""


_ByCustomer = dict[str, tuple[OpenItem, ...]]


class MatchReason(StrEnum):
    """Why money is meant for some invoices; pinned, for ledgers and programs hold these words."""

    REFERENCE = "reference"
    NUMBERS = "numbers"
    ADVICE = "advice"
    KNOWN_ACCOUNT = "known_account"
    KNOWN_NAME = "known_name"
    OTHER_SUM = "other_sum"
    OTHER_PAYER = "other_payer"
    AMBIGUOUS = "ambiguous"
    MISTYPED = "mistyped"
    PERSON = "person"
    RETURN = "return"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchProposal:
    """Invoices of one customer that money may be meant for.

    Attributes:
        cases: their ids, in the order in which they are paid; none if only the payer is known.
        reason: why, as a code.
        why: the same in words; it names invoices, and nothing that the payer wrote.
    """

    customer: str
    cases: tuple[str, ...]
    reason: MatchReason
    why: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """The invoices' numbers."""
        return tuple(CaseId.parse(case).number for case in self.cases)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankMatch:
    """What is known of where money belongs.

    Attributes:
        certain: where it goes by itself; None if a person must say.
        proposals: what a person is asked about, the likeliest first.
    """

    certain: MatchProposal | None = None
    proposals: tuple[MatchProposal, ...] = ()


def match_entry(entry: BankEntry, items: OpenItems, *, by_itself: bool = True) -> BankMatch:
    """Find which invoices money is meant for, by five signs of falling certainty.

    A printed reference with check digits; invoice numbers whose sum agrees; a remittance advice of
    that sum; a known payer with exactly one set of items of that sum; what else comes near. Only
    the first three are certain.
    ``by_itself`` is off where a person has undone what was certain before.
    """
    finder = _Finder(entry, items)
    for tier in (finder.by_references, finder.by_numbers, finder.by_advice):
        found = tier()
        if found and by_itself:
            return BankMatch(certain=found)
        finder.doubt(found)
    finder.by_payer()
    finder.by_mistyped()
    return BankMatch(proposals=finder.proposals())


class _Finder:
    """The search for one entry."""

    def __init__(self, entry: BankEntry, items: OpenItems) -> None:
        self._entry = entry
        self._items = items
        self._own = (entry.end_to_end,) if is_reference(entry.end_to_end) else ()
        self._written = candidates_in(entry.lines) | candidates_in((*entry.lines, *self._own))
        self._by_account = items.payers_of(entry.payer_account)
        self._by_name = items.named(entry.payer_name) if entry.payer_name else frozenset()
        self._proposed: list[MatchProposal] = []

    def doubt(self, found: MatchProposal | None) -> None:
        """Propose what would have been certain."""
        if found:
            self._proposed.append(found)

    def proposals(self) -> tuple[MatchProposal, ...]:
        """The best proposals, each set of invoices once."""
        once: dict[tuple[str, tuple[str, ...]], MatchProposal] = {}
        for one in self._proposed:
            once.setdefault((one.customer, one.cases), one)
        named = {one.customer for one in once.values() if one.cases}
        kept = [one for one in once.values() if one.cases or one.customer not in named]
        return tuple(kept[:MOST_PROPOSALS])

    def by_references(self) -> MatchProposal | None:
        """A printed reference is certain alone, whoever pays; several if their sum agrees."""
        found = {item.case: item for item in self._referred()}
        items = tuple(found.values())
        if not items or not _one_customer(items):
            self._propose_each(items, MatchReason.AMBIGUOUS, "references of several customers")
            return None
        owed = tuple(item for item in items if item.open.minor > 0)
        if owed != items:
            what = f"the reference of {_listed(items)}, which nothing is owed for any more"
            self._add(items[0].customer, (), MatchReason.REFERENCE, what)
            return None
        if len(items) == 1 or settles(items, self._entry.amount, self._day):
            return _proposal(items, MatchReason.REFERENCE, f"the reference of {_listed(items)}")
        self._propose_each(items, MatchReason.OTHER_SUM, "references whose sum is another")
        return None

    def _referred(self) -> Iterable[OpenItem]:
        structured = (*self._entry.references, self._entry.end_to_end)
        loose = (w for w in self._written if w.startswith("RF") or len(w) >= _LEAST_REFERENCE)
        for reference in (*structured, *sorted(loose)):
            item = self._items.referred(reference) if reference else None
            if item and item.open.currency == self._entry.amount.currency:
                yield item

    def by_numbers(self) -> MatchProposal | None:
        """Whole numbers are certain if their sum agrees and the payer is nobody else."""
        named = self._numbered()
        found = self._with_their_sum(named)
        if len(found) != 1:
            for customer, items in (found or named).items():
                self._propose_numbers(customer, items, is_sum=bool(found))
            return None
        ((customer, chosen),) = found.items()
        told = f"the number{'s' * (len(chosen) > 1)} of {_listed(chosen)}, and the sum agrees"
        if self._is_certain(customer, chosen, named):
            return _proposal(chosen, MatchReason.NUMBERS, told)
        told = f"{told}, but the payer may be somebody else"
        self._proposed.append(_proposal(chosen, MatchReason.OTHER_PAYER, told))
        return None

    def _with_their_sum(self, named: _ByCustomer) -> _ByCustomer:
        """The named items whose sum agrees, by customer; the payer's own where that is sure."""
        found = {customer: self._agreeing(customer, items) for customer, items in named.items()}
        found = {customer: chosen for customer, chosen in found.items() if chosen}
        own = {customer: found[customer] for customer in found if self._is_payer(customer)}
        return own if len(own) == 1 else found

    def _numbered(self) -> _ByCustomer:
        """The items whose numbers are written, by customer."""
        found: dict[str, dict[str, OpenItem]] = defaultdict(dict)
        for written in sorted(self._written):
            for item in self._items.numbered(written):
                tells = is_telling(written) or self._is_payer(item.customer)
                if tells and item.open.currency == self._entry.amount.currency:
                    found[item.customer][item.case] = item
        return {customer: tuple(items.values()) for customer, items in sorted(found.items())}

    def _agreeing(self, customer: str, items: tuple[OpenItem, ...]) -> tuple[OpenItem, ...]:
        """Those of the named items whose sum agrees: all, or the only set where the payer is sure.

        A day or an article number may look like one more invoice.
        """
        if settles(items, self._entry.amount, self._day):
            return items
        sets = covering_sets(items, self._entry.amount, self._day)
        return sets[0] if len(sets) == 1 and self._is_payer(customer) else ()

    def _is_certain(self, customer: str, chosen: tuple[OpenItem, ...], named: _ByCustomer) -> bool:
        if self._is_payer(customer) and (self._by_account or len(self._by_name) == 1):
            return True
        if self._is_somebody_else(customer) or len(named) > 1:
            return False
        return all(self._is_strong(item.number) and self._is_plain(item) for item in chosen)

    def _is_strong(self, number: str) -> bool:
        """Whether a number stands in no date and address, or is written with its own signs."""
        plain = number_key(number)
        if len(plain) >= _STRONG or not plain.isdecimal():
            return True
        signs = len(plain) >= _STRONG_WITH_SIGNS and plain != number.strip()
        return signs and number.strip() in " ".join(self._entry.lines)

    def _is_plain(self, item: OpenItem) -> bool:
        """Whether a number is that of an invoice, and no slip for another of the same sum."""
        keys = {number_key(item.number), short_number(item.number), number_key(item.reference)}
        written = (keys & plain_candidates_in((*self._entry.lines, *self._own))) - {""}
        near = (
            other
            for key in written
            for slip in _swapped(key)
            for other in self._items.numbered(slip)
        )
        return bool(written) and all(other.open != item.open for other in near)

    def _is_payer(self, customer: str) -> bool:
        """Whether account or name say that it is this customer."""
        if self._by_account:
            return customer in self._by_account
        return customer in self._by_name

    def _is_somebody_else(self, customer: str) -> bool:
        """Whether account or name are another customer's."""
        known = self._by_account or self._by_name
        return bool(known) and customer not in known

    def by_advice(self) -> MatchProposal | None:
        """An advice of that sum is certain if it is the payer's only one, and settles all of it."""
        fits = self._items.advised(self._entry.amount)
        own = [one for one in fits if self._is_payer(one[0].customer)]
        for _, items in own or fits:
            told = f"a remittance advice of that sum lists {_listed(items)}"
            made = _proposal(items, MatchReason.ADVICE, told)
            if len(own) == 1 and settles(items, self._entry.amount, self._day):
                return made
            self._proposed.append(made)
        return None

    def by_payer(self) -> None:
        """Propose the only set of a known payer's items that the sum settles."""
        signs = (
            (self._by_account, MatchReason.KNOWN_ACCOUNT, "the payer's account is known"),
            (self._by_name, MatchReason.KNOWN_NAME, "the payer's name is the customer's"),
        )
        for customers, reason, told in signs:
            for customer in sorted(customers)[: MOST_PROPOSALS + 1]:
                mine = self._items.of(customer, self._entry.amount.currency)
                sets = covering_sets(mine, self._entry.amount, self._day)
                only = "only " if len(sets) == 1 else ""
                if 0 < len(sets) < MOST_SETS:
                    for found in sets:
                        what = f"{told}, and {only}{_listed(found)} make that sum"
                        self._proposed.append(_proposal(found, reason, what))
                elif mine:
                    self._add(customer, (), reason, f"{told}, but not for what")

    def by_mistyped(self) -> None:
        """Propose an item of exactly that sum whose number has two digits swapped."""
        for written in sorted(self._written):
            for swapped in _swapped(written):
                for item in self._items.numbered(swapped):
                    if self._entry.amount == item.open:
                        what = f"two digits of the number of {_listed((item,))} are swapped"
                        self._proposed.append(_proposal((item,), MatchReason.MISTYPED, what))

    def _propose_numbers(self, customer: str, items: tuple[OpenItem, ...], *, is_sum: bool) -> None:
        reason = MatchReason.AMBIGUOUS if is_sum else MatchReason.OTHER_SUM
        told = "and the sum agrees, as with others" if is_sum else "but the sum is another"
        first = self._is_payer(customer)
        made = _proposal(items, reason, f"the numbers of {_listed(items)}, {told}")
        self._proposed.insert(0 if first else len(self._proposed), made)

    def _propose_each(self, items: Iterable[OpenItem], reason: MatchReason, told: str) -> None:
        by_customer: dict[str, list[OpenItem]] = defaultdict(list)
        for item in items:
            by_customer[item.customer].append(item)
        for mine in by_customer.values():
            self._proposed.append(_proposal(mine, reason, f"{told}: {_listed(mine)}"))

    def _add(self, customer: str, cases: tuple[str, ...], reason: MatchReason, why: str) -> None:
        made = MatchProposal(customer=customer, cases=cases, reason=reason, why=why)
        self._proposed.append(made)

    @property
    def _day(self) -> date:
        return self._entry.valued


def parts_of_match(items: Iterable[OpenItem], money: Money) -> list[tuple[str, int]]:
    """Share money out over matched items in their order, for what is matched after it."""
    left, parts = money.minor, []
    for item in items:
        part = min(left, item.open.minor + item.costs)
        parts.append((item.case, part))
        left -= part
    return parts


def _proposal(items: Sequence[OpenItem], reason: MatchReason, why: str) -> MatchProposal:
    cases = tuple(item.case for item in items)
    return MatchProposal(customer=items[0].customer, cases=cases, reason=reason, why=why)


def _one_customer(items: Iterable[OpenItem]) -> bool:
    return len({item.customer for item in items}) == 1


def _listed(items: Sequence[OpenItem]) -> str:
    shown = ", ".join(item.number for item in items[:_SHOWN])
    return f"{shown} and {len(items) - _SHOWN} more" if len(items) > _SHOWN else shown


def _swapped(written: str) -> Iterable[str]:
    if not is_telling(written):
        return
    for place in range(len(written) - 1):
        one, other = written[place], written[place + 1]
        if one.isdigit() and other.isdigit() and one != other:
            yield f"{written[:place]}{other}{one}{written[place + 2 :]}"
