"""The noun `letter`: the next one looked at, changed for once, tried out, sent; those that left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from adapters.runtime.machine import machine_clock
from domain.contact.letter_changes import LetterChange
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.commands.creditor.letter import app
from starter.cli.output import Format, say, show_one, show_rows, show_text
from starter.cli.shapes import show_answer
from starter.views.letter_sheet import LetterSheet, letter_sheet
from starter.views.plain import plain_value
from starter.views.sent_letters import sent_letter_sheet

if TYPE_CHECKING:
    from activities.services.letters.looking import LetterLook

_Now = Annotated[bool, typer.Option("--now", help="As it would leave if it were sent now.")]
_Seen = Annotated[
    str, typer.Option(help="The mark of the letter that was looked at; else as it is now.")
]


@app.command("look")
def look(
    case: o.CaseArgument,
    *,
    now: _Now = False,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Look at the next letter of an invoice as it will leave; nothing is sent by looking.

    Example: amicable letter look 2026-0007 --creditor acme
    """
    application = open_application()
    _show(_look(application, o.case_id(case, creditor), at_once=now), output)


@app.command("sent")
def sent(
    case: o.CaseArgument, *, creditor: o.Creditor = o.CREDITOR, output: o.Output = o.OUTPUT
) -> None:
    """Read what the customer was written about an invoice, word for word, oldest first.

    Example: amicable letter sent 2026-0007 --creditor acme
    """
    application = open_application()
    given = o.case_file_of(application, case, creditor).invoice.case_id
    letters = [sent_letter_sheet(one) for one in application.letter_desk.sent.about(given)]
    if output is not Format.TABLE or not letters:
        show_rows(map(plain_value, letters), output, (), "Nothing has left about this invoice.")
        return
    for one in letters:
        say(f"{one.at:%Y-%m-%d %H:%M} UTC, {one.step} by {one.channel} to {one.to}: {one.result}")
        subject = f"Subject: {one.subject}\n\n" if one.subject else ""
        show_text(f"{subject}{one.text.rstrip() or 'Its words are not known.'}\n")


@app.command("change")
def change(
    case: o.CaseArgument,
    *,
    words: Annotated[str, typer.Option(help="Words of your own, in the letter's language.")] = "",
    instead: Annotated[
        bool, typer.Option("--instead", help="Instead of the letter's first sentences.")
    ] = False,
    to: Annotated[str, typer.Option(help="Another address of the customer.")] = "",
    seen: _Seen = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Change the next letter of an invoice for this once.

    What is said or paid before it leaves makes the change void, and a task says so.

    Example: amicable letter change 2026-0007 --creditor acme --words "Thank you for the talk."
    """
    application, given = open_application(), o.case_id(case, creditor)
    mark = seen or _look(application, given).seen
    wish = LetterChange(passage=words, instead=instead, recipient=to)
    changing = application.letter_desk.changing
    _show(changing.change(given, wish, seen=mark, by=o.somebody(by)), output)


@app.command("undo")
def undo(
    case: o.CaseArgument,
    *,
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Take back what was changed: the letter leaves in its own words.

    Example: amicable letter undo 2026-0007 --creditor acme
    """
    changing = open_application().letter_desk.changing
    _show(changing.undo(o.case_id(case, creditor), o.somebody(by)), output)


@app.command("test")
def try_out(
    case: o.CaseArgument,
    to: Annotated[str, typer.Argument(help="A colleague's address, at the creditor's domain.")],
    *,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Send the next letter of an invoice to a colleague; the customer hears nothing.

    Example: amicable letter test 2026-0007 ann@acme.example --creditor acme
    """
    open_application().letter_desk.changing.try_out(o.case_id(case, creditor), to)
    show_one({"to": to, "sent": True}, output)


@app.command("send")
def send(
    case: o.CaseArgument,
    *,
    seen: _Seen = "",
    by: o.By = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Let the next letter of an invoice leave at once, as it was looked at.

    Example: amicable letter send 2026-0007 --creditor acme
    """
    application, given = open_application(), o.case_id(case, creditor)
    mark = seen or _look(application, given, at_once=True).seen
    changing, key = application.letter_desk.changing, str(uuid4())
    answer, woken = changing.send_now(given, key, seen=mark, by=o.somebody(by))
    application.client.wake([woken.case.invoice.case_id])
    show_answer(given, answer, output)


def _look(application: Application, case_id: str, *, at_once: bool = False) -> LetterLook:
    return application.letter_desk.looking.look(case_id, machine_clock(), at_once=at_once)


def _show(found: LetterLook, output: Format) -> None:
    sheet = letter_sheet(found)
    if output is not Format.TABLE:
        show_one(plain_value(sheet), output)
        return
    subject = f"Subject: {sheet.subject}\n\n" if sheet.subject else ""
    show_text(f"{subject}{sheet.text.rstrip()}")
    for line in _around(sheet):
        say(line)


def _around(sheet: LetterSheet) -> tuple[str, ...]:
    about = f"{sheet.step}, about {', '.join(sheet.invoices)}, {sheet.leaves_at:%Y-%m-%d %H:%M} UTC"
    change = sheet.change
    told = f"changed by {change.by}" if change else "nothing is changed of it"
    if change and change.lapsed:
        told = f"what {change.by} changed counts no longer: {change.lapsed}"
    return (about, f"by {sheet.channel} to {sheet.recipient}; {told}", f"seen {sheet.seen}")
