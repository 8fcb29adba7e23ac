"""The people on both sides: the creditor who is owed and the debtor who is to stay a customer."""

from __future__ import annotations

from dataclasses import dataclass

CHANNELS = ("email", "sms")
"""The ways a debtor can be written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """A customer of one creditor, as the ledger knows them (personal data: it stays there).

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
        opted_out: channels the customer does not want.
        bad_points: addresses and numbers that turned out not to work.
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
    opted_out: tuple[str, ...] = ()
    bad_points: tuple[str, ...] = ()

    @property
    def consumer(self) -> bool | None:
        """Whether it is a consumer; None if nobody said."""
        return self.kind == "consumer" if self.kind else None

    def reach(self, channel: str) -> str:
        """The working address for a channel, or empty if there is none or it is not wanted."""
        point = self.point(channel)
        return "" if channel in self.opted_out or point in self.bad_points else point

    def point(self, channel: str) -> str:
        """The address or number of a channel as it is known, working or not."""
        return {"email": self.email, "sms": self.phone}.get(channel, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Creditor:
    """The company that is owed: what a reminder says about its sender (P20, P22, P25).

    Attributes:
        id: short id used in case ids.
        name: legal name.
        address: postal address, lines separated by newlines.
        email: sender and reply address.
        phone: where the debtor can call.
        contact: the person to talk to about billing.
        iban: account to pay to; empty if payment goes another way.
        pay_link: where an invoice can be paid online.
        terms: payment terms and what follows when they are broken, in the creditor's words.
        sender_name: the name that mails come from; the legal name if empty.
        signature: what stands under a letter, lines separated by newlines; else contact and name.
        languages: IETF tags in the order of preference, separated by commas, for customers whose
            own language no letter is written in; English if empty.
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
