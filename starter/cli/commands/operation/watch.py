"""The command `watch`: a folder whose files are taken in as they come."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from activities.ports.types import ConflictError
from adapters.runtime.machine import machine_clock
from domain.errors import DomainError
from starter.application import open_application
from starter.cli import files
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.output import say
from starter.importing.einvoices.taking_invoices import reading_of
from starter.importing.files.cells import named
from starter.importing.watching.inbox import WatchedFolder
from starter.importing.watching.taking_files import FileTaker, taken_figures


def watch(
    folder: Annotated[Path, typer.Argument(help="Where bank and billing system put their files.")],
    *,
    creditor: o.Creditor = o.CREDITOR,
    terms: files.UsualTerms = "",
    zone: files.Zone = "UTC",
    profile: files.BankTableProfiles = None,
    every: Annotated[int, typer.Option(min=1, help="Look each so many seconds.")] = 10,
    once: Annotated[bool, typer.Option("--once", help="Take in what is there, and end.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Let live messages go out.")] = False,
) -> None:
    """Take in bank statements and electronic invoices as they come into a folder.

    What was taken in lies in `done`, what could not be in `failed`, with the reason beside it.
    Each file is moved in one step, and taking it in again changes nothing.

    Example: amicable watch /srv/inbox --creditor acme
    """
    application = open_application()
    if application.settings.live and not yes:
        raise UsageError("messages really leave this installation; repeat with --yes to let them")
    own = files.own_profiles(profile)
    taker = FileTaker(application, named(creditor), reading_of(terms, zone, {}), own)
    box, ended = WatchedFolder(folder), threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ended.set())
    with box.held():
        while not ended.is_set():
            _take_all(box, taker, ended)
            if once or ended.wait(every):
                break


def _take_all(box: WatchedFolder, taker: FileTaker, ended: threading.Event) -> None:
    for file in box.waiting(machine_clock()):
        if ended.is_set():
            return
        _take(box, taker, file)


def _take(box: WatchedFolder, taker: FileTaker, file: Path) -> None:
    """Take one file in; what is not its own fault leaves it where it was."""
    working = box.begin(file)
    try:
        told = taker.take_in(file.name, working.read_bytes())
    except (DomainError, ConflictError) as reason:
        box.failed(working, str(reason))
        say(f"{file.name}: failed, see failed/{file.name}.why.txt")
    except BaseException:
        box.later(working)
        raise
    else:
        box.done(working, f"{machine_clock():%Y-%m-%d}")
        figures = ", ".join(f"{name} {count}" for name, count in taken_figures(told).items())
        say(f"{file.name}: done" + (f" ({figures})" if figures else ""))
