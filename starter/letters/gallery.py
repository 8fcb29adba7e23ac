"""Writes every shipped letter as static pages for a person to read through."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from activities.ports.letter_data import LetterData
from adapters.letters.formats.sms import NEVER_SPOKEN, sms_segments
from adapters.letters.text.catalogue import LANGUAGES, choose_language
from adapters.letters.text.template_choice import occasion_of
from adapters.letters.writer import LetterWriter
from starter.letters.notice_samples import free_reminder_samples, notice_samples, notice_writer
from starter.letters.people import pair
from starter.letters.samples import SampleLetter, samples
from starter.letters.showing import letter_standing

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem }}
body {{ padding: 0 1rem }}
nav a {{ margin-right: .8rem }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem }}
article {{ border-top: 1px solid #8886; padding: 1rem 0 }}
</style></head><body>
{body}
</body></html>
"""


def write_gallery(folder: Path) -> tuple[Path, int]:
    """Write all letters below a folder; answers the first page and how many letters there are."""
    letters, count = LetterWriter(), 0
    with TemporaryDirectory() as own:
        formal = notice_writer(Path(own))
        for language in LANGUAGES:
            shown = [_write(letters, folder / language, one) for one in samples(language)]
            private = [
                _write(letters, folder / language / "consumer", one, "consumer/")
                for one in samples(language, consumer=True)
            ]
            demands = (*notice_samples(language), *free_reminder_samples(language))
            laws = [_write(formal, folder / language, one) for one in demands]
            count += len(shown) + len(private) + len(laws)
            parts = {
                _name(language): (_called(letters, language), *shown),
                "To consumers": (_called(letters, language, consumer=True), *private),
                "In the form of a law": laws,
            }
            body = "".join(f"<h1>{html.escape(name)}</h1>{''.join(parts[name])}" for name in parts)
            page = folder / language / "index.html"
            _page(page, language, _name(language), f"{_languages('../')}{body}")
    first = folder / "index.html"
    about = f"<h1>The letters of Amicable</h1><p>{count} letters. {_languages('')}</p>"
    _page(first, "en", "The letters of Amicable", about)
    return first, count


def _write(letters: LetterWriter, folder: Path, sample: SampleLetter, under: str = "") -> str:
    """Write one letter as mail, text, SMS and voice; answers its place in the list."""
    letter = letters.write(sample.data)
    _put(folder / f"{sample.name}.html", letter_standing(letter).encode())
    files = ""
    for attached in letter.attachments:
        if attached not in sample.data.copies and not attached.cid:
            name = f"{sample.name}-{attached.name}"
            _put(folder / name, attached.body)
            files += f' · <a href="{under}{html.escape(name)}">{html.escape(attached.name)}</a>'
    channels = ("sms",) if occasion_of(sample.data) in NEVER_SPOKEN else ("sms", "voice")
    short = "".join(_short(letters, sample.data, channel) for channel in channels)
    return (
        f"<article><h2>{sample.name}</h2>"
        f'<p><a href="{under}{sample.name}.html">{html.escape(letter.subject)}</a>{files}</p>'
        f"{short}"
        f"<details><summary>text</summary><pre>{html.escape(letter.text)}</pre></details></article>"
    )


def _called(letters: LetterWriter, language: str, *, consumer: bool = False) -> str:
    """What whoever takes a call hears before and after the letter's own words."""
    who = pair(language, consumer=consumer)
    call = letters.call_words(who.creditor, who.debtor)
    said = (call.greeting, call.again, call.noted, call.machine)
    return (
        f"<article><h2>call</h2>{''.join(f'<p>{html.escape(one)}</p>' for one in said)}</article>"
    )


def _short(letters: LetterWriter, data: LetterData, channel: str) -> str:
    text = letters.write(replace(data, channel=channel)).text
    size = f", {len(text)} characters, {sms_segments(text)} parts" if channel == "sms" else ""
    return f"<p><small>{channel}{size}</small><br>{html.escape(text)}</p>"


def _languages(up: str) -> str:
    links = "".join(f'<a href="{up}{code}/index.html">{code}</a>' for code in LANGUAGES)
    return f"<nav>{links}</nav>"


def _name(language: str) -> str:
    return choose_language(language).get_display_name("en") or language


def _page(path: Path, language: str, title: str, body: str) -> None:
    page = _PAGE.format(lang=language, title=html.escape(title), body=body)
    _put(path, page.encode())


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
