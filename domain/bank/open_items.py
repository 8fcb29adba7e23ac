"""The open items of a creditor, found by reference, number, payer and sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain.bank.numbers_in_text import number_key, short_number
from domain.bank.payer_names import NameIndex
from domain.money import Money

_MOST_ITEMS = 6
"""A payment for more invoices than that names them."""

MOST_SETS = 4
"""More sets than that are no help to anybody."""

_MOST_STEPS = 20_000
"""A search for covering sets that takes longer answers none: then there are many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An invoice that money may be meant for.

    Attributes:
        case: its case's id.
        number: as printed.
        customer: who owes it.
        open: what of the invoice itself is still owed.
        costs: what is owed beside it, minor units.
        discount: what may be kept back by paying early, minor units.
        discount_until: the last day of that.
        reference: the payment reference that is printed on it, as machines read it.
        is_checked: whether that reference has check digits of its own.
    """

    case: str
    number: str
    customer: str
    open: Money
    costs: int = 0
    discount: int = 0
    discount_until: date | None = None
    reference: str = ""
    is_checked: bool = False

    def owed_on(self, day: date) -> tuple[int, ...]:
        """List the sums (minor units) that settle it on a day: whole, with costs, less discount."""
        sums = [self.open.minor]
        if self.costs:
            sums.append(self.open.minor + self.costs)
        if self.discount and self.discount_until and day <= self.discount_until:
            sums.append(self.open.minor - self.discount)
        return tuple(sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPayer:
    """An account or a name by which a customer has paid before.

    Attributes:
        account: the payer's account; empty if it is a name.
        name: the payer's name; empty if it is an account.
    """

    customer: str
    account: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAdvice:
    """A remittance advice that a person confirmed: money of its sum is meant for its invoices.

    Attributes:
        parts: case and minor units of each of its lines.
    """

    id: str
    customer: str
    total: Money
    parts: tuple[tuple[str, int], ...]


class OpenItems:
    """All open items of a creditor, as money of a file is shared out over them."""

    def __init__(
        self,
        items: Iterable[OpenItem],
        names: Iterable[tuple[str, str]] = (),
        payers: Iterable[KnownPayer] = (),
        advices: Iterable[KeptAdvice] = (),
    ) -> None:
        """Take in items, the customers' names, by whom they paid before, and their advices."""
        self._advices = tuple(advices)
        self._items: dict[str, OpenItem] = {}
        self._by_reference: dict[str, str] = {}
        self._by_number: dict[str, list[str]] = defaultdict(list)
        self._by_short: dict[str, list[str]] = defaultdict(list)
        self._of: dict[str, list[str]] = defaultdict(list)
        self._accounts: dict[str, set[str]] = defaultdict(set)
        told = list(names)
        self._names = NameIndex(told)
        self._named = {customer for customer, name in told if name}
        for item in items:
            self._add(item)
        for payer in payers:
            self.learn(payer)

    def _add(self, item: OpenItem) -> None:
        self._items[item.case] = item
        self._of[item.customer].append(item.case)
        self._by_number[number_key(item.number)].append(item.case)
        short = short_number(item.number)
        if short:
            self._by_short[short].append(item.case)
        if item.reference and item.is_checked:
            self._by_reference[reference_key(item.reference)] = item.case
        elif item.reference:
            self._by_number[number_key(item.reference)].append(item.case)

    def learn(self, payer: KnownPayer) -> None:
        """Take in by which account or name a customer pays."""
        if payer.account:
            self._accounts[number_key(payer.account)].add(payer.customer)
        if payer.name:
            self._named.add(payer.customer)
            self._names.add(payer.customer, payer.name)

    def take(self, case: str, minor: int) -> None:
        """Let money settle a part of an item."""
        item = self._items[case]
        costs = max(0, item.costs - max(0, minor - item.open.minor))
        left = Money(max(0, item.open.minor - minor), item.open.currency)
        self._items[case] = replace(item, open=left, costs=costs if left.minor else 0, discount=0)

    def referred(self, reference: str) -> OpenItem | None:
        """Find the item on which a checked reference is printed."""
        case = self._by_reference.get(reference_key(reference))
        return self._items[case] if case else None

    def numbered(self, written: str) -> tuple[OpenItem, ...]:
        """Find the open items of a number, as :func:`number_key` writes it."""
        cases = self._by_number.get(written) or self._by_short.get(written, [])
        return tuple(item for item in map(self._items.__getitem__, cases) if item.open.minor > 0)

    def advised(self, money: Money) -> tuple[tuple[KeptAdvice, tuple[OpenItem, ...]], ...]:
        """Find the advices of a sum, each with its items; one of which an item is paid is over."""
        found = []
        for advice in self._advices:
            mine = [self._items[case] for case, _ in advice.parts if case in self._items]
            owed = tuple(item for item in mine if item.open.minor > 0)
            if advice.total == money and len(owed) == len(advice.parts):
                found.append((advice, owed))
        return tuple(found)

    def payers_of(self, account: str) -> frozenset[str]:
        """List the customers who have paid from an account."""
        return frozenset(self._accounts.get(number_key(account), ())) if account else frozenset()

    def named(self, payer: str) -> frozenset[str]:
        """List the customers whom a payer's name may mean."""
        return self._names.named(payer)

    def has_name(self, customer: str) -> bool:
        """Tell whether any name of a customer is known."""
        return customer in self._named

    def of(self, customer: str, currency: str) -> tuple[OpenItem, ...]:
        """List a customer's open items in a currency."""
        mine = (self._items[case] for case in self._of.get(customer, ()))
        return tuple(i for i in mine if i.open.minor > 0 and i.open.currency == currency)


