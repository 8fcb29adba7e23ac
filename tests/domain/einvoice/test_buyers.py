"""Whose invoice it is: the same buyer is the same customer, by numbers first, else by its place."""

from dataclasses import replace

import pytest

from domain.einvoice.buyers import customer_of_buyer, made_up_id
from domain.einvoice.document import InvoiceParty
from domain.errors import DomainError

BUYER = InvoiceParty(name="Hansen GmbH", vat_id="DE 123456789", town="Hamburg", country="DE")


def test_a_number_tells_more_than_a_name() -> None:
    renamed = replace(BUYER, name="Hansen & Sohn GmbH", town="Kiel", vat_id="de123456789")
    other = replace(BUYER, vat_id="DE987654321")

    assert made_up_id(renamed) == made_up_id(BUYER) != made_up_id(other)


def test_without_a_number_name_and_place_tell() -> None:
    plain = replace(BUYER, vat_id="")
    assert made_up_id(plain) == made_up_id(replace(plain, name="HANSEN GMBH"))
    assert made_up_id(plain) != made_up_id(replace(plain, town="Kiel"))
    assert made_up_id(plain) != made_up_id(BUYER)


def test_an_id_tells_nothing_and_nobody_has_none() -> None:
    assert made_up_id(BUYER).startswith("e-")
    assert "hansen" not in made_up_id(replace(BUYER, vat_id="")).lower()
    with pytest.raises(DomainError):
        made_up_id(InvoiceParty())


def test_a_number_of_ours_comes_before_a_vat_number_and_two_with_one_are_asked_about() -> None:
    known = replace(BUYER, id="C-7")
    by_vat = {"DE123456789": ("C-8",)}

    assert customer_of_buyer(known, frozenset({"C-7"}), by_vat) == "C-7"
    assert customer_of_buyer(known, frozenset(), by_vat) == "C-8"
    with pytest.raises(DomainError, match="C-8, C-9"):
        customer_of_buyer(BUYER, frozenset(), {"DE123456789": ("C-9", "C-8")})
