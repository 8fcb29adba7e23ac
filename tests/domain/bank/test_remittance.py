"""Remittance advices: invoices and sums are found in whatever customers write them."""

import pytest

from domain.bank.open_items import OpenItem
from domain.bank.remittance import AdviceFit, ReadAdvice, read_advice
from domain.ids import CaseId
from domain.money import Money


def _item(number: str, minor: int, currency: str = "EUR") -> OpenItem:
    case = str(CaseId("acme", number))
    return OpenItem(case=case, number=number, customer="C-1", open=Money(minor, currency))


ITEMS = (_item("2026-0007", 11900), _item("2026-0008", 120000), _item("INV/9", 5000))


def read(text: str) -> ReadAdvice | None:
    return read_advice((text,), ITEMS)


def lines(text: str) -> list[tuple[str, int]]:
    found = read(text)
    return [(one.number, one.paid.minor) for one in found.lines] if found else []


@pytest.mark.parametrize(
    "text",
    [
        "2026-0007;01.03.2026;119,00\n2026-0008;02.03.2026;1.200,00\n",
        'R,"2026-0007",119.00,2026-03-01\nR,"2026-0008","1,200.00",2026-03-02\n',
        "Invoice 2026-0007   EUR 119.00\nInvoice 2026-0008 of 2 March 2026   EUR 1,200.00",
        "2026-0007\n1 March 2026\n119.00\n2026-0008\n1200.00\n",
        "Nr. 20260007 | 119,00 |\nNr. 2026 0008 | 1 200,00 |",
        "2026-0008: gross 1,200.00 less nothing 0.00\n2026-0007: 119.00",
    ],
)
def test_a_table_is_read_however_its_columns_are_parted(text: str) -> None:
    assert sorted(lines(text)) == [("2026-0007", 11900), ("2026-0008", 120000)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Please send me a copy of 2026-0007.",
        "I pay 119.00 on 1.3.2026",
        "2026-0007 and 2026-0008 are paid, 1,319.00 in all",
        "2026-0007 is due in 30 days",
        "7 119.00\n9 50.00",
    ],
)
def test_what_lists_no_invoice_with_a_sum_is_no_advice(text: str) -> None:
    assert lines(text) == []


def test_a_part_and_too_much_are_told_apart_and_the_sum_is_compared() -> None:
    found = read("2026-0007 100.00\nINV-9 60.00\nTotal 160.00")

    assert found
    assert [(one.number, one.fit) for one in found.lines] == [
        ("2026-0007", AdviceFit.PART),
        ("INV/9", AdviceFit.MORE),
    ]
    assert (found.total, found.agrees) == (Money(16000, "EUR"), True)
    missing = read("2026-0007 119.00\n2026-9999 81.00\nTotal 200.00")
    assert missing
    assert not missing.agrees, "a line of it is not ours, or is paid"


def test_the_longest_of_several_texts_counts() -> None:
    mail, file = "2026-0007 119.00", "2026-0007;119,00\n2026-0008;1200,00\nSumme;1319,00"
    found = read_advice((mail, file), ITEMS)

    assert found
    assert len(found.lines) == 2
    assert found.agrees


def test_yen_have_no_decimals_and_kinds_of_money_are_not_added() -> None:
    items = (_item("Y-100", 5000, "JPY"), *ITEMS)
    found = read_advice(("Y-100  5000\n2026-0007 119.00\n2026-0008 1,200.00",), items)

    assert found
    assert {one.paid.currency for one in found.lines} == {"EUR"}
    assert read_advice(("Y-100 5000",), items[:1])
