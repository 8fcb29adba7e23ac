"""Customers, and how they behave: each lives by a persona, and by dice of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from domain.case.invoice import Discount, Invoice
from domain.decision.state import debtor_calendar
from domain.ids import CaseId
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.model import Policy
from tests.properties.homes import POLICIES
from tests.properties.households import Street, Watched, WatchedHome, in_three

CREDITOR = "acme"
EUR = "EUR"


@dataclass(frozen=True)
class Act:
    """Something that a customer, a bank or a colleague does about an invoice.

    Attributes:
        day: days after the invoice's due date.
        verb: pay, say, or one of the other words of `tests.simulation.doing`.
        part: of the amount, in hundredths.
        kind: what is said.
        body: the fields that are said besides an id, an amount and a day.
        on: days from that day until the one that is named; None names none.
    """

    day: float
    verb: str
    part: int = 0
    kind: MessageType | None = None
    body: Mapping[str, str] = field(default_factory=dict)
    on: int | None = None


def _say(day: float, kind: MessageType, part: int = 0, on: int | None = None, **body: str) -> Act:
    return Act(day, "say", part, kind, body, on)


def _pay(day: float, part: int = 100, verb: str = "pay") -> Act:
    return Act(day, verb, part)


M = MessageType
PERSONAS: Mapping[str, Callable[[Random], list[Act]]] = {
    "prompt": lambda d: [_pay(d.uniform(-9, 0))],
    "late": lambda d: [_pay(d.uniform(1, 40), verb=d.choice(("pay", "pay_by_workflow")))],
    "very late": lambda d: [_pay(d.uniform(50, 120))],
    "in parts": lambda d: [_pay(d.uniform(-3, 9), 40), _pay(d.uniform(10, 50), 60)],
    "silent": lambda _: [],
    "keeps a promise": lambda d: [_say(d.uniform(1, 9), M.PROMISE, on=8), _pay(d.uniform(10, 15))],
    "breaks a promise": lambda d: [
        _say(d.uniform(1, 9), M.PROMISE, part=d.choice((0, 50)), on=9),
        _pay(d.uniform(30, 90)),
    ],
    "disputes": lambda d: [
        _say(d.uniform(-5, 20), M.DISPUTE_OPENED, part=d.choice((0, 0, 25)), reason="price"),
        _say(
            d.uniform(21, 45),
            M.DISPUTE_SETTLED,
            reason=d.choice(("for_us", "for_customer", "split")),
        ),
        _pay(d.uniform(46, 90)),
    ],
    "overpays": lambda d: [_pay(d.uniform(1, 20), 130), _pay(d.uniform(20, 30), 10)],
    "pays twice": lambda d: [_pay(d.uniform(1, 20)), _pay(d.uniform(1, 20))],
    "charges back": lambda d: [
        _pay(d.uniform(-2, 10)),
        _say(d.uniform(12, 40), M.PAYMENT_REVERSED),
        _pay(d.uniform(45, 120)),
    ],
    "by debit": lambda d: [
        _say(d.uniform(0, 5), M.IN_FLIGHT, on=6),
        d.choice((_pay(9), _say(8, M.IN_FLIGHT_FAILED))),
    ],
    "by instalments": lambda d: [
        _say(d.uniform(2, 9), M.PLAN_AGREED, on=10, every="month", count="3"),
        _pay(d.uniform(11, 14), 34),
        _pay(d.uniform(38, 50), 33),
        *([_pay(d.uniform(70, 79), 33)] if d.random() < 0.5 else []),
    ],
    "settles": lambda d: [
        _say(d.uniform(9, 20), M.SETTLEMENT, 70, on=10),
        _pay(d.uniform(21, 40), 70),
    ],
    "is credited": lambda d: [
        _say(d.uniform(-3, 20), M.CREDIT_NOTE, d.choice((20, 100))),
        _say(d.uniform(21, 40), M.CREDIT_NOTE_CANCELLED),
        _pay(d.uniform(41, 80)),
    ],
    "is corrected": lambda d: [
        _say(d.uniform(-3, 20), M.INVOICE_CORRECTED, d.choice((80, 110)), on=d.choice((None, 14))),
        _pay(d.uniform(10, 60), 110),
    ],
    "does not say what for": lambda d: [
        _pay(d.uniform(1, 40), d.choice((60, 100, 250)), "pay_any")
    ],
    "is vulnerable": lambda d: [Act(d.uniform(1, 20), "flag"), Act(d.uniform(25, 60), "unflag")],
    "wants no texts": lambda d: [Act(d.uniform(-3, 20), "stop"), Act(d.uniform(30, 60), "start")],
    "replies": lambda d: [Act(d.uniform(1, 20), "reply"), _pay(d.uniform(20, 60))],
    "is paused": lambda d: [
        _say(d.uniform(1, 20), M.PAUSE, on=d.choice((None, 12))),
        _say(d.uniform(21, 40), M.RESUME),
        _pay(d.uniform(41, 80)),
    ],
    "is given up": lambda d: [
        _say(d.uniform(20, 60), M.WRITE_OFF),
        *([_say(d.uniform(61, 90), M.WRITE_OFF_UNDONE)] if d.random() < 0.5 else []),
    ],
    "was withdrawn": lambda d: [_say(d.uniform(-3, 30), M.WITHDRAWN)],
    "is refunded": lambda d: [_pay(d.uniform(1, 9)), _say(d.uniform(10, 40), M.REFUND, 30)],
    "comes back from the agency": lambda d: [
        _say(d.uniform(60, 90), M.AGENCY_NEWS, reason="returned"),
        _pay(d.uniform(91, 120)),
    ],
    "speaks through Temporal": lambda d: [
        replace(_say(d.uniform(-6, 30), kind, on=on), verb="signal")
        for kind, on in ((M.PROMISE, 6), (M.PAUSE, 3), (M.RESUME, None), (M.PROMISE, 9))
    ],
    "troubles the operator": lambda d: [
        Act(d.uniform(-3, 30), d.choice(("cancel", "terminate", "terminate"))),
        Act(d.uniform(31, 40), "take_up"),
        _pay(d.uniform(41, 60)),
    ],
}
NOISE = tuple(kind for kind in M if kind not in (M.POLICY_CHANGED, M.REMINDED_ELSEWHERE, M.NUDGE))
REASONS = ("", "price", "hardship", "paid_claim", "reached", "no_answer", "promised", "for_us")


def _noise(dice: Random) -> Act:
    """Anything at any time: what nobody in their right mind would say is said as well."""
    kind = dice.choice(NOISE)
    part, on = dice.choice((0, 0, 5, 50, 100, 120)), dice.choice((None, None, -1, 3, 20))
    act = _say(dice.uniform(-9, 90), kind, part, on, reason=dice.choice(REASONS))
    by = dice.choice(("client", "client", "signal", "update"))
    return replace(act, verb={"client": "say", "signal": "signal", "update": "ask"}[by])


ZONES = ("Europe/Berlin", "Europe/Berlin", "Europe/Lisbon", "America/New_York", "Asia/Tokyo")
AMOUNTS = (1500, 25000, 100000, 100000, 333333)


@dataclass(eq=False)
class Customer:
    """One customer with a persona, a policy, and invoices over the year.

    Attributes:
        acts: what it does about each invoice, by number.
        waiting: what it has in mind, so that some of it may come earlier than thought.
    """

    id: str
    persona: str
    policy: Policy
    debtor: Debtor
    dice: Random
    invoices: list[Invoice] = field(default_factory=list)
    acts: dict[str, list[Act]] = field(default_factory=dict)
    waiting: list[Callable[[], None]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    @property
    def case_ids(self) -> list[str]:
        """The cases that were opened so far."""
        return self.opened

    def case_id(self, number: str) -> str:
        """The id of the case of one of its invoices."""
        return str(CaseId(CREDITOR, number))


class KnownStreet(Street):
    """One customer as the ledger knows it, for the properties to look at."""

    def __init__(self, customer: Customer, ends: datetime) -> None:
        self.policy, self.debtor = customer.policy, customer.debtor
        self.calendar = debtor_calendar(self.policy, self.debtor)
        self.home = WatchedHome(debtor=self.debtor)
        self.start, self.last, self.ends = ends, ends, ends
        self.lives: list[Watched] = []


def customer_of(seed: str, number: int, begin: date, spread: int) -> Customer:
    """Make a customer from its seed and number alone: others do not change what it does.

    Its first invoice is issued on one of so many days (``spread``) from the beginning.
    """
    dice = Random(f"{seed}/{number}")  # noqa: S311 - dice, no secret
    persona = dice.choice(list(PERSONAS))
    policy = dice.choice(POLICIES)
    made = Customer(f"C-{number}", persona, policy, _debtor(dice, number), dice)
    first = begin + timedelta(days=dice.randrange(spread))
    for count in range(dice.choice((1, 1, 2, 2, 3, 4))):
        issued = first + timedelta(days=dice.choice((0, 1, 7, 30, 45)) * count)
        invoice = _invoice(made, f"R-{number}-{count}", issued)
        made.invoices.append(invoice)
        chosen = PERSONAS[persona if dice.random() < 0.8 else dice.choice(list(PERSONAS))]
        noise = [_noise(dice) for _ in range(dice.choice((0, 0, 0, 1, 3)))]
        made.acts[invoice.number] = [*chosen(dice), *noise]
    return made


def _debtor(dice: Random, number: int) -> Debtor:
    reach = dice.choice(("both", "both", "both", "email", "sms", "nothing"))
    return Debtor(
        id=f"C-{number}",
        name=f"Customer {number}",
        email=f"c{number}@customer.example" if reach in ("both", "email") else "",
        phone=f"+4915{number:09d}" if reach in ("both", "sms") else "",
        zone=dice.choice(ZONES),
        country="DE",
        language=dice.choice(("en", "en", "de", "fr")),
        kind=dice.choice(("business", "business", "consumer", "")),
    )


def _invoice(customer: Customer, number: str, issued: date) -> Invoice:
    dice = customer.dice
    due = issued + timedelta(days=dice.choice((0, 14, 14, 30)))
    amount = dice.choice(AMOUNTS)
    opened_at = datetime.fromisoformat(f"{issued}T{dice.randrange(6, 20):02d}:30:00+00:00")
    apart = dice.choice((0,) * 9 + (20,)) if amount == 100000 else 0
    discount = Discount(minor=amount // 50, until=issued + timedelta(days=8))
    return Invoice(
        creditor=CREDITOR,
        number=number,
        customer=customer.id,
        issued=issued,
        due=due,
        amount=Money(amount, EUR),
        opened_at=opened_at,
        discount=discount if dice.random() < 0.15 and not apart else None,
        terms=in_three(due, apart),
    )
