"""Draws the pages: the overview, a form, and the answer to a link that is none."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from activities.services.page.view import PageView, standing_agreement
from adapters.letters.letter import LetterContent, Picture
from adapters.letters.text.locale import LetterLocale, clean
from adapters.letters.writer import LetterWriter
from starter.page.acts.agreeing import agreed_rows, plan_b_words, title_of, waiting
from starter.page.acts.paying import pay_words, payable
from starter.page.acts.registry import ActLink, main_acts, more_acts
from starter.page.acts.turn import Turn
from starter.page.forms import PageForm
from starter.page.standing import asks_now, lead, news
from starter.page.words import NAMES, page_locale


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePath:
    """Where a page stands.

    Attributes:
        here: the path of the link; query: the language, as it is carried on.
    """

    here: str
    query: str = ""


class PageWriter:
    """Draws pages from what a link shows; the figures are those of letters.

    Args:
        folder: where creditors' folders lie, with their logos.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._letters = LetterWriter(folder)

    @cached_property
    def _environment(self) -> Environment:
        return Environment(
            loader=PackageLoader("starter.page"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )

    @property
    def style_sheet(self) -> str:
        """The page's style."""
        return files("starter.page").joinpath("static", "page.css").read_text(encoding="utf-8")

    def content(self, view: PageView, locale: LetterLocale) -> LetterContent:
        """Write figures, ways to pay and the sender as a letter of today would."""
        debtor = replace(view.debtor, language=locale.tag)
        return self._letters.content(replace(view.data, debtor=debtor))

    def overview(self, turn: Turn, place: PagePath) -> str:
        """Draw the first page."""
        view, content = turn.view, self.content(turn.view, turn.locale)
        is_open, online = bool(view.open_states), payable(turn)
        if not is_open:
            content = replace(content, ways=(), codes=(), pay_note="")
        if online:  # one button: that of the creditor's own address would be a second one
            content = replace(content, ways=tuple(way for way in content.ways if not way.link))
        return self._drawn(
            "first.html",
            turn,
            place,
            content,
            title=_title(turn),
            lead=lead(turn, content),
            news=tuple(news(turn)),
            asks=asks_now(turn),
            open=is_open,
            can_confirm=is_open and view.link.is_of_a_message,
            acts=main_acts(turn),
            more=more_acts(turn),
            copies=tuple(_copies(turn)),
            codes=[_shown(code) for code in content.codes],
            agreed=list(_agreed(turn)),
            online=pay_words(turn, online) if online else "",
        )

    def all_invoices(self, turn: Turn, everything: PageView, place: PagePath) -> str:
        """Draw the statement of all open invoices of the customer."""
        content = self.content(everything, turn.locale)
        rows = tuple(row for table in content.tables for row in table.rows)
        form = PageForm(title=turn.gettext("All my open invoices"), rows=(*rows, *content.totals))
        return self.form(turn, form, place)

    def form(
        self,
        turn: Turn,
        form: PageForm,
        place: PagePath,
        act: str = "",
        links: tuple[ActLink, ...] = (),
    ) -> str:
        """Draw a page with one form that is sent to an act, or the answer to one."""
        content = self.content(turn.view, turn.locale)
        more = {"title": form.title, "form": form, "links": links}
        where = f"{place.here}/{act}{place.query}"
        return self._drawn("form.html", turn, place, content, where=where, **more)

    def unknown(self, wanted: str, accepted: str) -> str:
        """Draw the answer to a link that is unknown, taken back or over: the same for all."""
        locale = page_locale(wanted, accepted)
        _ = locale.gettext
        page = self._environment.get_template("unknown.html")
        return page.render(
            base="",
            language=locale.tag,
            title=_("This link is not valid"),
            told=_("Please answer the letter instead, or call us."),
        )

    def _drawn(
        self, name: str, turn: Turn, place: PagePath, content: LetterContent, **more: Any
    ) -> str:
        page = self._environment.get_template(name)
        return page.render(
            base="",
            _=turn.gettext,
            language=turn.locale.locale.language,
            languages=tuple(NAMES.items()),
            content=content,
            logo=f"{place.here}/logo",
            here=place.here,
            query=place.query,
            confirmed=turn.confirmed,
            **more,
        )


def _title(turn: Turn) -> str:
    states = turn.view.states
    if len(states) == 1:
        number = clean(states[0].invoice.number)
        return turn.gettext("Invoice %(number)s") % {"number": number}
    return turn.locale.ngettext("%(n)d invoice", "%(n)d invoices", len(states))


def _copies(turn: Turn) -> Iterator[dict[str, str]]:
    for place, state in enumerate(turn.view.states, start=1):
        if state.invoice.case_id in turn.view.with_copy:
            words = turn.gettext("Copy of invoice %(number)s (PDF)")
            label = words % {"number": clean(state.invoice.number)}
            yield {"place": str(place), "label": label}


def _agreed(turn: Turn) -> Iterator[dict[str, Any]]:
    waits = {one.state.invoice.case_id: one.weighed.agreed for one in waiting(turn)}
    for state in turn.view.open_states:
        offered = waits.get(state.invoice.case_id)
        agreed = offered or standing_agreement(state.case, state.now)
        if agreed:
            yield {
                "title": title_of(turn, agreed),
                "rows": agreed_rows(turn, state, agreed),
                "plan_b": plan_b_words(turn, state, agreed),
                "accept": "accept" if offered else "",
            }


def _shown(picture: Picture) -> dict[str, str]:
    """A code within the page itself: nothing is asked of anybody else."""
    body = base64.b64encode(picture.body).decode()
    src = f"data:{picture.media_type};base64,{body}"
    return {"src": src, "alt": picture.alt, "caption": picture.caption}
