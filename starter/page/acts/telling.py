"""What customers tell by the link alone: paid, a copy please, something is wrong, not me."""

# One thing: what is told without a confirmed address, each form beside what it says.

from __future__ import annotations

from datetime import date, timedelta

from activities.services.page.acts import BY_PAGE
from domain.case.agreement_types import HARDSHIP, Dispute
from domain.case.news import BOUNCED, REPLIED
from domain.decision.state import CaseState
from domain.message_types import MessageType
from starter.page.acts.turn import PageAct, Turn, money_in, note_of, with_id
from starter.page.forms import Filled, FormError, PageField, PageForm

LONGEST_AGO = 366
"""Days: who paid before that is asked to write."""

REASONS = (
    *("invoice_error", "price", "goods", "delivery", "service"),
    *("contract", "not_ours", "payment_method", "missing_information"),
)
"""What may be wrong, by the codes of a dispute, in the order in which it is asked."""


def thanks(turn: Turn, *told: str) -> PageForm:
    """Make the page that answers."""
    return PageForm(
        title=turn.gettext("Thank you, we have noted it"), told=tuple(filter(None, told))
    )


def _paid_form(turn: Turn, filled: Filled) -> PageForm:
    _ = turn.gettext
    told = _(
        "Thank you. Tell us when and how, and we look for the payment. The invoice is settled "
        "once the money has reached our account."
    )
    return with_id(
        PageForm(
            title=_("I have paid"),
            told=(told,),
            fields=(
                *turn.invoice_field(all_together=True),
                *_when_and_how(turn, filled),
                _proof(turn, _("Proof of payment")),
                PageField(name="note", label=_("Anything else?"), kind="words"),
            ),
            button=_("Tell us"),
        )
    )


def _when_and_how(turn: Turn, filled: Filled) -> tuple[PageField, PageField]:
    _, today = turn.gettext, turn.view.today
    when = PageField(
        name="date",
        label=_("On which day?"),
        kind="date",
        value=filled["date"] or today.isoformat(),
        least=(today - timedelta(days=LONGEST_AGO)).isoformat(),
        most=today.isoformat(),
        is_required=True,
    )
    ways = (
        ("transfer", _("Bank transfer")),
        ("debit", _("Direct debit")),
        ("card", _("Card or online")),
        ("other", _("Another way")),
    )
    return when, PageField(name="how", label=_("How?"), kind="choice", choices=ways)


def _proof(turn: Turn, label: str) -> PageField:
    hint = turn.gettext("PDF, PNG or JPEG, up to 10 MB each, five at most.")
    return PageField(name="files", label=label, kind="file", hint=hint)


def _paid(turn: Turn, filled: Filled) -> PageForm:
    """Money is believed when it comes; the ladder waits the days of the policy, once."""
    _, states, day = turn.gettext, turn.chosen(filled), _day(turn, filled)
    words = []
    for state in states:
        is_new = not _was_claimed(state)
        kind = MessageType.IN_FLIGHT if is_new else MessageType.CONTACT_NEWS
        fields = {} if is_new else {"reason": REPLIED, "ref": turn.ref_of(state)}
        detail = f"paid on {day} by {filled['how'] or 'unknown'}\n{note_of(filled)}".strip()
        task = f"the customer says it was paid on {day}: find the money"
        body = {**fields, "note": detail}
        words.append(turn.word(state, filled, kind, body, task=task, detail=detail))
    turn.say(words)
    days = states[0].policy.money.flight_days
    waits = turn.locale.ngettext(
        "We look for it and send no reminder for %(n)d day.",
        "We look for it and send no reminder for %(n)d days.",
        days,
    )
    known = _("A person looks for it; you told us before that it was paid.")
    plan_b = _("If the money has not come by then, we ask you again.")
    told = [known] if all(map(_was_claimed, states)) else [waits, plan_b]
    return thanks(turn, *told)


