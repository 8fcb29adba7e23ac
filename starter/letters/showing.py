"""Writes a letter to the disk, as a person opens it: page, text, and attachments."""

from __future__ import annotations

import base64
from pathlib import Path

from activities.ports.letter_data import Attachment, Letter
from adapters.runtime.files import write_whole


def letter_standing(letter: Letter) -> str:
    """Put the pictures into the HTML, as a mail program does."""
    html = letter.html
    for attached in letter.attachments:
        if attached.cid:
            html = html.replace(f"cid:{attached.cid}", _in_line(attached))
    return html


def write_letter(letter: Letter, folder: Path, name: str) -> Path:
    """Write a letter and its attachments into a folder; answers the page to open first."""
    page = folder / f"{name}.html" if letter.html else folder / f"{name}.txt"
    write_whole(folder / f"{name}.txt", _as_text(letter).encode())
    if letter.html:
        write_whole(page, letter_standing(letter).encode())
    for attached in letter.attachments:
        if not attached.cid:
            write_whole(folder / f"{name}-{attached.name}", attached.body)
    return page


def _as_text(letter: Letter) -> str:
    return f"Subject: {letter.subject}\n\n{letter.text}" if letter.subject else letter.text


def _in_line(attached: Attachment) -> str:
    body = base64.b64encode(attached.body).decode()
    return f"data:{attached.media_type};base64,{body}"
