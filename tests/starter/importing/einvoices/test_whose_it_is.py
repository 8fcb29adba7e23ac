"""Whose an electronic invoice is, which due date holds, and what is said besides."""

from datetime import date

import pytest

from activities.services.einvoice.intake import EInvoiceService
from adapters.einvoice.invoice_files import InvoiceDocument, read_invoice_file
from adapters.runtime.machine import machine_clock
from domain.parties.people import Creditor
from starter.importing.einvoices.claims import EInvoiceImport, EInvoiceReading, einvoice_import
from tests.adapters.einvoice import samples
from tests.starter.importing.einvoices.buyers import BuyersInMemory, nobody_known

ACME = Creditor(id="acme", name="Acme GmbH", tax_number="DE 811907980", iban="DE02 1203 0000")


def documents(*bodies: bytes) -> list[InvoiceDocument]:
    return [one for at, body in enumerate(bodies) for one in read_invoice_file(f"{at}.xml", body)]


def made(
    *bodies: bytes,
    service: EInvoiceService | None = None,
    company: Creditor | None = None,
    reading: EInvoiceReading | None = None,
) -> EInvoiceImport:
    told = reading or EInvoiceReading()
    return einvoice_import(service or nobody_known(), company, "acme", documents(*bodies), told)


def customer(body: bytes, store: BuyersInMemory) -> str:
    (row,) = made(body, service=EInvoiceService(store, machine_clock)).rows
    return row.debtor.id


def test_a_number_of_ours_goes_before_a_vat_number_and_that_before_a_new_number() -> None:
    body = samples.ubl(buyer_id="C-7")
    both = BuyersInMemory(ids=frozenset({"C-7"}), by_vat={"DE136695976": ("C-9",)})
    assert customer(body, both) == "C-7"
    assert customer(body, BuyersInMemory(by_vat={"DE136695976": ("C-9",)})) == "C-9"
    assert customer(body, BuyersInMemory()) == "C-7"


@pytest.mark.parametrize("name", ["Liselotte Müller", "Smith", "[Buyer identifier]", "7 Dwarfs"])
def test_a_name_in_place_of_a_number_is_no_id(name: str) -> None:
    found = customer(samples.ubl(buyer_id=name), BuyersInMemory())
    assert found.startswith("e-")
    assert found == customer(samples.ubl(), BuyersInMemory())


def test_several_customers_of_one_vat_number_are_asked_about() -> None:
    store = BuyersInMemory(by_vat={"DE136695976": ("C-1", "C-2")})
    found = made(samples.ubl(), service=EInvoiceService(store, machine_clock))
    assert [one.why for one in found.asked] == ["customers C-1, C-2 all have its VAT number"]
    told = EInvoiceReading(customers={"R-1": "C-2"})
    (row,) = made(samples.ubl(), reading=told).rows
    assert row.debtor.id == "C-2"


def test_the_customer_is_told_with_place_zone_and_language() -> None:
    (row,) = made(samples.CII.encode()).rows
    who = row.debtor
    assert (who.name, who.street, who.postcode, who.town) == (
        "Ma boutique",
        "35 rue X",
        "69001",
        "Lyon",
    )
    assert (who.country, who.zone, who.language) == ("FR", "Europe/Paris", "fr")
    assert (row.reference, row.due) == ("RF18 5390 0754 7034", date(2026, 4, 4))


def test_contact_data_that_cannot_be_right_are_left_out_and_named() -> None:
    body = samples.ubl().replace(b"pay@globex.example", b"write to Bob")
    found = made(body)
    assert found.rows[0].debtor.email == ""
    assert found.notes == ["0.xml: line 2: email of the buyer cannot be right and was left out"]


def test_the_same_invoice_in_two_files_is_one_and_another_content_is_refused() -> None:
    one, other = samples.ubl(), samples.ubl(payable="7.00")
    twice = made(one, one)
    assert (len(twice.rows), [left.why for left in twice.left_out]) == (
        1,
        ["the same invoice as in 0.xml: line 2"],
    )
    assert made(one, other).refused == [
        "1.xml: line 2: R-1: stands in 0.xml: line 2 as well, with other content"
    ]


def test_invoices_to_the_creditor_and_of_other_sellers_are_refused() -> None:
    assert not made(samples.ubl(), company=ACME).refused
    to_us = made(samples.ubl(buyer_vat="DE811907980", seller_vat="DE136695976"), company=ACME)
    assert "which the creditor has to pay" in to_us.refused[0]
    of_others = made(samples.ubl(seller_vat="DE999999999"), company=ACME)
    assert "another seller" in of_others.refused[0]


def test_another_account_and_another_payee_are_named() -> None:
    found = made(samples.CII.encode(), company=ACME)
    assert "another account than letters do" in found.notes[0]


def test_parts_are_of_what_is_to_be_paid() -> None:
    """Of 120.00 were 20.00 paid before: the parts make the other 100.00."""
    (row,) = made(samples.CII.encode()).rows
    assert (row.amount.plain, row.paid) == ("100.00", None)
    assert sum(part.minor for part in row.terms) == row.amount.minor


@pytest.mark.parametrize(
    ("due", "terms", "why"),
    [
        ("2026-02-01", "", "is due on 2026-02-01, before its date 2026-03-05"),
        ("2099-01-01", "", "more than ten years after"),
        ("2026-04-01", "Betrag dankend erhalten", "says that it was paid"),
        ("", "wird abgebucht", "the seller collects it"),
        ("", "", "no due date"),
    ],
)
def test_what_is_not_certain_is_asked(due: str, terms: str, why: str) -> None:
    found = made(samples.ubl(due=due, terms=terms))
    assert not found.rows
    assert why in found.asked[0].why


def test_what_was_agreed_with_the_customer_goes_before_what_is_usual() -> None:
    body = samples.ubl(due="", terms="as agreed", buyer_id="C-7")
    store = BuyersInMemory(agreed={"C-7": "60 days"})
    service, usual = EInvoiceService(store, machine_clock), EInvoiceReading(terms="14 days")
    found = made(body, service=service, reading=usual)
    assert (found.rows[0].due, found.due_from) == (date(2026, 5, 4), {"R-1": "customer"})


def test_what_is_usual_holds_only_where_nothing_else_is_said() -> None:
    usual = EInvoiceReading(terms="14 days")
    assert made(samples.ubl(due="", terms="30 days"), reading=usual).due_from == {"R-1": "text"}
    (row,) = made(samples.ubl(due="", terms="as agreed"), reading=usual).rows
    assert row.due == date(2026, 3, 19)
    assert made(samples.ubl(due="", terms="wird abgebucht"), reading=usual).asked
