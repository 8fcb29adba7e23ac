"""What is made to be slow or to unfold costs no more than a bounded time and memory.

Each runs in a process of its own with a bound on the processor's time and on memory: whoever needs
more is ended by the system, whatever else this machine does.
"""

import multiprocessing
import resource
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.fuzz.parsers import CSV, PARSERS, Parser
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
    "a deep policy": ("policy", lambda: b"a = " + b"[" * 100_000),
    "a policy of long keys": ("policy", lambda: b"a." * 100_000 + b"b = 1"),
}


def _taken_already() -> int:
    """Bytes of addresses that a forked process has from its parent, who may have run for long."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def _bounded(parser: Parser, raw: bytes) -> None:
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
