"""Made-up customers who pay as people do: with references, numbers, cut lines and mistakes."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Any

from adapters.letters.paying.references import checked_reference
from domain.bank.matching import BankMatch
from domain.bank.open_items import KnownPayer, OpenItem, OpenItems
from domain.bank.statement import BankEntry
from domain.ids import CaseId
from domain.money import Money

DAY = date(2026, 3, 2)
_FIRST = ("Nord", "Sued", "Alpen", "Hansa", "Elbe", "Taunus", "Havel", "Weser", "Saale", "Spree")
_SECOND = (
    "bau",
    "druck",
    "tech",
    "logistik",
    "optik",
    "metall",
    "holz",
    "glas",
    "chemie",
    "farben",
)


@dataclass(frozen=True)
class Credit:
    """A payment, what it is meant for, and how it was written."""

    sort: str
    entry: BankEntry
    cases: tuple[str, ...]


def world(
    numbers: range, width: int, seed: int, customers: int = 100
) -> tuple[OpenItems, list[Credit]]:
    """Customers with open items, and credits of every sort for some of them."""
    chance = random.Random(seed)  # noqa: S311 - made-up data
    names = {f"C-{n}": f"{a}{b} {n} GmbH" for n, (a, b) in zip(range(customers), cycle(_pairs()))}
    known = list(names)
    items = [_item(number, width, chance, known) for number in numbers]
    payers = [
        KnownPayer(customer=one, account=f"DE{n:020d}") for n, one in enumerate(names) if n % 5 < 3
    ]
    return OpenItems(items, names.items(), payers), list(_credits(items, names, chance))


def _pairs() -> Iterator[tuple[str, str]]:
    return ((first, second) for first in _FIRST for second in _SECOND)


def _item(number: int, width: int, chance: random.Random, customers: list[str]) -> OpenItem:
    written = f"{number:0{width}d}"
    reference, is_checked = checked_reference(written, "iso11649", "", is_taken=False)
    minor = chance.choice((5000, 10000, 11900)) if number % 3 == 0 else chance.randint(1000, 99999)
    return OpenItem(
        case=str(CaseId("acme", written)),
        number=written,
        customer=chance.choice(customers),
        open=Money(minor, "EUR"),
        reference=reference,
        is_checked=is_checked,
    )


def _credits(
    items: list[OpenItem], names: dict[str, str], chance: random.Random
) -> Iterator[Credit]:
    left, used = list(items), set[str]()
    chance.shuffle(left)
    of_customer: dict[str, list[OpenItem]] = {}
    for one in left:
        of_customer.setdefault(one.customer, []).append(one)
    for place in range(len(left) // 3):
        item = next(one for one in iter(left.pop, None) if one.case not in used)
        used.add(item.case)
        sort = _SORTS[place % len(_SORTS)]
        meant: tuple[OpenItem, ...] = (item,)
        if sort == "several":
            own = of_customer[item.customer]
            others = [one for one in own if one.case not in used][:3]
            used |= {other.case for other in others}
            meant = (item, *others)
        yield Credit(sort, _entry(sort, meant, names, chance), tuple(one.case for one in meant))


_SORTS = ("reference", "one", "one", "short", "several", "part", "name", "swapped", "collector")


def _entry(
    sort: str, meant: tuple[OpenItem, ...], names: dict[str, str], chance: random.Random
) -> BankEntry:
    item = meant[0]
    number, whole = item.number, sum(one.open.minor for one in meant)
    customer = int(item.customer.partition("-")[2])
    text, more = "", dict[str, Any]()
    if sort == "reference":
        more = {"references": (item.reference,)}
    elif sort == "short":
        text = f"Rechnung {number.lstrip('0')} vom 12.02.2026 Tel. 030/{chance.randint(1000, 9999)}"
    elif sort == "several":
        text = "Rechnungen " + ", ".join(one.number for one in meant)
    elif sort == "swapped":
        text = f"RE {_swapped(number)}"
    elif sort in {"one", "part", "collector"}:
        text = (
            f"RE {number} v. 2026-02-{chance.randint(10, 28)}, PLZ {chance.randint(10000, 99999)}"
        )
    return BankEntry(
        account="DE1",
        amount=Money(whole - whole // 3 if sort == "part" else whole, "EUR"),
        is_credit=True,
        booked=DAY,
        valued=DAY,
        lines=tuple(text[at : at + 35] for at in range(0, len(text), 35)),
        payer_name="" if sort == "collector" else names[item.customer].upper()[:27],
        payer_account="DE999" if sort == "collector" else f"DE{customer:020d}",
        **more,
    )


def _swapped(number: str) -> str:
    for place in range(len(number) - 1, 0, -1):
        if number[place] != number[place - 1]:
            return f"{number[: place - 1]}{number[place]}{number[place - 1]}{number[place + 1 :]}"
    return number


def judged(credit: Credit, found: BankMatch) -> str:
    """How a payment was matched: by itself right or wrong, proposed, only its payer, or not."""
    meant = set(credit.cases)
    if found.certain:
        return "right" if set(found.certain.cases) == meant else "wrong"
    if any(set(one.cases) == meant for one in found.proposals):
        return "proposed"
    return "customer" if found.proposals else "nothing"
