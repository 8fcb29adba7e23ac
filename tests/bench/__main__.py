"""Measures everything in one run: ``python -m tests.bench``; exit code 1 if a target was missed.

``screens`` measures the console's screens alone, ``large`` one large customer.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TextIO

from adapters.runtime.machine import leave
from tests import servers
from tests.bench import (
    asking,
    console_pages,
    deciding,
    history,
    large_customer,
    memory,
    opening,
    paying,
    rehearsing,
    reporting,
    sending,
    statements,
)
from tests.bench.scale import growing, growing_pages, large_growing, waving
from tests.bench.setup import ground, report
from tests.bench.setup.figures import Figure, table


def main() -> int:
    """Print the table, write the page, and tell whether every target was met."""
    now, before = datetime.now(UTC), os.getloadavg()[0]
    only = sys.argv[1:]
    figures = [] if only else list(_measured())
    if figures:
        report.write(figures, now, (before, os.getloadavg()[0]))
    figures += [] if only == ["screens"] else _large()
    figures += [] if only == ["large"] else _screens()
    _say("", stream=sys.stdout)
    _say(table(figures), stream=sys.stdout)
    _say(f"\nWritten to docs/{report.PAGE.name}.", stream=sys.stdout)
    return int(any(figure.result == "miss" for figure in figures))


def _measured() -> Iterator[Figure]:
    with ground.servers_and_application() as application:
        _say("Opening cases …")
        yield opening.measure(application)
        _say("Living a silent life …")
        yield from history.measure(application.settings)
        _say("Deciding …")
        yield from deciding.measure()
        _say("Rehearsing …")
        yield from rehearsing.measure()
        _say("Filling caches …")
        yield memory.measure(application)
        _say("Sending …")
        yield from sending.measure(application)
        _say("Writing to a customer with 5,000 invoices …")
        yield large_customer.measure(application.engine)
        _say("Posting a payment for 50 invoices …")
        yield from paying.measure(application.engine)
        _say("Matching a bank statement …")
        yield from statements.measure()
        _say("Asking over HTTP …")
        yield from asking.measure(application)
        _say("Giving turns …")
        yield from waving.measure(application.engine)
        _say("Reporting …")
        yield from reporting.measure(application.engine)
        _say("Looking at the console …")
        yield from console_pages.measure(application)
        _say("Growing to a million cases …")
        yield from growing.measure(application.settings.home)


def _large() -> list[Figure]:
    _say("Serving a customer with 10,000 invoices …")
    now, before = datetime.now(UTC), os.getloadavg()[0]
    with servers.session_folder() as folder:
        found = list(large_growing.measure(folder))
    report.write_large(found, now, (before, os.getloadavg()[0]))
    return found


def _screens() -> list[Figure]:
    _say("Looking at the console of a million cases …")
    now, before = datetime.now(UTC), os.getloadavg()[0]
    with servers.session_folder() as folder:
        found = list(growing_pages.measure(folder))
    report.write_screens(found, now, (before, os.getloadavg()[0]))
    return found


def _say(text: str, stream: TextIO = sys.stderr) -> None:
    print(text, file=stream, flush=True)


if __name__ == "__main__":
    leave(main())
