"""2,466 real invoices under the shipped policy: what would have been sent, and never too late."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from domain.message_types import MESSAGES_TO_DEBTOR, ActionType
from domain.policy.policy_file import standard_policy
from starter.importing.exports.reader import read_export
from starter.importing.files.invoices import read_invoices
from starter.importing.files.options import ReadOptions
from starter.rehearsal import by_rules
from starter.rehearsal.script import ScriptLine, ScriptPart
from tests.rehearsal import stage

ROOT = Path(__file__).resolve().parents[2]
UNTIL = date(2014, 12, 31)
COLUMNS = {
    "number": "invoiceNumber",
    "customer": "customerID",
    "issued": "InvoiceDate",
    "due": "DueDate",
    "amount": "InvoiceAmount",
    "settled": "SettledDate",
}

Row = dict[str, str]


@pytest.fixture(scope="module")
def invoices(shared_data: Path) -> list[Row]:
    """The file as it is: American dates, leading zeros, no currency."""
    path = shared_data / "receivables" / "ibm_accounts_receivable.csv"
    options = ReadOptions(
        columns=COLUMNS, constants={"currency": "USD"}, date_format="M/D/YYYY", creditor="ibm"
    )
    return [
        {
            "number": row.number,
            "customer": row.debtor.id,
            "issued": row.issued.isoformat(),
            "due": row.due.isoformat(),
            "currency": row.amount.currency,
            "amount": row.amount.plain,
            "settled": row.settled.isoformat() if row.settled else "",
        }
        for row in read_invoices(path, options)
    ]


@pytest.fixture(scope="module")
def cast(invoices: list[Row], tmp_path_factory: pytest.TempPathFactory) -> list[ScriptPart]:
    events = [
        {
            "at": row["settled"],
            "invoice": row["number"],
            "event": "payment",
            "amount": row["amount"],
        }
        for row in invoices
    ]
    rows = [{k: v for k, v in row.items() if k != "settled"} for row in invoices]
    folder = tmp_path_factory.mktemp("receivables")
    return stage.script(folder, rows, events, standard_policy(), UNTIL)


@pytest.fixture(scope="module")
def lines(cast: list[ScriptPart]) -> list[ScriptLine]:
    return by_rules.rehearse_by_rules(cast, standard_policy())


def test_every_invoice_is_read_with_its_leading_zeros(
    invoices: list[Row], shared_data: Path
) -> None:
    path = shared_data / "receivables" / "ibm_accounts_receivable.csv"
    with path.open(encoding="utf-8-sig") as file:
        raw = list(csv.DictReader(file))

    assert len(invoices) == 2466
    assert {row["number"] for row in invoices} == {row["invoiceNumber"] for row in raw}
    assert invoices[0]["number"].startswith("0000")
    month, day, year = (int(part) for part in raw[0]["InvoiceDate"].split("/"))
    assert invoices[0]["issued"] == date(year, month, day).isoformat()


def test_not_one_deed_toward_the_debtor_after_the_settled_date(
    invoices: list[Row], lines: list[ScriptLine]
) -> None:
    """Who has paid is left alone: from the very day the money came."""
    settled = {row["number"]: row["settled"] for row in invoices}
    toward = [
        line
        for line in lines
        if line.deed in MESSAGES_TO_DEBTOR
        or line.deed in (ActionType.HAND_OFF, ActionType.CALL_TASK)
    ]

    assert toward
    assert [line for line in toward if line.at[:10] >= settled[line.invoice]] == []


def test_the_documents_command_reads_all_of_them(shared_data: Path) -> None:
    """With the mapping of docs/real-input.md; the columns that mean nothing are left out."""
    columns = {
        "number": "invoiceNumber",
        "customer": "customerID",
        "issued": "InvoiceDate",
        "due": "DueDate",
        "amount": "InvoiceAmount",
        "settled": "SettledDate",
    }
    options = ReadOptions(
        columns=columns, constants={"currency": "USD"}, date_format="M/D/YYYY", ignored=("*",)
    )
    found = read_export(shared_data / "receivables" / "ibm_accounts_receivable.csv", options)
    assert (len(found.rows), found.left_out, found.refused) == (2466, (), ())
    assert found.rows[0].number == "0000611365"
    assert "Disputed" in found.ignored


def test_every_invoice_ends_paid(lines: list[ScriptLine]) -> None:
    ends = Counter(line.outcome for line in lines if line.deed == ActionType.CLOSE)

    assert ends == {"paid": 2466}


def test_the_documents_table_is_what_comes_out(lines: list[ScriptLine]) -> None:
    """docs/real-input.md shows these counts; a change of rules or policy changes it with them."""
    counted = Counter((line.deed, line.step) for line in lines if line.step)
    page = (ROOT / "docs" / "real-input.md").read_text(encoding="utf-8")
    told = {
        (deed, step): int(count.replace(",", ""))
        for step, deed, count in re.findall(
            r"^\| `([\w-]+)` \| `(\w+)` \| ([\d,]+) \|", page, re.MULTILINE
        )
    }

    assert told == counted


@pytest.mark.timeout(300)
def test_real_workflows_do_the_same_for_a_part_of_them(cast: list[ScriptPart]) -> None:
    some = [part for number, part in enumerate(cast) if number % 100 == 0]
    rules, temporal = stage.both(some, standard_policy())

    assert stage.differences(rules, temporal) == []
