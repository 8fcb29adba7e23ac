"""How a customer is reached: put down by a person, checked, and never against an erasure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from activities.ports.stores.errors import NotKnownError
from activities.services.customers.customers import (
    WEEKS,
    ContactError,
    CustomerService,
    ErasedError,
)
from domain.errors import DomainError
from domain.parties.people import Debtor
from domain.parties.sources import Believed, ContactSource, Teller

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
KNOWN = Debtor(id="C-1", name="Globex", email="ap@globex.example", zone="Europe/Berlin")


@dataclass
class Kept:
    """One customer, and what was said of it."""

    debtors: dict[str, Debtor] = field(default_factory=lambda: {"C-1": KNOWN})
    gone: set[str] = field(default_factory=set)
    told: list[tuple[Debtor, Teller]] = field(default_factory=list)
    taken_up: list[tuple[str, str]] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    asked: list[tuple[datetime, datetime]] = field(default_factory=list)

    def debtor(self, creditor: str, customer: str) -> Debtor | None:
        """Whoever is known."""
        return self.debtors.get(customer)

    def sums(self, creditor: str, customer: str, since: datetime, until: datetime) -> None:
        """Nothing is known of sums."""
        self.asked.append((since, until))

    def erased(self, creditor: str, customers: list[str]) -> set[str]:
        """Those of them that were erased."""
        return self.gone & set(customers)

    def take_up_again(self, creditor: str, customer: str, *, by: str, why: str) -> None:
        """The customer came back."""
        self.taken_up.append((customer, by))

    def tell(self, creditor: str, told: Debtor, teller: Teller) -> Believed:
        """Believe it."""
        self.told.append((told, teller))
        return Believed(debtor=told, sources={}, contradictions=())

    def wrong_email(self, email: str) -> str:
        """An address has an at sign."""
        return "" if "@" in email else "no address"

    def wrong_number(self, phone: str) -> str:
        """A number begins with a plus sign."""
        return "" if phone.startswith("+") else "no number"

    def add(self, creditor: str, customer: str, point: object) -> None:
        """One more way."""
        self.added.append(customer)


def service(kept: Kept) -> CustomerService:
    every = cast("Any", kept)
    return CustomerService(
        customers=every,
        points=every,
        erasure=every,
        policies=every,
        cases=every,
        files=every,
        team=every,
        checks=every,
        clock=lambda: NOW,
    )


def test_what_is_not_told_or_empty_stays_as_it_was() -> None:
    kept = Kept()
    service(kept).set_contact("acme", "C-1", {"phone": "+4930123", "email": ""}, by="eva")

    ((told, teller),) = kept.told
    assert told == Debtor(id="C-1", phone="+4930123")
    assert teller == Teller(
        source=ContactSource.PERSON, at=NOW, by="eva", meant=frozenset({"phone"})
    )


@pytest.mark.parametrize(
    ("field_", "value"), [("email", "nobody"), ("phone", "12"), ("kind", "king"), ("zone", "Mars")]
)
def test_what_cannot_be_right_is_refused_and_nothing_is_put_down(field_: str, value: str) -> None:
    kept = Kept()
    with pytest.raises(DomainError):
        service(kept).set_contact("acme", "C-1", {field_: value})

    assert kept.told == []


def test_whoever_is_not_known_yet_can_be_put_down() -> None:
    kept = Kept()
    service(kept).set_contact("acme", "C-2", {"name": "Initech"})

    assert [told.id for told, _ in kept.told] == ["C-2"]


@pytest.mark.parametrize(("gone", "after_erasure"), [(False, False), (False, True), (True, True)])
def test_whoever_was_erased_is_taken_up_again_if_that_is_said(
    *, gone: bool, after_erasure: bool
) -> None:
    kept = Kept(gone={"C-1"} if gone else {"C-2"})
    told = {"name": "Globex"}
    service(kept).set_contact("acme", "C-1", told, after_erasure=after_erasure, by="eva")

    assert kept.taken_up == ([("C-1", "eva")] if gone else [])
    assert len(kept.told) == 1


def test_an_erased_customer_is_not_taken_up_by_mistake() -> None:
    kept = Kept(gone={"C-1"})
    with pytest.raises(ErasedError):
        service(kept).set_contact("acme", "C-1", {"name": "Globex"})

    assert (kept.taken_up, kept.told) == ([], [])


def test_a_wrong_address_is_named_with_its_field_and_reason() -> None:
    with pytest.raises(ContactError) as refused:
        service(Kept()).check(replace(KNOWN, email="nobody"))
    assert refused.value.field == "email"

    with pytest.raises(ContactError) as refused:
        service(Kept()).check_reach(phone="12")
    assert refused.value.field == "phone"


def test_only_of_a_known_customer_anything_is_shown() -> None:
    assert service(Kept()).debtor("acme", "C-1") == KNOWN
    assert service(Kept()).is_known("acme", "C-1")
    assert not service(Kept()).is_known("acme", "C-2")
    with pytest.raises(NotKnownError):
        service(Kept()).debtor("acme", "C-2")


def test_a_customers_sums_are_those_of_the_weeks_before() -> None:
    kept = Kept()
    with pytest.raises(NotKnownError):  # without any there is nothing to show
        service(kept).show("acme", "C-1")

    assert kept.asked == [(NOW - WEEKS, NOW)]
