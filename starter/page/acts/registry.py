"""Every act of the page, with the words by which it is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from activities.services.page.view import PageView
from starter.page.acts.address import CONFIRM_ADDRESS, LANGUAGE, NO_TEXTS, OTHER_CONTACT
from starter.page.acts.agreeing import ACCEPT, PLAN, PROMISE
from starter.page.acts.paying import BACK_FROM_PAYING, PAY
from starter.page.acts.telling import (
    ASK_FOR_COPY,
    CANNOT_PAY,
    NOT_ME,
    PAID,
    WRONG,
    WRONG_WITH_FILES,
)
from starter.page.acts.turn import PageAct, Turn

ACTS: Mapping[str, PageAct] = MappingProxyType(
    {
        act.name: act
        for act in (
            *(PAID, PROMISE, PLAN, WRONG, WRONG_WITH_FILES, ASK_FOR_COPY, CANNOT_PAY),
            *(ACCEPT, CONFIRM_ADDRESS, OTHER_CONTACT, NO_TEXTS, LANGUAGE, NOT_ME),
            *(PAY, BACK_FROM_PAYING),
        )
    }
)
"""By the last part of their address."""

STATEMENT = "statement"
"""The page of all invoices; it is looked at, not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLink:
    """An act as it is offered."""

    name: str
    label: str
    about: str = ""


def main_acts(turn: Turn) -> tuple[ActLink, ...]:
    """List what is offered first, while something is open."""
    _ = turn.gettext
    offered = (
        (PAID, _("I have paid"), _("We look for the payment")),
        (PROMISE, _("I pay on another day"), _("Choose a day yourself")),
        (PLAN, _("Pay in instalments"), _("See every date and sum first")),
        (CANNOT_PAY, _("I cannot pay at the moment"), _("We look for a way together")),
        (
            WRONG,
            _("Something is wrong with the invoice"),
            _("That part is not asked for until it is settled"),
        ),
        (ASK_FOR_COPY, _("I need a copy of the invoice"), _("We send it to you")),
    )
    return tuple(
        ActLink(name=act.name, label=label, about=about)
        for act, label, about in offered
        if act is not ASK_FOR_COPY or not _has_all_copies(turn.view)
    )


def more_acts(turn: Turn) -> tuple[ActLink, ...]:
    """List what is offered at the end of the page."""
    _ = turn.gettext
    confirm = ActLink(name=CONFIRM_ADDRESS.name, label=_("Confirm my address, to do everything"))
    return (
        *(() if turn.confirmed else (confirm,)),
        ActLink(name=STATEMENT, label=_("All my open invoices")),
        ActLink(name=WRONG_WITH_FILES.name, label=_("Send photos or documents to a complaint")),
        ActLink(name=OTHER_CONTACT.name, label=_("Another person takes care of invoices")),
        ActLink(name=LANGUAGE.name, label=_("Write to me in another language")),
        ActLink(name=NO_TEXTS.name, label=_("No more text messages")),
        ActLink(name=NOT_ME.name, label=_("This is not for me")),
    )


def _has_all_copies(view: PageView) -> bool:
    return all(state.invoice.case_id in view.with_copy for state in view.open_states)