def _was_claimed(state: CaseState) -> bool:
    """Whether the page was told before that it was paid: a second claim gains no more time."""
    claims = (m for m in state.messages if m.kind is MessageType.IN_FLIGHT and m.channel == BY_PAGE)
    return any(True for _ in claims)


def _day(turn: Turn, filled: Filled) -> date:
    try:
        day = date.fromisoformat(filled["date"])
    except ValueError:
        day = date.max
    if not turn.view.today - timedelta(days=LONGEST_AGO) <= day <= turn.view.today:
        raise FormError(turn.gettext("Please choose the day on which you paid, not a later one."))
    return day


def _copy_form(turn: Turn, filled: Filled) -> PageForm:
    _ = turn.gettext
    return with_id(
        PageForm(
            title=_("Please send me a copy of the invoice"),
            told=(_("You get it at the address to which we wrote, as soon as possible."),),
            fields=turn.invoice_field(all_together=True),
            button=_("Ask for a copy"),
        )
    )


def _copy(turn: Turn, filled: Filled) -> PageForm:
    body = {"reason": "invoice_not_received", "note": "asked for a copy on the page"}
    kind = MessageType.DISPUTE_OPENED
    turn.say([turn.word(state, filled, kind, body) for state in turn.chosen(filled)])
    days = turn.chosen(filled)[0].policy.disputes.quick_fix_days
    told = turn.locale.ngettext(
        "We send the copy within %(n)d day.", "We send the copy within %(n)d days.", days
    )
    return thanks(turn, told, turn.gettext("The due date of the invoice stays as it is."))


def wrong_form(turn: Turn, filled: Filled) -> PageForm:
    """Ask what is wrong: which invoice, which part, why."""
    _ = turn.gettext
    part = _("Only a part? How much? Empty means all of it.")
    files = (_proof(turn, _("Photos or documents")),) if turn.confirmed else ()
    described = PageField(
        name="note",
        label=_("Please describe it in a few words"),
        kind="words",
        value=filled["note"],
        is_required=True,
    )
    amount = PageField(name="amount", label=part, value=filled["amount"])
    return with_id(
        PageForm(
            title=_("Something is wrong with the invoice"),
            told=(_("What you contest is not asked for until it is settled. The rest stays due."),),
            fields=(*turn.invoice_field(), _reason(turn, filled), amount, described, *files),
            button=_("Send"),
        )
    )


def _reason(turn: Turn, filled: Filled) -> PageField:
    _ = turn.gettext
    named = {
        "invoice_error": _("The invoice has a mistake"),
        "price": _("The price is not as agreed"),
        "goods": _("The goods are faulty or wrong"),
        "delivery": _("Something was not delivered, or late"),
        "service": _("The service was not as agreed"),
        "contract": _("There is no contract, or it was cancelled"),
        "not_ours": _("The invoice is not for us"),
        "payment_method": _("We cannot use the ways to pay"),
        "missing_information": _("Something is missing that we need to pay"),
    }
    return PageField(
        name="reason",
        label=_("What is wrong?"),
        kind="choice",
        choices=tuple((code, named[code]) for code in REASONS),
        value=filled["reason"],
        is_required=True,
    )


def wrong(turn: Turn, filled: Filled) -> PageForm:
    """Open a dispute with all that came along."""
    _, state = turn.gettext, turn.chosen(filled)[0]
    if filled["reason"] not in REASONS:
        raise FormError(_("Please choose what is wrong."))
    if not note_of(filled):
        raise FormError(_("Please describe it in a few words"))
    amount = money_in(turn, filled["amount"], state.invoice.amount.currency)
    body = {"reason": filled["reason"], "note": note_of(filled)}
    if amount:
        body |= {"amount": amount.plain, "currency": amount.currency}
    word = turn.word(state, filled, MessageType.DISPUTE_OPENED, body, of_dispute=True)
    (answer,) = turn.say([word])
    if not answer.accepted:
        return thanks(turn, _("We pass it on to a person, who answers you in writing."))
    return _received(turn, state.invoice.case_id, word.key)


