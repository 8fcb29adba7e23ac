"""What customers agree to on their page: a day, instalments, a plan or an offer of ours (P50, P53).

Before anything is agreed its page shows what is promised, what is checked when, and what follows
if it is not kept; what was shown is what is agreed to, and is kept word by word.
"""

# One thing: what is agreed on a page, from the form over its Plan B to the word that is said.

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from activities.services.page.acts import Weighed, accepted_text, weighed
from activities.services.page.view import standing_agreement
from adapters.letters.agreed import agreed_on_all, who_goes_on
from adapters.letters.letter import FiguresRow
from adapters.letters.text.locale import clean
from domain.agreements.plans import PlanState, plan_state
from domain.agreements.reducer import Agreement
from domain.case.agreement_types import Plan, Promise, Settlement
from domain.decision.state import CaseState
from domain.message_types import MessageType
from domain.money import Money
from starter.page.acts.telling import thanks
from starter.page.acts.turn import PageAct, Turn, with_id
from starter.page.forms import Filled, FormError, PageField, PageForm

MOST_ON_PAGE = 24
"""Instalments that the page's calculator offers; more are agreed with a person."""

WEIGHED, SEEN = "weighed", "seen"


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A word that would make an agreement, and what would follow from it."""

    state: CaseState
    kind: MessageType
    body: dict[str, Any]
    weighed: Weighed


def _offered(state: CaseState, kind: MessageType, body: dict[str, Any]) -> Offered:
    return Offered(state=state, kind=kind, body=body, weighed=weighed(state, kind, body))


def plan_b_words(turn: Turn, state: CaseState, agreed: Agreement) -> str:
    """Tell when an agreement is checked, and what follows if it is not kept."""
    _, day, next_ = turn.gettext, _last_day(state, agreed), who_goes_on(state.case, agreed)
    if isinstance(agreed, Plan):
        words = _(
            "If an instalment does not come, we write the same day. If the first one has not come "
            "by %(day)s, the plan is over and the whole balance is due at once; the same goes for "
            "the others. Deliveries are then for payment in advance only."
        )
    elif isinstance(agreed, Settlement):
        words = _("If the money is not here by %(day)s, the offer ends and all of it stays owed.")
    elif next_:
        words = _(
            "If the money is not here by %(day)s, we write and call the same day, and deliveries "
            "are for payment in advance only."
        )
    else:
        words = _(
            "If the money is not here by %(day)s, we write and call the same day, deliveries are "
            "for payment in advance only, and the reminders go on where they stood."
        )
    told = words % {"day": turn.locale.day(day)}
    return f"{told} {_who_goes_on(turn, next_)}".strip()


def _who_goes_on(turn: Turn, next_: str) -> str:
    """The Plan B that an agreement named for itself; empty where the ladder goes on."""
    _ = turn.gettext
    if next_ == "agency":
        return _(
            "If this invoice is still unpaid after the new date that we then set, we will pass it "
            "to a collection agency."
        )
    if next_ == "lawyer":
        return _(
            "If this invoice is still unpaid after the new date that we then set, our lawyer will "
            "write to you."
        )
    if next_ == "person":
        return _(
            "If this invoice is still unpaid after the new date that we then set, a member of our "
            "team will decide with you how to proceed."
        )
    return ""


def _last_day(state: CaseState, agreed: Agreement) -> date:
    end = agreed.cures[0] if isinstance(agreed, Plan) else agreed.plan_b.check_at
    return state.calendar.local_date(end) - timedelta(days=1)


def agreed_rows(turn: Turn, state: CaseState, agreed: Agreement) -> tuple[FiguresRow, ...]:
    """List what an agreement says: sums and days."""
    _, currency = turn.gettext, state.invoice.amount.currency

    def money(minor: int) -> str:
        return turn.locale.money(Money(minor, currency))

    number = FiguresRow(label=_("Invoice"), value=clean(state.invoice.number))
    if isinstance(agreed, Plan):
        parts = (
            FiguresRow(label=turn.locale.day(part.day), value=money(part.minor))
            for part in agreed.parts
        )
        whole = sum(part.minor for part in agreed.parts)
        return (number, *parts, FiguresRow(label=_("In all"), value=money(whole), weight="total"))
    sum_ = agreed_on_all(state.case) if agreed.amount is None else agreed.amount
    label = _("Settles it all") if isinstance(agreed, Settlement) else _("To be paid")
    return (
        number,
        FiguresRow(label=label, value=money(sum_), weight="total"),
        FiguresRow(label=_("At the latest on"), value=turn.locale.day(agreed.day)),
    )


def title_of(turn: Turn, agreed: Agreement) -> str:
    """Name an agreement."""
    _ = turn.gettext
    if isinstance(agreed, Plan):
        return _("Instalments")
    return _("Our offer") if isinstance(agreed, Settlement) else _("A day for the payment")


def _text_of(form: PageForm) -> str:
    """The exact text that stood on the page, as it is kept and compared."""
    rows = (f"{row.label}: {row.value}" for row in form.rows)
    return "\n".join((form.title, *form.told, *rows))


def _seen(form: PageForm) -> str:
    return hashlib.sha256(_text_of(form).encode()).hexdigest()[:32]


def _shown(turn: Turn, title: str, offers: Sequence[Offered], button: str) -> PageForm:
    """What would be agreed, with its Plan B, before anybody agrees to it."""
    made = [(one.state, one.weighed.agreed) for one in offers if one.weighed.agreed]
    rows = tuple(row for state, agreed in made for row in agreed_rows(turn, state, agreed))
    told = dict.fromkeys(plan_b_words(turn, state, agreed) for state, agreed in made)
    return PageForm(title=title, told=tuple(told), rows=rows, button=button)


def _agree(turn: Turn, filled: Filled, shown: PageForm, offers: Sequence[Offered]) -> PageForm:
    """Say what was agreed to, with the very text; another one than was shown is shown anew."""
    _ = turn.gettext
    if filled[SEEN] != _seen(shown):
        told = _("Something has changed meanwhile; please look at it once more.")
        return replace(_to_be_agreed(shown, filled), problem=told)
    at = f"{turn.view.states[0].now:%Y-%m-%d %H:%M} UTC"
    kept = accepted_text(_text_of(shown), turn.by, turn.view.link, at)
    answers = turn.say(
        [replace(turn.word(one.state, filled, one.kind, one.body), files=(kept,)) for one in offers]
    )
    if not all(answer.accepted for answer in answers):
        return thanks(turn, _("We pass it on to a person, who answers you in writing."))
    done = thanks(turn, _("You get a confirmation in writing."), *shown.told)
    return replace(done, rows=shown.rows)


def _to_be_agreed(shown: PageForm, filled: Filled) -> PageForm:
    """The page with the button that agrees, and what was filled in, unseen."""
    hidden = {name: value for name, value in filled.values.items() if name != SEEN}
    return replace(shown, hidden={**hidden, WEIGHED: "yes", SEEN: _seen(shown)})


def _refused(turn: Turn, offers: Sequence[Offered], form: PageForm) -> PageForm | None:
    """What cannot be agreed here is said so, with the way out; None if all of it can."""
    _ = turn.gettext
    if any(one.weighed.needs_approval for one in offers):
        told = _("We cannot agree to this here. Please write or call: a person decides.")
        return replace(form, problem=told)
    if any(one.weighed.refused or one.weighed.agreed is None for one in offers):
        return replace(form, problem=_("This is not possible; please choose other days or sums."))
    return None


def _promise_form(turn: Turn, filled: Filled) -> PageForm:
    _ = turn.gettext
    return with_id(
        PageForm(
            title=_("I pay on another day"),
            told=(_("Choose a day on which the money is here. You see first what it means."),),
            fields=(*turn.invoice_field(all_together=True), _promised_day(turn, filled)),
            button=_("Show me what it means"),
        )
    )


def _promised_day(turn: Turn, filled: Filled) -> PageField:
    """A day within the policy."""
    _, today = turn.gettext, turn.view.today
    longest = min(state.policy.agreements.longest_promise_days for state in turn.view.states)
    last = today + timedelta(days=longest)
    return PageField(
        name="date",
        label=_("On which day is the money here?"),
        kind="date",
        value=filled["date"],
        least=today.isoformat(),
        most=last.isoformat(),
        hint=_("Until %(day)s at the latest.") % {"day": turn.locale.day(last)},
        is_required=True,
    )


def _promises(turn: Turn, filled: Filled) -> list[Offered]:
    body = {"date": filled["date"]}
    return [_offered(state, MessageType.PROMISE, body) for state in turn.chosen(filled)]


def _weigh_promise(turn: Turn, filled: Filled) -> PageForm:
    offers, _ = _promises(turn, filled), turn.gettext
    refused = _refused(turn, offers, _promise_form(turn, filled))
    shown = _shown(turn, _("I pay on another day"), offers, _("I agree"))
    return refused or _to_be_agreed(shown, filled)


def _promise(turn: Turn, filled: Filled) -> PageForm:
    offers, _ = _promises(turn, filled), turn.gettext
    shown = _shown(turn, _("I pay on another day"), offers, _("I agree"))
    return _refused(turn, offers, _promise_form(turn, filled)) or _agree(
        turn, filled, shown, offers
    )


def _plan_form(turn: Turn, filled: Filled) -> PageForm:
    _ = turn.gettext
    return with_id(
        PageForm(
            title=_("Pay in instalments"),
            told=(_("Choose; you see every date and sum before you agree."),),
            fields=(*turn.invoice_field(), *_rhythm(turn, filled), _first_day(turn, filled)),
            button=_("Show me the instalments"),
        )
    )


def _rhythm(turn: Turn, filled: Filled) -> tuple[PageField, PageField]:
    """How many instalments, as many as the policy lets, and how often."""
    _, limits = turn.gettext, [state.policy.agreements for state in turn.view.states]
    most = min(MOST_ON_PAGE, *(limit.most_instalments for limit in limits))
    count = PageField(
        name="count",
        label=_("How many instalments?"),
        kind="number",
        value=filled["count"] or "3",
        least="2",
        most=str(most),
        is_required=True,
    )
    every = PageField(
        name="every",
        label=_("How often?"),
        kind="choice",
        choices=(("month", _("every month")), ("week", _("every week"))),
        value=filled["every"],
        is_required=True,
    )
    return count, every


def _first_day(turn: Turn, filled: Filled) -> PageField:
    """The day of the first instalment, no later than the policy lets nothing come."""
    today = turn.view.today
    gap = min(state.policy.agreements.longest_gap_days for state in turn.view.states)
    return PageField(
        name="date",
        label=turn.gettext("When does the first one come?"),
        kind="date",
        value=filled["date"] or (today + timedelta(days=7)).isoformat(),
        least=today.isoformat(),
        most=(today + timedelta(days=gap)).isoformat(),
        is_required=True,
    )


def _plan(turn: Turn, filled: Filled) -> list[Offered]:
    body = {"every": filled["every"], "count": filled["count"], "date": filled["date"]}
    state = turn.chosen(filled)[0]
    return [_offered(state, MessageType.PLAN_AGREED, body)]


def _weigh_plan(turn: Turn, filled: Filled) -> PageForm:
    offers, _ = _plan(turn, filled), turn.gettext
    shown = _shown(turn, _("Pay in instalments"), offers, _("I agree"))
    return _refused(turn, offers, _plan_form(turn, filled)) or _to_be_agreed(shown, filled)


def _agree_plan(turn: Turn, filled: Filled) -> PageForm:
    offers, _ = _plan(turn, filled), turn.gettext
    shown = _shown(turn, _("Pay in instalments"), offers, _("I agree"))
    return _refused(turn, offers, _plan_form(turn, filled)) or _agree(turn, filled, shown, offers)


def waiting(turn: Turn) -> Iterator[Offered]:
    """List what waits for the customer's word: a plan of ours, an offer, what was said by phone."""
    for state in turn.view.open_states:
        proposed = [
            plan
            for plan in state.case.plans
            if plan_state(state.case, plan, state.now) is PlanState.PROPOSED
        ]
        if proposed:
            body = {"ref": proposed[-1].key}
            yield _offered(state, MessageType.PLAN_AGREED, body)
            continue
        agreed = standing_agreement(state.case, state.now)
        unsaid = isinstance(agreed, Promise | Settlement) and agreed.confirmed_at is None
        if agreed and unsaid and agreed.by != turn.by:
            yield _offered(state, MessageType.AGREEMENT_CONFIRMED, {"ref": agreed.key})


