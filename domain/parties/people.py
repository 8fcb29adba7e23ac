"""The creditor who is owed and the debtor who is to stay a customer."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

EMAIL, SMS, VOICE, POST = "email", "sms", "voice", "post"
CHANNELS = (EMAIL, SMS, VOICE, POST)
"""The channels by which a debtor can be reached: written to, called by a machine, or posted to."""

_WAYS = ("email", "phone", "street", "postcode", "town", "opted_out", "bad_points", "others")
"""What of a customer's record says how they are reached."""

PHONE = "phone"
_KINDS = (EMAIL, PHONE)
"""The kinds of contact points; a number is good for text messages and for calls."""


def kind_for(channel: str) -> str:
    """Find the kind of contact point that a channel needs."""
    return channel if channel in (EMAIL, POST) else PHONE


def as_bad(channel: str, point: str) -> str:
    """Name a contact point that does not work, as it is remembered.

    A landline that takes no text messages can be called all the same, so only that is remembered of
    it; a number that cannot be called, or is another's, is good for nothing.
    """
    return f"{channel}:{point}" if point and channel == SMS else point


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A further contact point of a customer, beside the account's own address and number.

    Attributes:
        kind: email or phone.
        point: the address or number.
        person: another person in the customer's company; empty: the same one as the account's.
        role: what that person does there, such as head of accounts.
        rank: lower ones are tried before higher ones.
    """

    kind: str
    point: str
    person: str = ""
    role: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """A customer of one creditor; personal data, which stays in the ledger.

    Attributes:
        id: the creditor's id of the customer.
        name: company or person.
        email: where mails go; empty if unknown.
        phone: E.164 number; empty if unknown.
        country: ISO 3166 alpha-2, empty if unknown.
        subdivision: the country's subdivision with holidays of its own.
        zone: IANA time zone.
        language: IETF tag; empty if unknown: then letters are in the creditor's first language.
        customer_class: a class set by hand; empty means that the history decides.
        kind: business or consumer; empty if nobody said.
        sales_rep: the person of the creditor who owns the relationship.
        street: of the postal address, with the number; a line each for more than one.
        postcode: of the postal address.
        town: of the postal address; without it nothing can be posted.
        attention: whom in the company a letter is for.
        vat_id: the customer's own VAT number.
        payment_terms: what was agreed, in words, where an invoice tells no due date.
        opted_out: channels the customer does not want.
        bad_points: addresses and numbers that turned out not to work.
        others: further ways to the customer, and to other persons in the company.
    """

    id: str
    name: str = ""
    email: str = ""
    phone: str = ""
    country: str = ""
    subdivision: str = ""
    zone: str = "UTC"
    language: str = ""
    customer_class: str = ""
    kind: str = ""
    sales_rep: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    attention: str = ""
    vat_id: str = ""
    payment_terms: str = ""
    opted_out: tuple[str, ...] = ()
    bad_points: tuple[str, ...] = ()
    others: tuple[Point, ...] = ()

    @property
    def consumer(self) -> bool | None:
        """Whether it is a consumer; None if nobody said."""
        return self.kind == "consumer" if self.kind else None

    @property
    def further(self) -> tuple[Point, ...]:
        """List the other contact points as they are tried: the same person's, then others'."""
        return tuple(sorted(self.others, key=lambda one: (bool(one.person), one.rank)))

    def reach(self, channel: str) -> str:
        """Find the first working address for a channel; empty if none works or it is unwanted."""
        further = (one.point for one in self.further if one.kind == kind_for(channel))
        every = (self.point(channel), *further)
        return next((point for point in every if self.works(channel, point)), "")

    def works(self, channel: str, point: str) -> bool:
        """Tell whether a contact point may be used on a channel, as far as is known."""
        if not point or channel in self.opted_out:
            return False
        bad = {one.lower() for one in self.bad_points}
        return bad.isdisjoint({point.lower(), as_bad(channel, point).lower()})

    def with_ways_of(self, other: Debtor) -> Debtor:
        """Take over how another record of the same customer is reached, and nothing else of it."""
        ways = {name: getattr(other, name) for name in _WAYS}
        known = all(getattr(self, name) == way for name, way in ways.items())
        return self if known else replace(self, **ways)

    def with_bad(self, point: str) -> Debtor:
        """Mark a contact point that turned out not to work, named as ``as_bad`` does."""
        marks = dict.fromkeys((*self.bad_points, point))
        return replace(self, bad_points=tuple(marks))

    def point(self, channel: str) -> str:
        """Read the address or number of a channel as it is known, working or not."""
        points = {EMAIL: self.email, SMS: self.phone, VOICE: self.phone, POST: self.postal}
        return points.get(channel, "")

    @property
    def postal(self) -> str:
        """The postal address in one line; empty if a part is missing without which none arrives."""
        if not (self.street and self.town and self.country):
            return ""
        place = f"{self.postcode} {self.town}".strip()
        return ", ".join((*self.street.splitlines(), place, self.country))


def merged(told: Debtor, known: Debtor | None) -> Debtor:
    """Put what is said about a customer over what is known; where nothing is said that stays."""
    if known is None:
        return told
    blank = Debtor(id=told.id)
    silent = {
        field.name: getattr(known, field.name)
        for field in fields(Debtor)
        if getattr(told, field.name) == getattr(blank, field.name)
    }
    return replace(told, **silent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Creditor:
    """The company that is owed, with what a reminder says about its sender (P20, P22, P25).

    Attributes:
        id: short id used in case ids.
        name: legal name.
        address: postal address, lines separated by newlines.
        email: sender and reply address.
        phone: where the debtor can call.
        contact: the person to talk to about billing.
        iban: account to pay to; empty if payment goes another way.
        pay_link: where an invoice can be paid online.
        terms: payment terms and what follows when they are broken, in the creditor's words; in
            several languages, each begins with a line like ``[de]``.
        sender_name: the name that mails come from; the legal name if empty.
        signature: what stands under a letter, lines separated by newlines; else contact and name.
        languages: IETF tags in the order of preference, separated by commas, for customers whose
            own language no letter is written in; English if empty.
        street: of the postal address, with the number; goes before ``address``.
        postcode: of the postal address.
        town: of the postal address.
        country: ISO 3166 alpha-2, of the postal address.
        register: what the law wants on letters (legal form, seat, register and number, directors),
            lines separated by newlines.
        tax_number: tax or VAT number, as it is printed.
        bank: the name of the bank that keeps the account.
        reference: the scheme of payment references: empty for the invoice's number itself, else
            one of ``iso11649 be ch fi no se`` (adapters know how they are computed).
    """

    id: str
    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    contact: str = ""
    iban: str = ""
    bic: str = ""
    pay_link: str = ""
    terms: str = ""
    sender_name: str = ""
    signature: str = ""
    languages: str = ""
    reference: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    register: str = ""
    tax_number: str = ""
    bank: str = ""
