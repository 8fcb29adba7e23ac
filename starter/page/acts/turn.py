"""One request of a customer: what the link shows, in which language, and what the acts share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from activities.cases.waking import ToWake
from activities.services.page.acts import CUSTOMER, PageWord
from activities.services.page.view import PageView
from adapters.letters.text.locale import LetterLocale, clean
from adapters.wiring.customer_page import PageServices
from domain.decision.state import CaseState
from domain.ids import DeliveryRef
from domain.message_types import MessageType
from domain.money import Money, parse_money
from domain.wire import Answer
from starter.application import Application
from starter.page.forms import Filled, FormError, PageField, PageForm

ALL = "all"
"""Chosen where something is said about every invoice of the page."""

_LONGEST = 1500


@dataclass(kw_only=True)
class Turn:
    """One request of a customer.

    Attributes:
        confirmed: the address that was confirmed; empty without one.
        address: where the page stands, as a customer's browser finds it.
        woken: cases that must hear of what was said.
    """

    view: PageView
    locale: LetterLocale
    application: Application
    pages: PageServices
    confirmed: str = ""
    address: str = ""
    woken: list[ToWake] = field(default_factory=list)

    @property
    def by(self) -> str:
        """Who says it."""
        return self.confirmed or CUSTOMER

    def gettext(self, words: str) -> str:
        """Translate a phrase."""
        return self.locale.gettext(words)

    def invoice_field(self, *, all_together: bool = False) -> tuple[PageField, ...]:
        """Ask which invoice is meant, where there are several."""
        states = self.view.open_states
        if len(states) <= 1:
            return ()
        _ = self.gettext
        every = ((ALL, _("All of these invoices")),) if all_together else ()
        names = tuple(
            (str(place), f"{clean(state.invoice.number)}, {self._asked(state)}")
            for place, state in enumerate(states, start=1)
        )
        return (
            PageField(
                name="invoice",
                label=_("Which invoice?"),
                kind="choice",
                choices=(*every, *names),
                is_required=True,
            ),
        )

    def _asked(self, state: CaseState) -> str:
        return self.locale.money(state.statement.total)

    def chosen(self, filled: Filled) -> tuple[CaseState, ...]:
        """Find the invoices that are meant.

        Raises:
            FormError: if there is no such invoice on the page, or none is open.
        """
        states, word = self.view.open_states, filled["invoice"]
        if not states:
            raise FormError(self.gettext("Nothing is open on these invoices."))
        if word == ALL or len(states) == 1:
            return states
        if not word.isdecimal() or not 1 <= int(word) <= len(states):
            raise FormError(self.gettext("Please choose one of the invoices."))
        return (states[int(word) - 1],)

    def word(
        self,
        state: CaseState,
        filled: Filled,
        kind: MessageType,
        body: Mapping[str, Any],
        **more: Any,
    ) -> PageWord:
        """Make a word of the customer to one case; what was empty is left out.

        Files are taken only of whoever confirmed the address: a link may have been found.
        """
        told = {name: value for name, value in body.items() if value not in ("", None)}
        return PageWord(
            id=filled["id"],
            case=state.invoice.case_id,
            kind=kind,
            body=told,
            by=self.by,
            files=filled.files if self.confirmed else (),
            **more,
        )

    def say(self, words: Sequence[PageWord]) -> list[Answer]:
        """Say it, and remember who has to be woken."""
        answers, woken = self.pages.words.say(self.view.link, words)
        self.woken += woken
        return answers

    def ref_of(self, state: CaseState) -> str:
        """Name the message by which the customer came here, as news about it do."""
        link = self.view.link
        if link.channel not in ("email", "sms"):
            return ""
        mine = (item.step for item in link.carried if item.case == state.invoice.case_id)
        return str(DeliveryRef(link.channel, next(mine, "")))


@dataclass(frozen=True, kw_only=True)
class PageAct:
    """Something that customers can do.

    Attributes:
        name: the last part of its address.
        form: makes its form.
        weigh: shows what would follow before it is said, with what is to be agreed to; None where
            nothing is agreed on.
        carry_out: says it, and makes the page that answers.
        needs_address: whether an address must be confirmed first.
    """

    name: str
    form: Callable[[Turn, Filled], PageForm]
    carry_out: Callable[[Turn, Filled], PageForm]
    weigh: Callable[[Turn, Filled], PageForm] | None = None
    needs_address: bool = False


def with_id(form: PageForm, **hidden: str) -> PageForm:
    """Give a form an id of its own: sent twice, it counts once."""
    return replace(form, hidden={"id": str(uuid4()), **form.hidden, **hidden})


def note_of(filled: Filled, name: str = "note") -> str:
    """Read what a customer wrote in several lines."""
    return filled[name].replace("\x00", "")[:_LONGEST].strip()


def money_in(turn: Turn, text: str, currency: str) -> Money | None:
    """Read an amount as people of any country write it; None if nothing is written.

    Raises:
        FormError: if it is no amount.
    """
    plain = text.replace("\u00a0", "").replace(" ", "").removesuffix(currency).strip()
    if not plain:
        return None
    if "," in plain and "." in plain:
        last = max(plain.rfind(","), plain.rfind("."))
        plain = plain[:last].replace(",", "").replace(".", "") + "." + plain[last + 1 :]
    try:
        found = parse_money(plain.replace(",", "."), currency)
    except ValueError:
        found = None
    if found is None or found.minor <= 0:
        told = turn.gettext("Please write the amount with digits, for example 12.50.")
        raise FormError(told)
    return found