def reference_key(reference: str) -> str:
    """Write a reference as it is compared: banks add and drop blanks, signs and leading zeros."""
    return number_key(reference).lstrip("0")


def covering_sets(items: Iterable[OpenItem], money: Money, day: date) -> list[tuple[OpenItem, ...]]:
    """Find sets of up to six items that a sum settles exactly, the smallest first; four at most.

    Within a set all are paid alike: whole, with their costs, or each less its discount.
    """
    able = [item for item in items if item.open.currency == money.currency]
    sums = [tuple(dict.fromkeys(item.owed_on(day))) for item in able]
    plain = _sets([options[0] for options in sums], money.minor)
    if plain is None:
        return []
    found = set(plain)
    found |= {(place,) for place, options in enumerate(sums) if money.minor in options[1:]}
    whole = tuple(range(len(able)))
    if 1 < len(able) <= _MOST_ITEMS and settles(able, money, day):
        found.add(whole)
    ordered = sorted(found, key=lambda places: (len(places), places))[:MOST_SETS]
    return [tuple(able[place] for place in places) for places in ordered]


def settles(items: Iterable[OpenItem], money: Money, day: date) -> bool:
    """Tell whether a sum settles all of some items: whole, with costs, or less their discounts."""
    mine = [item for item in items if item.open.currency == money.currency]
    whole = sum(item.open.minor for item in mine)
    costs = sum(item.costs for item in mine)
    early = sum(
        item.discount for item in mine if item.discount_until and day <= item.discount_until
    )
    return bool(mine) and money.minor in {whole, whole + costs, whole - early}


def _sets(sums: list[int], wanted: int) -> list[tuple[int, ...]] | None:
    """A few sets of places whose sums add up to what is wanted; None if it takes too long."""
    order = sorted(range(len(sums)), key=lambda place: -sums[place])
    tails = [0] * (len(order) + 1)
    for at in range(len(order) - 1, -1, -1):
        tails[at] = tails[at + 1] + sums[order[at]]
    found: list[tuple[int, ...]] = []
    steps = 0
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, wanted, ())]
    while stack and len(found) < MOST_SETS:
        at, left, chosen = stack.pop()
        steps += 1
        if steps > _MOST_STEPS:
            return None
        if left == 0 and chosen:
            found.append(tuple(sorted(chosen)))
            continue
        if at == len(order) or len(chosen) == _MOST_ITEMS or left <= 0 or tails[at] < left:
            continue
        stack.append((at + 1, left, chosen))
        stack.append((at + 1, left - sums[order[at]], (*chosen, order[at])))
    return found
