"""The data of a letter, and the letter itself."""

from __future__ import annotations

from dataclasses import dataclass

from domain.case.model import Case
from domain.charges.statement import Statement
from domain.contact.letter_changes import NOTHING_CHANGED, LetterChange, PassagePlace
from domain.money import Money
from domain.parties.people import Creditor, Debtor


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes along with a message.

    Attributes:
        name: a safe file name, ASCII.
        cid: what the HTML calls it by, for a picture that stands in the letter; else empty.
    """

    name: str
    media_type: str
    body: bytes
    cid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWords:
    """The words of a call before it is known who listens; none of them speaks of a debt.

    Attributes:
        language: IETF tag of the language in which all of it is said.
        greeting: said first, to anybody; it asks for a key.
        machine: said when nobody presses the key, so that an answering machine keeps it.
        again: how to hear the message once more, or to answer it by a key.
        noted: said when a key has answered it.
    """

    language: str
    greeting: str
    machine: str
    again: str
    noted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A rendered message.

    Attributes:
        call: what a call says around its text; None for everything that is written.
        place: where it takes words of one's own.
        opening: its own first sentences, which such words may stand instead of.
        language: IETF tag of its words; empty for what is short.
    """

    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    call: CallWords | None = None
    place: PassagePlace = PassagePlace.NOWHERE
    opening: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One invoice in a message about several.

    Attributes:
        days_late: calendar days after its due date; negative before it.
        promised: the day for which its money was promised and did not come, ISO, or empty.
        statement: what is asked for it, each cost by itself (P24).
        step: the step that it is in the message for.
    """

    case: Case
    statement: Statement
    days_late: int = 0
    promised: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsForetold:
    """What a consumer's first reminder, which costs nothing, says will be asked for after it.

    Attributes:
        fees: late fees by currency; empty if there will be none.
        percent: interest a year, such as ``8.5``; empty if none begins then.
        receipt_days: the days without costs, where they count from the receipt of the letter; 0
            where they end on its deadline.
    """

    fees: tuple[Money, ...] = ()
    percent: str = ""
    receipt_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterData:
    """All data that a letter may state (P20 to P26), exact at the instant of the last look.

    Attributes:
        step: the step's name; also ``promise-broken-N``.
        do: remind, confirm or demand_letter.
        tone: friendly, clear, firm, final.
        today: the date of the message in the debtor's calendar, ISO.
        deadline: the message's own deadline, ISO, or empty.
        days_late: calendar days after the due date; negative before it.
        last_contact: date of the message before, ISO, or empty.
        first_contact: whether no message has ever reached this customer: then the letter tells
            the credit policy, too (P08).
        statement: what is asked for, each cost by itself (P24); None asks for the principal.
        lines: all invoices of a message about several, by due date; empty for one alone.
        copies: copies of the invoices, as they were kept with their cases (P23).
        costs_lapse: whether the policy lets interest and fees go once the invoice itself is paid.
        instalments: how many monthly instalments are offered to who cannot pay; 0 offers none.
        reference_taken: whether an invoice of this creditor that was opened earlier makes the same
            payment reference: that one keeps it.
        in_favour: what speaks for the customer in the currencies of the message and settles no
            invoice yet.
        page_link: the customer's own page, where all can be seen, paid and answered, and where the
            customer says that the invoice has arrived (P02); empty if there is none.
        change: what a person changed of its words for this once.
        foretold: the costs that a law has a consumer's first reminder name; None in any other
            letter.
    """

    case: Case
    debtor: Debtor
    creditor: Creditor
    step: str
    do: str
    tone: str
    channel: str
    today: str
    deadline: str = ""
    days_late: int = 0
    last_contact: str = ""
    statement: Statement | None = None
    first_contact: bool = False
    lines: tuple[InvoiceLine, ...] = ()
    copies: tuple[Attachment, ...] = ()
    costs_lapse: bool = False
    instalments: int = 0
    reference_taken: bool = False
    in_favour: tuple[Money, ...] = ()
    page_link: str = ""
    change: LetterChange = NOTHING_CHANGED
    foretold: CostsForetold | None = None
