"""Made-up credits that look like another invoice's: what must never be posted by itself wrongly."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from domain.bank.open_items import KnownPayer, OpenItem, OpenItems
from domain.bank.statement import BankEntry
from domain.ids import CaseId
from domain.money import Money
from tests.domain.bank.payers import DAY, Credit

SUMS = (11900, 23800, 35700, 5000, 10000)
"""So few that sums, and sums of sums, are alike all the time."""

STYLES: dict[str, Callable[[int], str]] = {
    "four digits": lambda n: f"{1001 + n}",
    "year and count": lambda n: f"2026-{n:04d}",
    "letters": lambda n: f"RE{1001 + n}",
    "a day": lambda n: f"{date(2026, 1, 1) + timedelta(days=n % 360):%Y%m%d}{n // 360 or ''}",
    "ten digits": lambda n: f"{4_700_000_001 + n}",
    "slashes": lambda n: f"{n + 1}/26",
}


@dataclass
class _World:
    """Customers with open items, all alike."""

    style: Callable[[int], str]
    chance: random.Random

    def __post_init__(self) -> None:
        self.names = {f"C-{n}": f"{_NAMES[n % len(_NAMES)]} {n // 7} GmbH" for n in range(60)}
        self.names["C-1"] = self.names["C-2"]
        self.items = [self._item(n) for n in range(300)]

    def _item(self, n: int) -> OpenItem:
        number, minor = self.style(n), self.chance.choice(SUMS)
        return OpenItem(
            case=str(CaseId("acme", number)),
            number=number,
            customer=f"C-{self.chance.randrange(60)}",
            open=Money(minor, "EUR"),
            discount=minor * 2 // 100 if n % 4 == 0 else 0,
            discount_until=DAY if n % 8 else DAY - timedelta(days=1),
        )

    def other(self, item: OpenItem) -> OpenItem:
        """An item of the same sum of another customer."""
        alike = [
            one for one in self.items if one.open == item.open and one.customer != item.customer
        ]
        return self.chance.choice(alike)


_NAMES = ("Nordbau", "Elbdruck", "Havelglas", "Saaleholz", "Spreetech", "Hansaoptik", "Alpenfarben")


def tricks(style: Callable[[int], str], seed: int) -> tuple[OpenItems, list[Credit]]:
    """A world of alike items, and credits of every trick, half of them without a payer."""
    chance = random.Random(seed)  # noqa: S311 - made-up data
    world = _World(style, chance)
    payers = [
        KnownPayer(customer=one, account=f"DE{n:020d}")
        for n, one in enumerate(world.names)
        if n % 3 == 0
    ]
    return OpenItems(world.items, world.names.items(), payers), list(_credits(world))


def _credits(world: _World) -> Iterator[Credit]:
    for item in world.chance.sample(world.items, 60):
        for sort, (text, more) in _texts(world, item).items():
            for knows in (True, False):
                entry = _made(world, item, text, more, knows=knows)
                yield Credit(sort if knows else f"{sort}, no name", entry, (item.case,))


def _texts(world: _World, item: OpenItem) -> dict[str, tuple[str, dict[str, Any]]]:
    """What is written by someone who pays that item, and what else is different."""
    other, dice = world.other(item).number, world.chance
    mine, phone = item.number, dice.randint(1000, 9999)
    minor, slip = item.open.minor, _swap(mine)
    own = {one.number for one in world.items if one.customer == item.customer}
    return {
        "customer number like another's invoice": (f"Kd.Nr. {other} Danke", {}),
        "another's number within a longer one": (f"Auftrag 9{other}7 Rechnung Mai", {}),
        "another's number in a telephone number": (f"Rueckfragen 0171/{other} oder -{phone}", {}),
        "another's number as a day": (f"vom {_day(other)} wie besprochen", {}),
        "another's number as an amount": (f"Betrag {other},00 EUR", {}),
        "somebody's reference": (f"RF18 5390 0754 7034 / {dice.randint(10**9, 10**10)}", {}),
        "the number with two digits swapped": (f"RE {mine if slip in own else slip}", {}),
        "the sum alone": ("Zahlung laut Rechnung", {}),
        "a foreign currency": (f"RE {mine}", {"amount": Money(minor, "CHF")}),
        "charges kept back": (f"RE {mine}", {"amount": Money(minor - 750, "EUR")}),
        "a discount": (f"RE {mine} abz. 2%", {"amount": Money(minor * 98 // 100, "EUR")}),
        "one number of two": (f"RE {mine}, Gutschrift {other}", {}),
    }


def _made(
    world: _World, item: OpenItem, text: str, more: dict[str, Any], *, knows: bool
) -> BankEntry:
    n = int(item.customer.partition("-")[2])
    entry = BankEntry(
        account="DE1",
        amount=item.open,
        is_credit=True,
        booked=DAY,
        valued=DAY,
        lines=tuple(text[at : at + 27] for at in range(0, len(text), 27)),
        payer_name=world.names[item.customer] if knows else "",
        payer_account=f"DE{n:020d}" if knows else "",
    )
    return replace(entry, **more)


def _swap(number: str) -> str:
    at = max(
        place
        for place in range(1, len(number))
        if number[place - 1].isdigit() and number[place].isdigit()
    )
    return f"{number[: at - 1]}{number[at]}{number[at - 1]}{number[at + 1 :]}"


def _day(number: str) -> str:
    """The number written as a day, where it may be one."""
    plain = "".join(sign for sign in number if sign.isdigit())
    try:
        return date.fromisoformat(plain).isoformat()
    except ValueError:
        return "12.02.2026"
