"""What is made to be slow or to unfold costs no more than a bounded time and memory.

Each runs in a process of its own with a bound on the processor's time and on memory: whoever needs
more is ended by the system, whatever else this machine does.
"""

import gc
import multiprocessing
import resource
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import compress

import pytest

from tests.adapters.bank.coda_records import CodaFile
from tests.adapters.bank.test_bank_files import camt
from tests.adapters.bank.test_bank_tables import ING
from tests.adapters.bank.test_mt940_dialects import mt940
from tests.fuzz.parser import Parser
from tests.fuzz.parsers import CSV, PARSERS
from tests.incoming import mails

SECONDS = 20
BYTES = 2 * 2**30
MB = 2**20

BY_NAME = {parser.name: parser for parser in PARSERS}


def _bomb() -> bytes:
    """A spreadsheet of some MB that unfolds to more than half a gigabyte."""
    out = BytesIO()
    with (
        ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as file,
        file.open("xl/workbook.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(520):
            part.write(bytes(MB))
    return out.getvalue()


def _parts(count: int) -> bytes:
    part = b"--B\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    return mails.typed(b"multipart/mixed; boundary=B", part * count + b"--B--\r\n")


def _pdf(content: bytes, pages: int = 1) -> bytes:
    """A PDF of pages that all show one packed content."""
    packed = compress(content, 9)
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        *([page] * pages),
    ]
    body, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (count, rows, end)


_LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(10)
)

LARGE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a mail of 400,000 parts": ("mail", lambda: _parts(400_000)),
    "a mail of 500 envelopes": ("mail", lambda: mails.nested(500)),
    "a header of 1 MB": ("mail", lambda: mails.mail(b"x", b"X: " + b"a " * (MB // 2) + b"\r\n")),
    "100,000 headers": ("mail", lambda: mails.mail(b"x", b"X: y\r\n" * 100_000)),
    "an address of brackets": (
        "mail",
        lambda: mails.mail(b"x", b"Reply-To: " + b"(<" * 100_000 + b"\r\n"),
    ),
    "encoded words": (
        "mail",
        lambda: mails.mail(b"x", b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n"),
    ),
    "a page of tags": ("mail", lambda: mails.typed(b"text/html", b"<div><!--" * 100_000)),
    "a mail of digits": ("mail", lambda: mails.typed(b"text/plain", b"4 " * 500_000)),
    "a mail of quotes": ("mail", lambda: mails.typed(b"text/plain", b"> " * 500_000)),
    "On … wrote": ("mail", lambda: mails.typed(b"text/plain", b"On a, b " * 100_000)),
    "100,000 events": ("events of SendGrid", lambda: b"[" + b"{}," * 100_000 + b"{}]"),
    "deep events": ("events of SendGrid", lambda: b"[" * MB),
    "a long number": ("events of SendGrid", lambda: b"[" + b"9" * MB + b"]"),
    "a deep body": ("body of a request", lambda: b'{"a":' * 200_000),
    "a body of one long number": ("body of a request", lambda: b'{"a": 1' + b"0" * MB + b"}"),
    "a form of many fields": ("form of nobody", lambda: b"a=b&" * 250_000),
    "a deep body for the codec": ("body for the codec", lambda: b'{"payloads":' * 100_000),
    "a token of dots": ("token of a person", lambda: b"." * MB),
    "addresses of many proxies": ("forwarded address", lambda: b"10.0.0.1," * 100_000),
    "one cell of 5 MB": ("file of invoices", lambda: b'number,customer\n"' + b"x" * 5 * MB),
    "a line of many cells": ("file of invoices", lambda: b"," * 2 * MB),
    "a header of many names": ("file of invoices", lambda: b"a," * 100_000),
    "a line longer than its header": ("file of invoices", lambda: CSV.encode() + b";" * 2 * MB),
    "lines of quotes": ("file of invoices", lambda: b'"\n' * MB),
    "amounts of digits": (
        "file of payments",
        lambda: b"id,amount,currency\nB," + b"1" * MB + b",EUR\n",
    ),
    "a spreadsheet that unfolds": ("file of invoices", _bomb),
    "a PDF that unfolds": ("remittance advice", lambda: _pdf(b" " * 200 * MB)),
    "a PDF of strings": ("remittance advice", lambda: _pdf(b"(x)Tj " * 5 * MB, pages=10)),
    "a PDF of brackets": ("remittance advice", lambda: _pdf(b"[" * 10 * MB)),
    "a PDF of many pages": ("remittance advice", lambda: _pdf(b"q Q", pages=5_000)),
    "an advice of digits": ("remittance advice", lambda: b"1 " * MB),
    "an advice of one long number": ("remittance advice", lambda: b"2026-" + b"7" * MB),
    "a camt that laughs": (
        "bank's file",
        lambda: camt().replace(b"?>", b"?><!DOCTYPE Document [" + _LAUGHS + b"]>", 1),
    ),
    "a deep camt": (
        "bank's file",
        lambda: camt().replace(b"<GrpHdr>", b"<GrpHdr>" + b"<a>" * 500_000, 1),
    ),
    "a camt of one long sum": (
        "bank's file",
        lambda: camt().replace(b"150.00", b"1" * MB + b".00"),
    ),
    "an MT940 of tags": ("bank's file", lambda: b":20:X\n" + b":61:\n" * 300_000),
    "a file of empty lines": ("bank's file", lambda: b"\n" * MB),
    "a BAI2 of empty lines": ("bank's file", lambda: b"01,BANK" + b"\n" * MB),
    "a purpose of empty lines": ("bank's file", lambda: mt940(":86:" + "\n" * MB)),
    "a purpose of dashes": ("bank's file", lambda: mt940(":86:" + "-\n" * (MB // 4))),
    "a CODA of one record": (
        "bank's file",
        lambda: CodaFile().text().encode() + b"21" + b"x" * 5 * MB,
    ),
    "a table of a long cell": ("bank's file", lambda: ING.encode() + b'"' + b"x" * 5 * MB),
    "an archive that unfolds": ("bank's file", _bomb),
    "deep news": ("news of Stripe", lambda: b"[" * MB),
    "a deep policy": ("policy", lambda: b"a = " + b"[" * 100_000),
    "a policy of long keys": ("policy", lambda: b"a." * 100_000 + b"b = 1"),
}


def _taken_already() -> int:
    """Bytes of addresses that a forked process has from its parent, who may have run for long."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def _bounded(parser: Parser, raw: bytes) -> None:
    gc.freeze()  # what the parent gathered in its tests is not looked through on the child's time
    most = _taken_already() + BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        parser.read(raw)
    except parser.no:
        return


@pytest.mark.parametrize("what", LARGE)
def test_it_is_taken_or_refused_within_bounds(what: str) -> None:
    name, make = LARGE[what]
    # Forked: what was imported is shared, and the limits are the child's alone.
    child = multiprocessing.get_context("fork").Process(
        target=_bounded, args=(BY_NAME[name], make())
    )
    child.start()
    child.join()
    assert child.exitcode == 0, f"{what} took {name} more than {SECONDS} s or {BYTES} bytes"
