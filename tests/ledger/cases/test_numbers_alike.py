"""Two invoices of a creditor never print the same payment reference: the ledger knows (C5, P26)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.stores.cases import SqlCaseFiles
from domain.payments.references import is_reference_taken
from tests.ledger.factories import invoice, opened


def _open(ledger: SqlLedger, creditor: str, *numbers: str) -> list[str]:
    """Open invoices of customers of their own, an hour apart."""
    found = []
    for hours, number in enumerate(numbers):
        made = invoice(creditor, number, customer=f"c-{hours}")
        found.append(
            opened(ledger, replace(made, opened_at=made.opened_at + timedelta(hours=hours)))
        )
    return found


def test_the_invoice_that_was_opened_first_keeps_the_reference(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """T-1 and T1 of two customers are both RF04 T1: T-1 was there first."""
    files = SqlCaseFiles(engine)
    first, second, third = _open(ledger, creditor, "T-1", "T1", "T/01")

    assert files.numbers_alike(first) == ()
    assert files.numbers_alike(second) == ("T-1",)
    assert files.numbers_alike(third) == ("T-1", "T1")


def test_invoices_of_one_instant_are_told_apart_by_their_numbers(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    cases = {number: opened(ledger, invoice(creditor, number)) for number in ("T1", "T-1", "U-2")}
    alike = {number: SqlCaseFiles(engine).numbers_alike(case) for number, case in cases.items()}

    taken = [n for n, others in alike.items() if is_reference_taken(n, "iso11649", others)]
    assert len(taken) == 1
    assert alike["U-2"] == ()


def test_another_creditors_numbers_do_not_count(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    _open(ledger, f"{creditor}-other", "T-1")
    (mine,) = _open(ledger, creditor, "T1")

    assert SqlCaseFiles(engine).numbers_alike(mine) == ()


def test_the_account_sees_the_same_under_its_lock(ledger: SqlLedger, creditor: str) -> None:
    _, second = _open(ledger, creditor, "T-1", "T1")

    with ledger.account_of(second) as account:
        assert account.cases.numbers_alike(second) == ("T-1",)


def test_they_are_found_by_an_index(engine: Engine) -> None:
    """A creditor may have a million invoices; which plan is chosen depends on the statistics."""
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_case_file_digits'")
        ).scalar_one()
    assert "(creditor, ltrim(regexp_replace(" in found
    assert "'[^0-9]'" in found


@pytest.mark.parametrize(
    ("number", "scheme", "earlier", "taken"),
    [
        ("T1", "iso11649", ("T-1",), True),
        ("t1", "iso11649", ("T-1",), True),
        ("T1", "iso11649", ("U-1",), False),
        ("T1", "be", ("U-1",), True),
        ("T1", "be", ("U-01",), True),
        ("T1", "", ("T-1",), False),
        ("ABC", "be", ("DEF",), False),
        ("Ü-1", "iso11649", ("U-1",), False),
    ],
)
def test_a_scheme_says_which_numbers_are_alike(
    number: str, scheme: str, earlier: tuple[str, ...], taken: bool
) -> None:
    assert is_reference_taken(number, scheme, earlier) is taken
