"""The command `watch`: invoices and the money for them come in by themselves."""

import os
from pathlib import Path

from tests.adapters.einvoice import samples
from tests.starter.cli.conftest import Shell

STATEMENT = """:20:S
:25:10020030/1234567
:28C:1/1
:60F:C260301EUR100,00
:61:2603020302CR119,00NTRFNONREF
:86:/EREF/E-1/NAME/Globex AG/REMI/USTD//W-2026-1/
:62F:C260302EUR219,00
-"""


def put(folder: Path, name: str, body: bytes) -> None:
    """A file that was written some time ago."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(body)
    os.utime(folder / name, (1_700_000_000, 1_700_000_000))


def test_what_comes_into_a_folder_is_taken_in_and_moved(shell: Shell) -> None:
    """By name: the invoice comes before the statement with its money."""
    folder = shell.folder / "inbox"
    put(folder, "1.xml", samples.ubl("W-2026-1", buyer_id="C-1"))
    put(folder, "2.sta", STATEMENT.encode())
    put(folder, "3.xml", samples.ubl("W-2", "a lot"))
    put(folder, "4.csv", b"number,customer\nX,Y\n")
    said = shell("watch", str(folder), "--creditor", "wa", "--once").err
    assert "1.xml: done (opened 1)" in said
    assert "2.sta: done (entries 1" in said
    assert sorted(one.name for one in (folder / "failed").iterdir()) == [
        "3.xml",
        "3.xml.why.txt",
        "4.csv",
        "4.csv.why.txt",
    ]
    why = (folder / "failed" / "3.xml.why.txt").read_text()
    assert why == "3.xml: line 26: PayableAmount: is no amount\n"
    found = shell("invoice", "show", "invoice/wa/W-2026-1", "-o", "json").json
    assert (found["paid"], found["open"]) == ("119.00", "0.00")
    put(folder, "1.xml", samples.ubl("W-2026-1", buyer_id="C-1"))
    assert "1.xml: done (known 1)" in shell("watch", str(folder), "--creditor", "wa", "--once").err
