"""Paying online: the sum that the page asks for, at the provider's; coming back settles nothing."""

from __future__ import annotations

from activities.ports.online.provider import PayUnavailableError
from activities.services.online.orders import WantsToPay
from adapters.letters.asked import asked_sum
from adapters.letters.letter import FiguresRow
from adapters.letters.text.locale import clean
from domain.money import Money
from starter.page.acts.turn import PageAct, Turn
from starter.page.forms import Filled, FormError, PageForm

CAME_BACK = "came-back"
_MOST_NUMBERS = 5
"""Invoice numbers that a provider's page shows; more are told by their count."""


def payable(turn: Turn) -> Money | None:
    """Tell what can be paid online now: the sum that the page asks for, if it is one sum."""
    view = turn.view
    if not view.open_states or not turn.pages.online.orders.provider(view.creditor.id):
        return None
    return asked_sum(view.data).alone


def pay_words(turn: Turn, amount: Money) -> str:
    """Offer it."""
    told = turn.gettext("Pay %(amount)s online")
    return told % {"amount": turn.locale.money(amount)}


def _asked(turn: Turn) -> Money:
    amount = payable(turn)
    if amount is None:
        raise FormError(turn.gettext("Nothing can be paid online at the moment."))
    return amount


def _form(turn: Turn, filled: Filled) -> PageForm:
    _, amount, creditor = turn.gettext, _asked(turn), turn.view.creditor
    provider = turn.pages.online.orders.provider(creditor.id)
    return PageForm(
        title=pay_words(turn, amount),
        told=(
            _("You pay on the page of %(provider)s. We see neither your card nor your account.")
            % {"provider": provider},
        ),
        rows=(
            FiguresRow(label=_("Purpose"), value=_title(turn)),
            FiguresRow(label=_("Recipient"), value=clean(creditor.name or creditor.id)),
            FiguresRow(label=_("Amount"), value=turn.locale.money(amount)),
        ),
        button=_("Go on to %(provider)s") % {"provider": provider},
    )


def _begin(turn: Turn, filled: Filled) -> PageForm:
    """Our page sends nobody away by itself, so what opens is a link that the customer presses."""
    _, amount, creditor = turn.gettext, _asked(turn), turn.view.creditor
    wanted = WantsToPay(
        states=turn.view.asked_states,
        amount=amount,
        title=_title(turn),
        language=turn.locale.locale.language,
        return_url=f"{turn.address}/{CAME_BACK}?l={turn.locale.locale.language}",
    )
    try:
        url = turn.pages.online.orders.begin(wanted)
    except PayUnavailableError as error:
        told = _("Paying online does not work at the moment. Please use another way to pay.")
        raise FormError(told) from error
    provider = turn.pages.online.orders.provider(creditor.id)
    return PageForm(
        title=pay_words(turn, amount),
        told=(_("The page to pay is open for half an hour."),),
        link=url,
        link_label=_("Pay %(amount)s at %(provider)s")
        % {"amount": turn.locale.money(amount), "provider": provider},
    )


def _back_form(turn: Turn, filled: Filled) -> PageForm:
    """Whoever comes back may have paid or not: only the provider's own word counts."""
    _ = turn.gettext
    if not turn.view.open_states:
        return PageForm(
            title=_("Thank you"), told=(_("Your payment has arrived. Nothing is open any more."),)
        )
    return PageForm(
        title=_("Thank you"),
        told=(
            _("If you have paid, we hear of it within minutes, and you see it on this page."),
            _("If you have not, nothing was taken from you, and you can pay at any time."),
        ),
    )


def _title(turn: Turn) -> str:
    """What it is for: the invoices' numbers, and nobody's name."""
    numbers = [clean(state.invoice.number) for state in turn.view.asked_states]
    if len(numbers) == 1:
        return turn.gettext("Invoice %(number)s") % {"number": numbers[0]}
    if len(numbers) <= _MOST_NUMBERS:
        return turn.gettext("Invoices %(numbers)s") % {"numbers": ", ".join(numbers)}
    return turn.locale.ngettext("%(n)d invoice", "%(n)d invoices", len(numbers))


PAY = PageAct(name="pay", form=_form, carry_out=_begin)
BACK_FROM_PAYING = PageAct(name=CAME_BACK, form=_back_form, carry_out=_back_form)
