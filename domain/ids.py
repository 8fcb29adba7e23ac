"""Ids of cases, payments and tasks: one way to write each, one way to read it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from domain.errors import DomainError

UNKNOWN = "unknown"
"""The creditor and the customer of what names none."""


@dataclass(frozen=True, slots=True)
class CaseId:
    """A case and its workflow: ``invoice/CREDITOR/NUMBER``; a number may hold slashes."""

    KIND: ClassVar[str] = "invoice"

    creditor: str
    number: str

    def __str__(self) -> str:
        return f"{self.KIND}/{self.creditor}/{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a case id.

        Raises:
            DomainError: if it is none.
        """
        kind, _, rest = text.partition("/")
        creditor, _, number = rest.partition("/")
        if kind != cls.KIND or not creditor or not number:
            message = f"{text!r} is no case id; write invoice/CREDITOR/NUMBER"
            raise DomainError(message, field="id")
        return cls(creditor, number)

    @classmethod
    def named(cls, word: str, creditor: str) -> Self:
        """Read a case id, or the number alone of a creditor's invoice.

        Raises:
            DomainError: if it is neither.
        """
        is_whole = word.startswith(f"{cls.KIND}/")
        return cls.parse(word if is_whole else f"{cls.KIND}/{creditor}/{word}")

    @classmethod
    def beginning(cls, creditor: str) -> str:
        """Tell how the ids of all cases of a creditor begin."""
        return f"{cls.KIND}/{creditor}/"


@dataclass(frozen=True, slots=True)
class PaymentId:
    """A payment and its workflow: ``payment/CREDITOR/SOURCE/ID``."""

    KIND: ClassVar[str] = "payment"

    creditor: str
    source: str
    id: str

    def __str__(self) -> str:
        return f"{self.KIND}/{self.creditor}/{self.source}/{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a payment's id.

        Raises:
            DomainError: if it is none.
        """
        kind, creditor, source, own = (text.split("/", 3) + [""] * 4)[:4]
        if kind != cls.KIND or not own:
            message = f"{text!r} is no payment id; write payment/CREDITOR/SOURCE/ID"
            raise DomainError(message, field="id")
        return cls(creditor, source, own)


@dataclass(frozen=True, slots=True)
class PaymentName:
    """A payment among those of one creditor: ``SOURCE/ID``, such as ``bank/B-1``."""

    source: str
    id: str

    def __str__(self) -> str:
        return f"{self.source}/{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a payment's name.

        Raises:
            DomainError: if it is none.
        """
        source, slash, own = text.partition("/")
        if not slash:
            message = f"{text} is no SOURCE/ID; write it like bank/B-1"
            raise DomainError(message, field="payment")
        return cls(source, own)


def creditor_named(text: str) -> str:
    """Tell the creditor that an id names, even one that cannot be read as a whole."""
    parts = text.split("/", 2)
    return parts[1] if len(parts) > 1 and parts[1] else UNKNOWN


@dataclass(frozen=True, slots=True)
class PaymentKey:
    """The key under which a case hears of a payment once, by whatever way: ``KIND/SOURCE/ID``."""

    kind: str
    source: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.source}/{self.id}"

    @classmethod
    def own_id(cls, key: str, source: str) -> str:
        """Tell a payment's id in its source from the key of the message that told of it."""
        return key.removeprefix(str(cls(PaymentId.KIND, source, "")))


@dataclass(frozen=True, slots=True)
class AgencyReportId:
    """What an agency reported, among what all agencies did: ``AGENCY/ID``.

    No agency's name holds a slash, so no two agencies can make the same one.
    """

    BETWEEN: ClassVar[str] = "/"
    FORMERLY_BETWEEN: ClassVar[str] = "-"
    """Older ledgers hold payments under it; names hold it, too, so that it tells none apart."""

    agency: str
    id: str

    def __str__(self) -> str:
        return f"{self.agency}{self.BETWEEN}{self.id}"

    @property
    def former(self) -> str:
        """How it was written before."""
        return f"{self.agency}{self.FORMERLY_BETWEEN}{self.id}"


@dataclass(frozen=True, slots=True)
class DeliveryRef:
    """Which message of ours some news is about: ``CHANNEL/STEP``; either may be empty."""

    channel: str
    step: str = ""

    def __str__(self) -> str:
        return f"{self.channel}/{self.step}" if self.step else self.channel

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what news name; without a slash it is a channel."""
        channel, _, step = text.partition("/")
        return cls(channel, step)


@dataclass(frozen=True, slots=True)
class NewsKey:
    """The key under which a case hears once what became of a message on a channel."""

    about: str
    channel: str
    reason: str

    def __str__(self) -> str:
        return f"news/{self.about}/{self.channel}/{self.reason}"


def is_meant_by(key: str, ref: str) -> bool:
    """Tell whether somebody means a message: by its key, or by the id that ends it."""
    return key == ref or key.endswith(f"/{ref}")
