"""The noun `bank`: statements taken in, and what became of the money in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from activities.cases.waking import ToWake
from activities.ports.bank.store import EntryState
from activities.services.bank.entries import Decided
from activities.services.bank.statements import TakenIn
from adapters.bank.bank_files import BankProfiles, read_bank_file
from adapters.files.whole import whole_file
from domain.bank.statement import BankStatement
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.files import BankTableProfiles, own_profiles
from starter.cli.output import Format, say, show_one, show_rows
from starter.cli.progress import bar
from starter.importing.intake.starting import wake_all
from starter.views.bank_lines import account_line, entry_line, entry_sheet, taken_line

app = typer.Typer(
    help="Bank statements: import, list, show, assign, undo, dismiss.", no_args_is_help=True
)
_COLUMNS = ("entry", "booked", "amount", "currency", "state", "customer", "reason", "why")
_ACCOUNTS = ("account", "known_until", "closing", "currency", "waits", "imported_at")

_Entry = Annotated[str, typer.Argument(help="The entry's id, as `bank list` shows it.")]


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="Statements: camt, MT940, MT942, BAI2, OFX, CODA, CSV, or a ZIP."),
    ],
    *,
    unbalanced: Annotated[
        bool,
        typer.Option("--unbalanced", help="Take in statements whose entries do not add up, too."),
    ] = False,
    profile: BankTableProfiles = None,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Take in bank statements; repeating it, or files that overlap, changes nothing.

    Money goes by itself to the invoices whose printed reference or numbers it names; the rest is
    asked about, and whoever may have paid is not chased meanwhile. A file with an error, or whose
    entries do not lead from one balance to the other, is refused, and nothing of any file is taken.

    Example: amicable bank import statement.xml --creditor acme
    """
    own = own_profiles(profile)
    statements = [found for file in files for found in _read(file, own)]
    application = open_application()
    with bar() as report:
        taken = application.bank.statements.take_in(
            creditor, statements, unbalanced=unbalanced, report=report
        )
        woken = _wake(application, taken.woken)
    _tell(taken)
    show_one({**taken_line(taken), "woken": woken}, output)


@app.command("match")
def match_(
    *,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Look anew for the invoices of money that waits; every import does so, too.

    Example: amicable bank match --creditor acme
    """
    application = open_application()
    taken = application.bank.statements.match_again(creditor)
    woken = _wake(application, taken.woken)
    show_one({"posted": dict(taken.posted), "reversed": taken.reversed, "woken": woken}, output)


@app.command("list")
def list_(
    *,
    state: Annotated[
        list[EntryState] | None, typer.Option(help="Only in this state; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """List money that came into the bank or went back, newest first, and what became of it.

    Example: amicable bank list --creditor acme --state open -o json
    """
    rows = open_application().bank.entries.entries(creditor, state or (), limit)
    show_rows([entry_line(row) for row in rows], output, _COLUMNS, "No money fits.")


@app.command()
def show(entry: _Entry, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT) -> None:
    """Show one entry with what the payer wrote, and what it may be meant for.

    Example: amicable bank show 20261103-0a1b2c3d4e5f6071 --creditor acme
    """
    show_one(entry_sheet(open_application().bank.entries.show(creditor, entry)), output)


@app.command()
def assign(
    entry: _Entry,
    invoices: Annotated[list[str], typer.Argument(help="The invoices that it pays.")],
    *,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Say which invoices of one customer an entry pays; they are paid in this order.

    Example: amicable bank assign 20261103-0a1b2c3d4e5f6071 2026-0007 --creditor acme
    """
    application = open_application()
    decided = application.bank.entries.assign(creditor, entry, invoices, o.somebody(by))
    _show_decided(application, decided, output)


@app.command()
def dismiss(
    entry: _Entry,
    *,
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Say that an entry is no customer's money, or that it was dealt with elsewhere.

    Example: amicable bank dismiss 20261103-0a1b2c3d4e5f6071 --note "refund of taxes"
    """
    application = open_application()
    decided = application.bank.entries.dismiss(creditor, entry, o.somebody(by), note)
    _show_decided(application, decided, output)


@app.command()
def undo(
    entry: _Entry,
    *,
    note: o.Note = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Take back what became of an entry: its invoices are owed again, and a person is asked.

    Nothing is done with it by itself any more.

    Example: amicable bank undo 20261103-0a1b2c3d4e5f6071 --creditor acme
    """
    application = open_application()
    decided = application.bank.entries.undo(creditor, entry, o.somebody(by), note)
    _show_decided(application, decided, output)


@app.command()
def accounts(
    *,
    stop: Annotated[
        str, typer.Option(help="Wait no more for statements of this account, such as a closed one.")
    ] = "",
    resume: Annotated[str, typer.Option(help="Wait for statements of this account again.")] = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """List bank accounts, and up to which day each is known: no money is asked for on older data.

    Example: amicable bank accounts --creditor acme
    """
    bank = open_application().bank.entries
    for account, on in ((stop, False), (resume, True)):
        if account:
            bank.set_active(creditor, account, on=on)
    rows = [account_line(one) for one in bank.accounts(creditor)]
    show_rows(rows, output, _ACCOUNTS, "No statement came in yet.")


def _read(file: Path, own: BankProfiles) -> list[BankStatement]:
    return read_bank_file(file.name, whole_file(file), own)


def _show_decided(application: Application, decided: Decided, output: Format) -> None:
    row, woken = decided
    _wake(application, woken)
    show_one(entry_sheet(row), output)


def _wake(application: Application, woken: Iterable[ToWake]) -> int:
    cases = {one.case.invoice.case_id: one for one in woken}
    if not cases:
        return 0
    runs = application.runs
    with bar() as report:
        return application.runner.run(wake_all(runs, cases.values(), report))


def _tell(taken: TakenIn) -> None:
    for gap in taken.gaps:
        say(
            f"{gap.account}: between {gap.before.day} and {gap.after.day} a statement is missing: "
            f"{gap.money} moved and stand in none"
        )
    for account, owner in taken.left_out.items():
        say(f"{account} is {owner}'s account, and is left out")
    if taken.asked:
        say(f"{taken.asked} wait for a person; see `amicable bank list --state open`")
