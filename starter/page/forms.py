"""The forms of the page as values: what is asked, what was shown, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.letters.letter import FiguresRow
from domain.evidence.model import Filed


@dataclass(frozen=True, slots=True, kw_only=True)
class PageField:
    """One question of a form.

    Attributes:
        kind: text, number, date, email, choice, words (several lines), file, or tick.
        choices: value and label of each, for a choice.
        least: the smallest number or the first day; most: the largest or last.
        complete: what a browser may fill in by itself, as HTML names it.
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    least: str = ""
    most: str = ""
    complete: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm:
    """A page of its own with one form.

    Attributes:
        told: sentences above the form; rows: figures under them.
        hidden: what is sent along unseen.
        button: empty where there is nothing to send.
        link: the address of somebody else's page that the customer goes on to; link_label: its
            words.
        problem: why what was sent could not be taken, in words that help.
    """

    title: str
    told: tuple[str, ...] = ()
    rows: tuple[FiguresRow, ...] = ()
    fields: tuple[PageField, ...] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    button: str = ""
    link: str = ""
    link_label: str = ""
    problem: str = ""

    @property
    def has_files(self) -> bool:
        """Whether files are sent along."""
        return any(one.kind == "file" for one in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was sent: each field's text, cleaned of blanks around it, and the files.

    Attributes:
        bad_files: whether a file came along that is not taken.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Filed, ...] = ()
    bad_files: bool = False

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


class FormError(ValueError):
    """What was sent cannot be taken; the text tells the customer why, in their language."""
