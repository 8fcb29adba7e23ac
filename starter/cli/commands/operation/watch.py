"""The command `watch`: a folder whose files are taken in as they come."""

from __future__ import annotations

import signal
from pathlib import Path
from threading import Event
from typing import Annotated, Any

import typer

from activities.ports.types import ConflictError
from adapters.files.refused import RefusedFileError
from adapters.files.whole import whole_file
from adapters.runtime.machine import machine_clock
from adapters.wiring.billing.connectors import connector_desk
from domain.errors import DomainError
from starter.application import open_application
from starter.cli import files
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.output import say
from starter.importing.einvoices.taking_invoices import reading_of
from starter.importing.files.cells import named
from starter.importing.watching.inbox import WatchedFolder, file_state
from starter.importing.watching.refused_files import RefusedFiles
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

    What was taken in lies in `done`, what could not be in `failed`, with the reason beside it and a
    question on the desk; once it is mended there, it is taken in.
    Each file is moved in one step, and taking it in again changes nothing.

    Example: amicable watch /srv/inbox --creditor acme
    """
    application = open_application()
    if application.settings.live and not yes:
        raise UsageError("messages really leave this installation; repeat with --yes to let them")
    own = files.own_profiles(profile)
    taker = FileTaker(application, named(creditor), reading_of(terms, zone, {}), own)
    desk = connector_desk(application.engine)
    asked = RefusedFiles(desk, named(creditor), machine_clock)
    box, ended = WatchedFolder(folder), Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ended.set())
    with box.held():
        while not ended.is_set():
            _take_all(box, taker, asked, ended)
            if once or ended.wait(every):
                break


def _take_all(box: WatchedFolder, taker: FileTaker, asked: RefusedFiles, ended: Event) -> None:
    """Take in what waits; where one cannot be taken in for now, the others are not held up."""
    away: Exception | None = None
    for file in box.waiting(machine_clock()):
        if ended.is_set():
            return
        try:
            _take(box, taker, asked, file)
        except Exception as error:  # noqa: BLE001 - such as a ledger that does not answer
            away = away or error
    if away:
        raise away


def _take(box: WatchedFolder, taker: FileTaker, asked: RefusedFiles, file: Path) -> None:
    """Take one file in; what is not its own fault leaves it where it was."""
    working = box.begin(file)
    try:
        before = file_state(working)
        told = taker.take_in(file.name, _body(working, file.name))
        is_whole = file_state(working) == before
    except (DomainError, ConflictError) as reason:
        moved = box.failed(working, str(reason))
        asked.ask(file.name, str(reason))
        say(f"{_shown(file)}: failed, see failed/{_shown(moved)}.why.txt")
    except BaseException:
        box.later(working)
        raise
    else:
        if not is_whole:
            box.later(working)
            say(f"{_shown(file)}: is still written to, and waits")
            return
        box.done(working, f"{machine_clock():%Y-%m-%d}")
        asked.answered(file.name)
        _tell(file, told)


def _body(working: Path, name: str) -> bytes:
    try:
        return whole_file(working)
    except RefusedFileError as error:
        raise error.of(name) from None


def _tell(file: Path, told: dict[str, Any]) -> None:
    figures = ", ".join(f"{name} {count}" for name, count in taken_figures(told).items())
    say(f"{_shown(file)}: done" + (f" ({figures})" if figures else ""))


def _shown(file: Path) -> str:
    """A name in one line, whatever signs it is made of."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in file.name)
