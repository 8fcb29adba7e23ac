"""A call's script as a page for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.briefing.call_script import CallScript

TITLES = {
    "beware": "Before you call",
    "ask_for": "Ask for",
    "opening": "How to begin",
    "offer": "If they cannot pay",
    "closing": "How to end",
    "voicemail": "To a machine",
    "to_others": "To anybody else",
}
WHOLE = TITLES | {
    "invoices": "Invoices, ready to be sent again",
    "before": "What was tried and agreed",
    "minor": "What can be put right at once",
    "major": "What needs a talk",
}
ORDER = (
    *("beware", "ask_for", "opening", "invoices", "before", "minor", "major"),
    *("offer", "closing", "voicemail", "to_others"),
)


def script_page(script: CallScript, *, whole: bool = False) -> Iterator[str]:
    """The script; beside a briefing only what that does not say already."""
    titles = WHOLE if whole else TITLES
    for name in ORDER:
        lines = getattr(script, name)
        if name in titles and (lines or name != "beware"):
            yield from section(titles[name], lines)
    yield from ("", "How it went (one command):")
    width = max(len(one.when) for one in script.outcomes)
    for one in script.outcomes:
        yield f"  {one.when:<{width}}  {one_line(one.command)}"


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A title with its lines."""
    yield ""
    yield f"{title}:"
    yield from (f"  - {one_line(line)}" for line in tuple(lines) or ("nothing",))


def one_line(text: str) -> str:
    """What people wrote, in one line that plays no tricks with the terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
