"""Electronic invoices on the command line: opened, credited, asked about, and never twice."""

from pathlib import Path
from typing import Any

import pytest

from tests.adapters.einvoice import samples
from tests.starter.cli.conftest import Shell


def put(shell: Shell, name: str, body: bytes) -> str:
    """A file to be read by a command."""
    (shell.folder / name).write_bytes(body)
    return name


def imported(
    shell: Shell, creditor: str, *files: str, more: tuple[str, ...] = ()
) -> dict[str, Any]:
    words = ("invoice", "import", *files, "--creditor", creditor, "-o", "json", *more)
    told: dict[str, Any] = shell(*words).json
    return told


def case(shell: Shell, creditor: str, number: str) -> dict[str, Any]:
    words = ("invoice", "show", f"invoice/{creditor}/{number}", "-o", "json")
    told: dict[str, Any] = shell(*words).json
    return told


def sheet(shell: Shell, creditor: str, number: str) -> dict[str, Any]:
    """All about a case."""
    told: dict[str, Any] = shell("case", "show", f"invoice/{creditor}/{number}", "-o", "json").json
    return told


def test_an_invoice_is_opened_with_what_it_says_and_once(shell: Shell) -> None:
    """The buyer's number is the customer's id; what was prepaid is money that came."""
    body = samples.ubl("E-1", "99.00", prepaid="20.00", buyer_id="C-7")
    file = put(shell, "e1.xml", body)
    told = imported(shell, "ei", file)
    assert (told["opened"], told["started"]) == (1, 1)
    one = case(shell, "ei", "E-1")
    assert (one["customer"], one["amount"], one["paid"], one["open"]) == (
        "C-7",
        "119.00",
        "20.00",
        "99.00",
    )
    assert (one["due"], one["currency"]) == ("2035-04-04", "EUR")
    customer = shell("customer", "show", "C-7", "--creditor", "ei", "-o", "json").json
    assert (customer["name"], customer["email"]) == ("Globex AG", "pay@globex.example")
    again = imported(shell, "ei", file)
    assert (again["opened"], again["known"], again["started"]) == (0, 1, 0)
    assert case(shell, "ei", "E-1")["open"] == "99.00"


def test_other_content_under_a_number_is_refused_and_said(shell: Shell) -> None:
    first = put(shell, "o1.xml", samples.ubl("O-1", buyer_id="C-1"))
    other = put(shell, "o2.xml", samples.ubl("O-1", "150.00", buyer_id="C-1"))
    imported(shell, "oc", first)
    words = ("invoice", "import", other, "--creditor", "oc")
    said = shell(*words, expect=4).err
    assert "o2.xml: line 2: number: O-1 was opened before" in said
    foreseen = imported(shell, "oc", other, more=("--dry-run",))
    assert foreseen["conflicts"] == [
        {"number": "O-1", "where": "o2.xml: line 2", "differs": ["amount"]}
    ]


def test_a_buyer_without_number_gets_an_id_that_tells_nothing(shell: Shell) -> None:
    """The next invoice finds the same customer, also where a number of ours was given once."""
    imported(shell, "nb", put(shell, "n1.xml", samples.ubl("N-1")))
    told = case(shell, "nb", "N-1")
    customer = str(told["customer"])
    assert customer.startswith("e-")
    assert "136695976" not in customer
    imported(shell, "nb", put(shell, "n2.xml", samples.ubl("N-2", buyer_vat="DE 136 695 976")))
    assert case(shell, "nb", "N-2")["customer"] == customer
    named = ("--customer", "N-3=C-88")
    third = put(shell, "n3.xml", samples.ubl("N-3", buyer_vat="ATU12345678"))
    imported(shell, "nb", third, more=named)
    imported(shell, "nb", put(shell, "n4.xml", samples.ubl("N-4", buyer_vat="ATU12345678")))
    assert case(shell, "nb", "N-4")["customer"] == "C-88"


def test_credit_notes_reduce_what_they_name(shell: Shell) -> None:
    """In the same import or later; one that names none is left out and says so."""
    credit = {"root": "CreditNote", "buyer_id": "C-1"}
    files = (
        put(shell, "c1.xml", samples.ubl("K-1", "100.00", buyer_id="C-1")),
        put(shell, "c2.xml", samples.ubl("G-1", "30.00", about="K-1", **credit)),
        put(shell, "c3.xml", samples.ubl("G-2", "5.00", **credit)),
    )
    told = imported(shell, "cn", *files)
    assert (told["opened"], told["credit_notes"]) == (1, 1)
    assert [one["number"] for one in told["left_out"]] == ["G-2"]
    assert case(shell, "cn", "K-1")["open"] == "70.00"
    later = put(shell, "c4.xml", samples.ubl("G-3", "70.00", about="K-1", **credit))
    for _ in range(2):
        imported(shell, "cn", later)
        assert case(shell, "cn", "K-1")["open"] == "0.00"


def test_what_is_not_to_be_paid_is_not_opened(shell: Shell) -> None:
    told = imported(shell, "np", put(shell, "z.xml", samples.ubl("Z-1", "0.00", prepaid="10.00")))
    assert (told["opened"], told["read"]) == (0, 0)
    shell("invoice", "show", "invoice/np/Z-1", expect=3)


