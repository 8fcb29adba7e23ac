"""Line items that are one invoice, and documents that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.starter.importing.exports.exporting import GOOD, HEADER, export, left, opened, refusal

ONE = [("R-1", "119.00", "119.00")]
ITEM = f"{HEADER},Description"


@pytest.mark.parametrize(
    ("lines", "how", "amount"),
    [
        (("60.00,Tea", "59.00,Cups"), "", "119.00"),
        (("119.00,Tea", "119.00,Cups"), "total", "119.00"),
        (("50.00,Tea", "50.00,Cups"), "sum", "100.00"),
        (("50.00,Tea", "50.00,Tea"), "sum", "100.00"),
    ],
)
def test_line_items_are_one_invoice(
    tmp_path: Path, lines: tuple[str, ...], how: str, amount: str
) -> None:
    head = GOOD.removesuffix("119.00")
    content = "\n".join((ITEM, *(f"{head}{line}" for line in lines)))
    (row,) = export(tmp_path, content, lines=how, ignored=("Description",)).rows
    assert (row.line, row.amount.plain) == (2, amount)


@pytest.mark.parametrize(
    ("lines", "how", "complaint"),
    [
        (("50.00,Tea", "50.00,Cups"), "", "a part for each line? say total or sum"),
        (("50.00,Tea", "50.00,Tea"), "", "stands in line 2 already, the same line twice"),
        (("50.00,Tea", "60.00,Cups"), "total", "amount: differs from line 2 of the same invoice"),
    ],
)
def test_line_items_that_could_mean_two_things_are_asked_about(
    tmp_path: Path, lines: tuple[str, ...], how: str, complaint: str
) -> None:
    head = GOOD.removesuffix("119.00")
    content = "\n".join((ITEM, *(f"{head}{line}" for line in lines)))
    assert complaint in refusal(tmp_path, content, lines=how, ignored=("Description",))


@pytest.mark.parametrize(
    ("old", "new"), [("C1", "C2"), ("2026-01-02", "2026-01-03"), ("EUR", "USD")]
)
def test_another_invoice_under_the_same_number_is_refused(
    tmp_path: Path, old: str, new: str
) -> None:
    told = refusal(tmp_path, f"{HEADER}\n{GOOD}\n{GOOD.replace(old, new)}\n")
    assert "in.csv:3: number: 'R-1' stands in line 2 already, another invoice" in told


def test_a_line_for_each_due_date_is_an_invoice_in_parts(tmp_path: Path) -> None:
    """C10: as Odoo, SAP and others export an invoice with several due dates, in any order."""
    head = "R-1,C1,2026-01-02"
    content = (
        f"{HEADER},paid\n{head},2026-03-18,EUR,59.00,0.00\n{head},2026-02-01,EUR,60.00,10.00\n"
    )
    (row,) = export(tmp_path, content).rows

    assert (str(row.due), row.amount.plain, row.open.plain) == ("2026-02-01", "119.00", "109.00")
    assert [(str(part.day), part.minor) for part in row.terms] == [
        ("2026-02-01", 6000),
        ("2026-03-18", 5900),
    ]


def test_equal_parts_are_read_where_somebody_says_that_the_lines_make_the_sum(
    tmp_path: Path,
) -> None:
    """C10: 119.00 on each of two due dates might be one total, repeated: that is asked."""
    other = GOOD.replace("2026-02-01", "2026-03-01")
    content = f"{HEADER}\n{GOOD}\n{other}\n"
    assert "whole, or a part for each line? say total or sum" in refusal(tmp_path, content)
    assert "with another due" in refusal(tmp_path, content, lines="total")

    (row,) = export(tmp_path, content, lines="sum").rows
    assert (row.amount.plain, len(row.terms)) == ("238.00", 2)


def test_a_due_date_that_comes_twice_is_no_part(tmp_path: Path) -> None:
    """C10: line items of an invoice in parts cannot be shared out to its due dates."""
    other = GOOD.replace("2026-02-01", "2026-03-01")
    content = f"{HEADER}\n{GOOD}\n{GOOD}\n{other}\n"
    assert "another invoice of this number, with another due" in refusal(
        tmp_path, content, lines="sum"
    )


def test_a_balance_that_each_line_repeats_is_the_invoices(tmp_path: Path) -> None:
    """1,100 and 215 make 1,315, of which all is open: no line alone can have so much."""
    head = GOOD.removesuffix("119.00")
    content = f"{HEADER},balance\n{head}1100.00,1315.00\n{head}215.00,1315.00\n"
    assert opened(export(tmp_path, content)) == [("R-1", "1315.00", "1315.00")]
    doubt = f"{HEADER},balance\n{head}60.00,40.00\n{head}59.00,40.00\n"
    assert "balance: 40.00 stands in each of 2 lines" in refusal(tmp_path, doubt)


CREDIT = f"{HEADER},kind,credits"


@pytest.mark.parametrize(
    ("cells", "amount"),
    [
        ("-30.00,,R-1", "30.00"),
        ("(30.00),,R-1", "30.00"),
        ("30.00,Credit note,R-1", "30.00"),
        ("-30.00,Credit Memo,R-1", "30.00"),
        ("30.00,Gutschrift,R-1", "30.00"),
    ],
)
def test_a_credit_note_is_no_invoice(tmp_path: Path, cells: str, amount: str) -> None:
    head = GOOD.removesuffix("119.00").replace("R-1", "CN-1")
    found = export(tmp_path, f"{CREDIT}\n{GOOD},Invoice,\n{head}{cells}\n")
    assert opened(found) == ONE
    (note,) = found.credits
    assert (note.number, note.invoice, note.amount.plain) == ("CN-1", "R-1", amount)


def test_a_credit_note_that_is_used_up_is_nothing(tmp_path: Path) -> None:
    head = GOOD.removesuffix("119.00").replace("R-1", "CN-1")
    found = export(tmp_path, f"{HEADER},balance\n{GOOD},119.00\n{head}-30.00,0.00\n")
    assert (opened(found), found.credits) == (ONE, ())


def test_another_document_is_named_and_an_unknown_one_asked_about(tmp_path: Path) -> None:
    found = export(tmp_path, f"{CREDIT}\n{GOOD},Payment,\n")
    assert (opened(found), left(found)) == ([], [(2, "no invoice ('Payment')")])
    assert "'Invoyce' is no kind of document" in refusal(tmp_path, f"{CREDIT}\n{GOOD},Invoyce,\n")
