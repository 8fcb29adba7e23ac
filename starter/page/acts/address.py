"""What customers do about their address: confirm it, name another contact, want no more texts."""

from __future__ import annotations

from uuid import uuid4

from activities.ports.types import ConflictError, Envelope
from activities.services.customers.customers import ContactError
from activities.services.page.proofs import CodeMail, CodeOutcome, known_mailbox
from adapters.letters.text.locale import clean
from domain.case.news import OPTED_OUT, REPLIED
from domain.message_types import MessageType
from domain.parties.people import EMAIL, SMS, Debtor, Point
from domain.parties.sources import ContactSource
from starter.page.acts.telling import thanks
from starter.page.acts.turn import PageAct, Turn, with_id
from starter.page.forms import Filled, FormError, PageField, PageForm
from starter.page.words import NAMES

SESSION = "session"
"""The hidden answer by which the routes open a session."""

_BILLING_RANK = 5


def masked(address: str) -> str:
    """Write an address so that its owner knows it and nobody else learns it."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def confirm_form(turn: Turn, filled: Filled) -> PageForm:
    """Ask whether a code is to be sent to the known mailbox."""
    _ = turn.gettext
    mailbox = known_mailbox(turn.view.link, turn.view.debtor)
    title = _("Please confirm your address")
    if not mailbox:
        told = _("We know no mailbox of yours. Please write or call, and we settle it with you.")
        return PageForm(title=title, told=(told,))
    told = _("We send a code of six digits to %(address)s. It counts for 15 minutes.")
    return PageForm(
        title=title,
        told=(told % {"address": masked(mailbox)},),
        hidden={"step": "send"},
        button=_("Send me the code"),
    )


def _code_form(turn: Turn, problem: str = "") -> PageForm:
    _ = turn.gettext
    mailbox = masked(known_mailbox(turn.view.link, turn.view.debtor))
    return PageForm(
        title=_("Please enter the code"),
        told=(_("We have sent it to %(address)s.") % {"address": mailbox},),
        fields=(
            PageField(
                name="code",
                label=_("Code of six digits"),
                complete="one-time-code",
                is_required=True,
            ),
        ),
        hidden={"step": "code"},
        button=_("Confirm"),
        problem=problem,
    )


def confirm_address(turn: Turn, filled: Filled) -> PageForm:
    """Send a code, or take one; with the right one the answer carries the session's secret."""
    _ = turn.gettext
    if filled["step"] != "code":
        return _sent(turn)
    secret = turn.pages.proofs.confirm(turn.view.link, filled["code"])
    if not secret:
        return _code_form(turn, _("This code is not right, or no longer valid."))
    return PageForm(
        title=_("Your address is confirmed"),
        told=(_("For one hour you can now do everything on this page."),),
        hidden={SESSION: secret},
    )


def _sent(turn: Turn) -> PageForm:
    _, view = turn.gettext, turn.view
    outcome = turn.pages.proofs.ask(view.link, view.debtor, lambda mail: _hand_over(turn, mail))
    if outcome is CodeOutcome.SENT:
        return _code_form(turn)
    if outcome is CodeOutcome.TOO_MANY:
        raise FormError(_("Those were many codes; please wait an hour, or call us."))
    raise FormError(_("The code could not be sent; please try later, or call us."))


def _hand_over(turn: Turn, mail: CodeMail) -> bool:
    _, us = turn.gettext, turn.view.creditor
    name = clean(us.name or us.id)
    text = "\n\n".join(
        (
            _("Your code: %(code)s") % {"code": mail.code},
            _("It counts for 15 minutes, for the page of %(us)s.") % {"us": name},
            _("If you did not ask for it, do nothing: without it nothing is changed."),
        )
    )
    envelope = Envelope(
        id=str(uuid4()),
        channel=EMAIL,
        to=mail.address,
        sender=us.email,
        sender_name=us.sender_name or us.name,
        reply_to=us.email,
        subject=_("%(code)s is your code for %(us)s") % {"code": mail.code, "us": name},
        text=text,
        at=turn.view.states[0].now,
    )
    return turn.pages.send_mail(envelope)


def _contact_form(turn: Turn, filled: Filled) -> PageForm:
    _ = turn.gettext
    return with_id(
        PageForm(
            title=_("Another person takes care of invoices"),
            told=(_("We write to them as well from now on."),),
            fields=(
                PageField(
                    name="person",
                    label=_("Name"),
                    value=filled["person"],
                    is_required=True,
                    complete="name",
                ),
                PageField(
                    name="email",
                    label=_("E-mail address"),
                    kind="email",
                    value=filled["email"],
                    is_required=True,
                    complete="email",
                ),
            ),
            button=_("Add this person"),
        )
    )


def _contact(turn: Turn, filled: Filled) -> PageForm:
    _, link = turn.gettext, turn.view.link
    person, email = clean(filled["person"], 100), filled["email"].strip()
    point = Point(kind=EMAIL, point=email, person=person, role="billing", rank=_BILLING_RANK)
    try:
        turn.application.customers.add_point(link.creditor, link.customer, point)
    except (ContactError, ConflictError) as error:
        told = _("This address cannot be right; please look at it again.")
        raise FormError(told) from error
    task = "the customer named another contact for invoices: look whether it fits"
    state = turn.view.states[0]
    body = {"reason": REPLIED, "ref": turn.ref_of(state), "note": "named another contact"}
    word = turn.word(
        state, filled, MessageType.CONTACT_NEWS, body, task=task, detail=f"{person} <{email}>"
    )
    turn.say([word])
    return thanks(turn, _("We write to %(person)s as well from now on.") % {"person": person})


def _no_texts_form(turn: Turn, filled: Filled) -> PageForm:
    _ = turn.gettext
    return with_id(
        PageForm(
            title=_("No more text messages"),
            told=(_("We then write by e-mail only."),),
            button=_("No more text messages"),
        )
    )


def _no_texts(turn: Turn, filled: Filled) -> PageForm:
    state = turn.view.states[0]
    body = {"reason": OPTED_OUT, "ref": SMS}
    turn.say([turn.word(state, filled, MessageType.CONTACT_NEWS, body)])
    return thanks(turn, turn.gettext("You get no more text messages from us."))


def _language_form(turn: Turn, filled: Filled) -> PageForm:
    _ = turn.gettext
    return with_id(
        PageForm(
            title=_("In which language shall we write?"),
            fields=(
                PageField(
                    name="language",
                    label=_("Language"),
                    kind="choice",
                    choices=tuple(NAMES.items()),
                    value=turn.locale.locale.language,
                    is_required=True,
                ),
            ),
            button=_("Write to me in this language"),
        )
    )


def _language(turn: Turn, filled: Filled) -> PageForm:
    _, chosen, link = turn.gettext, filled["language"], turn.view.link
    if chosen not in NAMES:
        raise FormError(_("Please choose a language."))
    told = Debtor(id=link.customer, language=chosen)
    source, meant = ContactSource.PERSON, frozenset({"language"})
    turn.application.customers.tell(link.creditor, told, source, by=turn.by, meant=meant)
    said = _("From now on we write in this language: %(language)s.") % {"language": NAMES[chosen]}
    return thanks(turn, said)


CONFIRM_ADDRESS = PageAct(name="confirm", form=confirm_form, carry_out=confirm_address)
OTHER_CONTACT = PageAct(name="contact", form=_contact_form, carry_out=_contact, needs_address=True)
NO_TEXTS = PageAct(name="no-texts", form=_no_texts_form, carry_out=_no_texts, needs_address=True)
LANGUAGE = PageAct(name="language", form=_language_form, carry_out=_language)
