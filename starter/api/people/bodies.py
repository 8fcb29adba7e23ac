"""What is asked, said and answered about customers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from starter.api.fields import Name, Short, Strict, Text
from starter.api.schemas import Shown


class CustomersAsked(BaseModel):
    """How many customers are wanted."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=10_000)] = 100


class WordsAsked(BaseModel):
    """What is looked for: a part of a name or number, or an amount."""

    model_config = ConfigDict(extra="forbid")

    words: Annotated[str, Field(min_length=1, max_length=100)]


class CustomerLine(Shown):
    """A customer in a list: name, credit, flags, what is open in each currency."""

    customer: str
    name: str
    credit: str
    open: list[str]


class CustomerLines(Shown):
    """Customers of this creditor."""

    items: list[CustomerLine]


class SearchFound(Shown):
    """Customers and invoices that fit."""

    customers: list[dict[str, Any]]
    invoices: list[dict[str, Any]]


class ContactWay(Shown):
    """A way to a customer, and the channels that it is used for."""

    kind: str
    point: str
    person: str
    used_for: list[str]


class ContactWays(Shown):
    """Every way to a customer, the account's own first."""

    customer: str
    items: list[ContactWay]


class NewContactWay(Strict):
    """A further address (`email`) or number (`phone`): one of both; again, it is replaced."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "boss@customer.example", "person": "Ann Lee"}]}
    )

    email: Short = ""
    phone: Short = ""
    person: Short = ""
    role: Short = ""
    rank: Annotated[int, Field(ge=0, le=1000, description="Lower ones are tried first.")] = 0


class ContactWayGone(Strict):
    """The further address or number that is no more."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"point": "boss@customer.example"}]})

    point: Name


class CustomerFlag(Strict):
    """What holds for a customer as a person: only people decide what is done then."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"flag": "do_not_contact", "on": True, "reason": "asked"}]}
    )

    flag: Literal["do_not_contact", "vulnerable"]
    on: bool = True
    reason: Text = ""
    by: Name | None = None


class OptOut(Strict):
    """A channel on which a customer is left alone until they opt in again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"channel": "sms"}]})

    channel: Literal["email", "sms", "voice"]
    by: Name | None = None


class WishHeard(Shown):
    """Whether anything changed, and how many running cases look again."""

    customer: str
    changed: bool
    cases: int


class CustomerData(Shown):
    """Everything that is kept about a customer (GDPR, Art. 15), files in Base64."""

    customer: str
    data: dict[str, Any]
    files: list[dict[str, Any]]


class CustomerErasure(Strict):
    """Who asked that a person's data be erased, and when; it cannot be taken back."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "letter of 1 March"}]})

    reason: Annotated[str, Field(min_length=1, max_length=1000)]
    by: Name | None = None


class CustomerErased(Shown):
    """What was erased."""

    customer: str
    erased: bool


class NewLink(Strict):
    """A link to the page of a case, to be handed to one person (`recipient`)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"recipient": "chef@example.com"}]})

    recipient: Short = ""
    by: Name | None = None


class LinkMade(Shown):
    """A link as the customer follows it: who has it sees the page, so hand it to them alone."""

    id: str
    case: str
    url: str


class LinkLines(Shown):
    """The links that a customer has, without their secrets."""

    items: list[dict[str, Any]]


class LinkEnd(Strict):
    """Who takes a link back; whoever has the key, if nobody is named."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"by": "ann"}]})

    by: Name | None = None


class LinkRevoked(Shown):
    """A link that opens nothing any more."""

    id: str
    revoked: bool