def _received(turn: Turn, case_id: str, key: str) -> PageForm:
    """Say that it was received, who looks after it, and until when."""
    _, dispute = turn.gettext, _dispute(turn, case_id, key)
    told = [_("We have received it and look into it.")]
    if dispute and dispute.deadline:
        day = turn.locale.day(dispute.deadline)
        told.append(_("You get an answer in writing by %(day)s.") % {"day": day})
    contact = turn.view.creditor.contact
    if contact:
        told.append(_("%(who)s looks after it.") % {"who": contact})
    if dispute and not dispute.is_minor:
        told.append(_("Until then the part that you contest is not asked for."))
    return thanks(turn, *told)


def _dispute(turn: Turn, case_id: str, key: str) -> Dispute | None:
    """Find a dispute that was just opened."""
    view = turn.pages.shown.look(turn.view.link.id) or turn.view
    cases = (state.case for state in view.states if state.invoice.case_id == case_id)
    known = (one for case in cases for one in (*case.disputes, *case.settled_disputes))
    return next((one for one in known if one.key == key), None)


def _cannot_pay_form(turn: Turn, filled: Filled) -> PageForm:
    _ = turn.gettext
    return with_id(
        PageForm(
            title=_("I cannot pay at the moment"),
            told=(
                _("That can happen. Tell us, and we look for a way together."),
                _("You can also choose a later day or instalments yourself."),
            ),
            fields=(
                *turn.invoice_field(all_together=True),
                PageField(name="note", label=_("What would help you?"), kind="words"),
            ),
            button=_("Tell us"),
        )
    )


def _cannot_pay(turn: Turn, filled: Filled) -> PageForm:
    """Who cannot pay finds an offer, not pressure (P42)."""
    _ = turn.gettext
    body = {"reason": HARDSHIP, "note": note_of(filled)}
    kind = MessageType.DISPUTE_OPENED
    turn.say([turn.word(state, filled, kind, body) for state in turn.chosen(filled)])
    return thanks(
        turn,
        _("A person looks at it and makes you an offer. Until then we send no reminders."),
        _("You can also choose a later day or instalments yourself."),
    )


def _not_me_form(turn: Turn, filled: Filled) -> PageForm:
    _ = turn.gettext
    return with_id(
        PageForm(
            title=_("This is not for me"),
            told=(_("We then write to this address no more, and the link stops working at once."),),
            button=_("This is not for me"),
        )
    )


def _not_me(turn: Turn, filled: Filled) -> PageForm:
    """The address is not the customer's: it is written to no more, and its links end."""
    link = turn.view.link
    task = "somebody says that our message reached the wrong person: find the right address"
    words = []
    for state in turn.view.states:
        ref = turn.ref_of(state)
        body = {"reason": BOUNCED if ref else REPLIED, "ref": ref, "note": "not for them"}
        words.append(turn.word(state, filled, MessageType.CONTACT_NEWS, body, task=task))
    turn.say(words)
    turn.pages.links.not_meant(link)
    return PageForm(
        title=turn.gettext("Thank you for telling us"),
        told=(turn.gettext("We write to this address no more. You can close this page."),),
    )


PAID = PageAct(name="paid", form=_paid_form, carry_out=_paid)
ASK_FOR_COPY = PageAct(name="copy", form=_copy_form, carry_out=_copy)
WRONG = PageAct(name="wrong", form=wrong_form, carry_out=wrong)
WRONG_WITH_FILES = PageAct(
    name="wrong-with-files", form=wrong_form, carry_out=wrong, needs_address=True
)
CANNOT_PAY = PageAct(name="cannot-pay", form=_cannot_pay_form, carry_out=_cannot_pay)
NOT_ME = PageAct(name="not-me", form=_not_me_form, carry_out=_not_me)
