"""The port to a payment provider: a place where a sum is paid, and what it says became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from domain.money import Money


class NewsKind(StrEnum):
    """What a provider tells about a payment."""

    PAID = "paid"
    PENDING = "pending"
    FAILED = "failed"
    REFUNDED = "refunded"
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"
    REFUND_FAILED = "refund_failed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOrder:
    """What a customer is to pay at the provider's.

    Attributes:
        id: ours; the provider carries it along and tells it again.
        title: what it is for, as the customer reads it there: invoice numbers, nobody's name.
        language: two letters.
        return_url: where the customer comes back to, whether it was paid or not.
        until: when the place to pay closes (UTC).
    """

    id: str
    amount: Money
    title: str
    language: str
    return_url: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPlace:
    """Where it is paid.

    Attributes:
        reference: the provider's id of it.
        url: its address.
    """

    reference: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayNews:
    """Something that a provider signed, or answered when it was asked.

    Attributes:
        order: our id, where it is told; else the payment is known by the provider's.
        payment: the provider's id of the payment, or of the order while there is no payment.
        amount: what was paid, withdrawn or reinstated; of refunds without a `ref` all of them
            together so far. None where the provider does not say: the sum of the order.
        at: when it happened there (UTC).
        ref: the provider's id of the matter, such as a chargeback's or a refund's.
    """

    kind: NewsKind
    order: str = ""
    payment: str = ""
    amount: Money | None = None
    at: datetime
    ref: str = ""


class PayUnavailableError(Exception):
    """The provider cannot be reached, or takes no orders now."""


class UnsignedNewsError(ValueError):
    """News that the provider did not sign with our secret, or too long ago."""


class PaymentProvider(Protocol):
    """A company that takes payments for the creditor."""

    @property
    def name(self) -> str:
        """The source of its payments, such as ``stripe``."""
        ...

    @property
    def label(self) -> str:
        """Its name as customers read it."""
        ...

    def begin(self, order: PayOrder) -> PayPlace:
        """Open a place to pay; the same order again is the same place.

        Raises:
            PayUnavailableError: if there is none now.
        """
        ...

    def end(self, reference: str) -> None:
        """Close a place, so that nobody pays a sum that is asked for no more; may fail silently."""
        ...


@runtime_checkable
class SigningProvider(PaymentProvider, Protocol):
    """A provider that signs its news."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> PayNews | None:
        """Read signed news; None for news that are about no payment of ours.

        Raises:
            UnsignedNewsError: if it was not signed with our secret.
        """
        ...


@runtime_checkable
class AskedProvider(PaymentProvider, Protocol):
    """A provider that only says which payment changed: what is true is asked of it."""

    def look(self, reference: str) -> Sequence[PayNews]:
        """Ask how a payment stands: all that ever happened to it, in the order of its life.

        Raises:
            PayUnavailableError: if the provider does not answer.
        """
        ...
