"""The command `watch`: invoices and the money for them come in by themselves."""

import io
import os
import zipfile
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


NEITHER = (
    "is neither a bank statement nor an electronic invoice; tables are imported by hand, once "
    "somebody has looked at their columns"
)
LONG_AGO = 1_700_000_000


def put(folder: Path, name: str, body: bytes, at: int = LONG_AGO) -> None:
    """A file that was written some time ago."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(body)
    os.utime(folder / name, (at, at))


def asked(shell: Shell, creditor: str) -> list[str]:
    """Why files wait for a person."""
    rows = shell("task", "list", "--creditor", creditor, "-o", "json").json
    mine = (row for row in rows if row["key"].startswith(f"file/{creditor}/"))
    return sorted(" ".join(row["detail"].splitlines()[:-1]) for row in mine)


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
    assert asked(shell, "wa") == [
        "3.xml 3.xml: line 26: PayableAmount: is no amount",
        f"4.csv 4.csv {NEITHER}",
    ]
    put(folder / "failed", "3.xml", samples.ubl("W-2", buyer_id="C-2"), LONG_AGO + 9)
    assert "3.xml: done (opened 1)" in shell("watch", str(folder), "--creditor", "wa", "--once").err
    assert len(asked(shell, "wa")) == 1
    put(folder, "1.xml", samples.ubl("W-2026-1", buyer_id="C-1"))
    assert "1.xml: done (known 1)" in shell("watch", str(folder), "--creditor", "wa", "--once").err


def test_no_file_holds_up_those_behind_it(shell: Shell) -> None:
    """Nothing, too much, what is neither, an archive of both, a name that plays tricks."""
    folder = shell.folder / "odd"
    put(folder, "1.sta", b"")
    put(folder, "2.sta", b"x")
    with (folder / "2.sta").open("r+b") as file:
        file.truncate(3_000_000_000)  # takes no place on the disk
    os.utime(folder / "2.sta", (LONG_AGO, LONG_AGO))
    put(folder, "3.zip", archive(("a.sta", STATEMENT.encode()), ("b.txt", b"hello")))
    put(folder, "4\n.txt", b"hello")
    put(folder, "5.sta", STATEMENT.encode().replace(b":62F:C260302EUR219,00\n", b""))
    put(folder, "6.sta", STATEMENT.encode())
    said = shell("watch", str(folder), "--creditor", "wo", "--once").err
    assert "6.sta: done (entries 1, asked 1)" in said
    assert "4\ufffd.txt: failed" in said
    whys = asked(shell, "wo")
    assert [whys[0], whys[1], whys[3]] == [
        "1.sta 1.sta is empty: nothing was written to it",
        "2.sta 2.sta: is larger than 200 MB",
        f"4 .txt 4 .txt {NEITHER}",
    ]
    assert "3.zip: b.txt: is none of camt.052" in whys[2]
    assert "5.sta line 1: the statement of 10020030/1234567" in whys[4]
    assert "ends without a closing balance" in whys[4]


def archive(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, body in files:
            made.writestr(name, body)
    return packed.getvalue()
