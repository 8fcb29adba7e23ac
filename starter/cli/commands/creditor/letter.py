"""The noun `letter`: checked, previewed, shown as a gallery; nothing is sent."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from activities.ports.letter_data import Letter
from activities.ports.types import LetterError
from adapters.letters.text.catalogue import LANGUAGES, is_spoken
from adapters.runtime.machine import machine_clock
from domain.decision.bundling import TONES
from domain.errors import DomainError
from starter.application import open_application
from starter.cli import options as o
from starter.cli.errors import UsageError
from starter.cli.output import Format, say, show_one, show_rows, show_text

app = typer.Typer(
    help="What customers read: check, preview, look, change, test, send, gallery.",
    no_args_is_help=True,
)

_CHANNELS = ("email", "sms", "paper", "voice", "machine")
Folder = Annotated[Path, typer.Argument(help="A creditor's folder of letters.")]


@app.command("check")
def check(folder: Folder, *, output: o.Output = o.OUTPUT) -> None:
    """Check a creditor's own letters; every fault comes with its file, line and the way out.

    Each letter is then written in every language and tone, for mail, SMS and voice.

    Example: amicable letter check letters/acme
    """
    from starter.letters.checking import problems_in  # noqa: PLC0415 - PDF and codes are slow to load

    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder")
    found = problems_in(folder)
    rows = [{"file": p.file, "line": p.line or None, "reason": p.reason} for p in found]
    if output is not Format.TABLE:
        show_rows(rows, output, ("file", "line", "reason"))
    elif not found:
        show_text("All letters can be written with it.")
    if found:
        lines = "\n".join(f"  {problem}" for problem in found)
        raise DomainError(f"{folder} has {len(found)} faults:\n{lines}")


@app.command("preview")
def preview_(
    case: o.CaseArgument,
    *,
    step: Annotated[str, typer.Option(help="A step's name; the next message if not given.")] = "",
    lang: Annotated[str, typer.Option(help=f"Another language: {', '.join(LANGUAGES)}.")] = "",
    tone: Annotated[str, typer.Option(help=f"Another tone: {', '.join(TONES)}.")] = "",
    channel: Annotated[str, typer.Option(help=f"How: {', '.join(_CHANNELS)}.")] = "",
    on: Annotated[str, typer.Option(help="As on this day, ISO; else on the step's own.")] = "",
    to: Annotated[Path | None, typer.Option(help="Write page, text and files here.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show the letter that a customer would get, as it would stand on the day of its step.

    Nothing is sent and nothing is written down.

    Example: amicable letter preview 2026-0007 --creditor acme --step formal --lang de --open
    """
    from activities.services.previews import PreviewRequest  # noqa: PLC0415 - not for the help

    _spoken(lang)
    _known("--channel", channel, _CHANNELS)
    _known("--tone", tone, TONES)
    application = open_application()
    file = o.case_file_of(application, case, creditor)
    wish = PreviewRequest(
        step=step, language=lang, channel=channel, tone=tone, day=o.day(on, "--on")
    )
    try:
        letter = application.letter_previews.write(file, machine_clock(), wish)
    except LetterError as error:
        raise DomainError(f"this letter cannot be written: {error}") from None
    page = _show(
        letter, to or (Path(tempfile.mkdtemp(prefix="letter-")) if open_ else None), output
    )
    if page and open_:
        typer.launch(str(page))


@app.command("statement")
def statement(
    customer: Annotated[str, typer.Argument(help="Whose account: the creditor's id of it.")],
    *,
    lang: Annotated[str, typer.Option(help=f"Another language: {', '.join(LANGUAGES)}.")] = "",
    channel: Annotated[str, typer.Option(help="How: email, paper or sms.")] = "email",
    on: Annotated[str, typer.Option(help="As on this day, ISO; today if not given.")] = "",
    to: Annotated[Path | None, typer.Option(help="Write page, text and files here.")] = None,
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Write a statement of account: all that a customer has open, with costs and balance.

    Nothing is sent and nothing is written down.

    Example: amicable letter statement C-1001 --creditor acme --channel paper --to statement
    """
    from activities.services.customers.statements import AccountStatementWish  # noqa: PLC0415 - not for the help

    _spoken(lang)
    _known("--channel", channel, ("email", "paper", "sms"))
    wish = AccountStatementWish(
        creditor=creditor,
        customer=customer,
        language=lang,
        channel=channel,
        day=o.day(on, "--on"),
    )
    try:
        letter = open_application().letter_previews.overview(wish, machine_clock())
    except LetterError as error:
        raise DomainError(f"this letter cannot be written: {error}") from None
    _show(letter, to, output)


@app.command("gallery")
def gallery(
    folder: Annotated[Path, typer.Argument(help="Where to put it; made if it is not there.")],
    *,
    output: o.Output = o.OUTPUT,
) -> None:
    """Write every shipped letter as pages to read through: each step, tone and language.

    Example: amicable letter gallery gallery
    """
    from starter.letters.gallery import write_gallery  # noqa: PLC0415 - PDF and codes are slow to load

    page, count = write_gallery(folder)
    show_one({"letters": count, "open": str(page)}, output)


def _known(option: str, word: str, known: tuple[str, ...]) -> None:
    if word and word not in known:
        raise UsageError(f"{option} {word} is none of {', '.join(known)}")


def _spoken(tag: str) -> None:
    if tag and not is_spoken(tag):
        raise UsageError(f"--lang {tag} is none of {', '.join(LANGUAGES)}")


def _show(letter: Letter, folder: Path | None, output: Format) -> Path | None:
    from starter.letters.showing import write_letter  # noqa: PLC0415 - PDF and codes are slow to load

    page = write_letter(letter, folder, "letter") if folder else None
    if output is Format.TABLE:
        subject = f"Subject: {letter.subject}\n\n" if letter.subject else ""
        show_text(f"{subject}{letter.text.rstrip()}")
        names = ", ".join(one.name for one in letter.attachments if not one.cid)
        say(f"With it: {names}" if names else "Nothing goes with it.")
    else:
        show_one(_shape(letter), output)
    if page:
        say(f"Written to {page}")
    return page


def _shape(letter: Letter) -> dict[str, Any]:
    return {
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "attachments": [
            {"name": one.name, "media_type": one.media_type, "size": len(one.body)}
            for one in letter.attachments
        ],
    }