def test_without_a_due_date_a_person_is_asked_until_it_is_known(shell: Shell) -> None:
    unclear = samples.ubl("U-1", due="", terms="nach Vereinbarung", buyer_id="C-1")
    file = put(shell, "u1.xml", unclear)
    told = imported(shell, "ud", file)
    assert (told["opened"], [one["number"] for one in told["asked"]]) == (0, ["U-1"])
    tasks = shell("task", "list", "--creditor", "ud", "-o", "json").json
    assert ["nach Vereinbarung" in task["title"] for task in tasks] == [True]
    opened = imported(shell, "ud", file, more=("--terms", "30 days"))
    assert (opened["opened"], opened["due_from"]) == (1, {"U-1": "usual"})
    assert case(shell, "ud", "U-1")["due"] == "2026-04-04"
    assert shell("task", "list", "--creditor", "ud", "-o", "json").json == []


def test_terms_that_were_agreed_with_a_customer_hold(shell: Shell) -> None:
    words = ("customer", "contact", "set", "C-5", "--creditor", "ag")
    shell(*words, "--payment-terms", "as we said", expect=1)
    shell(*words, "--payment-terms", "60 days")
    body = samples.ubl("A-1", due="", terms="as agreed", buyer_id="C-5")
    told = imported(shell, "ag", put(shell, "a1.xml", body), more=("--terms", "14 days"))
    assert told["due_from"] == {"A-1": "customer"}
    assert case(shell, "ag", "A-1")["due"] == "2026-05-04"


def test_the_words_of_an_invoice_tell_its_due_date_and_discount(shell: Shell) -> None:
    words = "10 Tage 3% Skonto, 30 Tage netto"
    told = imported(
        shell, "wd", put(shell, "w1.xml", samples.ubl("W-1", due="", terms=words, buyer_id="C-1"))
    )
    assert told["due_from"] == {"W-1": "text"}
    one = sheet(shell, "wd", "W-1")
    assert one["due"] == "2026-04-04"
    assert (one["discount"]["amount"], one["discount"]["until"]) == ("3.57", "2026-03-16"), (
        "the fifteenth is a Sunday"
    )


def test_the_pdf_is_kept_as_the_copy(shell: Shell) -> None:
    file = put(shell, "f7.pdf", samples.pdf(samples.CII.encode()))
    told = imported(shell, "pf", file)
    assert (told["opened"], told["copies"]) == (1, 1)
    words = ("evidence", "list", "invoice/pf/F-7", "-o", "json")
    assert [(one["name"], one["role"]) for one in shell(*words).json] == [("f7.pdf", "invoice")]
    terms = sheet(shell, "pf", "F-7")["terms"]
    assert [part["due"] for part in terms] == ["2026-04-04", "2026-05-04"]


def test_an_invoice_to_the_creditor_is_never_chased(shell: Shell) -> None:
    about = ('id = "to"', 'name = "Globex AG"', 'email = "pay@globex.example"')
    number = 'tax_number = "DE 136 695 976"'
    shell("creditor", "set", shell.write("to.toml", "\n".join((*about, number))))
    file = put(shell, "to.xml", samples.ubl("T-1"))
    said = shell("invoice", "import", file, "--creditor", "to", expect=1).err
    assert "which the creditor has to pay" in said


def test_one_wrong_file_refuses_all_unless_a_part_may_go_in(shell: Shell) -> None:
    good = put(shell, "p1.xml", samples.ubl("P-1", buyer_id="C-1"))
    bad = put(shell, "p2.xml", samples.ubl("P-2", "a lot"))
    said = shell("invoice", "import", good, bad, "--creditor", "pt", expect=1).err
    assert "p2.xml: line 26: PayableAmount: is no amount" in said
    shell("invoice", "show", "invoice/pt/P-1", expect=3)
    told = imported(shell, "pt", good, bad, more=("--partial",))
    assert (told["opened"], len(told["left_over"])) == (1, 1)


def test_a_dry_run_changes_nothing(shell: Shell) -> None:
    file = put(shell, "d1.xml", samples.ubl("D-1", buyer_id="C-1"))
    told = imported(shell, "dr", file, more=("--dry-run",))
    assert [one["number"] for one in told["would_open"]] == ["D-1"]
    shell("invoice", "show", "invoice/dr/D-1", expect=3)
    table = shell.write(
        "d.csv",
        "number,customer,issued,due,currency,amount\nD-2,C1,2026-01-01,2099-02-01,EUR,1.00\n",
    )
    assert imported(shell, "dr", table, more=("--dry-run",))["would_open"]
    shell("invoice", "show", "invoice/dr/D-2", expect=3)


def test_real_invoices_of_others_come_in_together(shell: Shell, shared_data: Path) -> None:
    """All of a folder: samples share numbers, so only a part goes in; none is opened twice."""
    folder = shared_data / "einvoice" / "xrechnung" / "standard"
    if not folder.is_dir():
        pytest.skip(f"no electronic invoices at {folder}; set AMICABLE_SHARED_DATA")
    files = [str(file) for file in sorted(folder.glob("*.xml"))]
    told = imported(shell, "xr", *files, more=("--partial",))
    again = imported(shell, "xr", *files, more=("--partial",))
    assert told["opened"]
    assert (again["opened"], again["known"]) == (0, told["opened"])