def _first_waiting(turn: Turn) -> Offered:
    found = next((one for one in waiting(turn) if one.weighed.agreed), None)
    if found is None:
        raise FormError(turn.gettext("Nothing waits for your answer at the moment."))
    return found


def _accept_form(turn: Turn, filled: Filled) -> PageForm:
    offer, _ = _first_waiting(turn), turn.gettext
    title = title_of(turn, offer.weighed.agreed) if offer.weighed.agreed else ""
    shown = _shown(turn, title, [offer], _("I accept this"))
    return with_id(shown, **{SEEN: _seen(shown)})


def _accept(turn: Turn, filled: Filled) -> PageForm:
    offer, _ = _first_waiting(turn), turn.gettext
    title = title_of(turn, offer.weighed.agreed) if offer.weighed.agreed else ""
    shown = _shown(turn, title, [offer], _("I accept this"))
    return _agree(turn, filled, shown, [offer])


PROMISE = PageAct(name="promise", form=_promise_form, weigh=_weigh_promise, carry_out=_promise)
PLAN = PageAct(
    name="plan", form=_plan_form, weigh=_weigh_plan, carry_out=_agree_plan, needs_address=True
)
ACCEPT = PageAct(name="accept", form=_accept_form, carry_out=_accept, needs_address=True)
