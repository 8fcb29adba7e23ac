"""The service for statements of account: all that a customer has open, written on request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from activities.ports.letter_data import Letter
from activities.ports.ports import Letters
from activities.ports.stores.cases import CaseFiles, CaseLists
from activities.sending.account_statements import overview_lines
from activities.sending.agreed_later import asked_beside_others
from activities.sending.letter_parts import in_favour_in, letter_data
from domain.case.facts import Action
from domain.decision.answering.account_statements import MOST_LINES
from domain.decision.state import case_state
from domain.deed import ACCOUNT_STATEMENT
from domain.errors import RefusedError
from domain.message_types import ActionType

_WRITTEN = Action(
    do=ActionType.ACKNOWLEDGE,
    at=None,
    why="",
    step=ACCOUNT_STATEMENT,
    channels=("email",),
    tone="warm",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatementWish:
    """Whose overview is wanted, and how.

    Attributes:
        language: IETF tag; empty for the customer's own.
        channel: email, paper or sms.
        day: in the debtor's calendar; None for today.
    """

    creditor: str
    customer: str
    language: str = ""
    channel: str = "email"
    day: date | None = None


class AccountStatementService:
    """Writes what is open on a customer's account; nothing is sent or written down."""

    def __init__(self, letters: Letters, lists: CaseLists, files: CaseFiles) -> None:
        self._letters = letters
        self._lists = lists
        self._files = files

    def write(self, wish: AccountStatementWish, now: datetime) -> Letter:
        """Write the overview of all open invoices, each with its costs and its balance.

        Raises:
            RefusedError: if nothing is open, or too much for a letter.
            LetterError: if it cannot be put into words.
        """
        ids = self._lists.running_of(wish.creditor, wish.customer, MOST_LINES + 1)
        if len(ids) > MOST_LINES:
            raise RefusedError(f"more than {MOST_LINES} invoices are open; export them instead")
        read = [(file, case_state(file, now)) for file in self._files.files(sorted(ids))]
        open_ones = [(file, state) for file, state in read if state.case.open > 0]
        if not open_ones:
            raise RefusedError(f"customer {wish.customer} has nothing open")
        file, state = open_ones[0]
        day = wish.day or state.calendar.local_date(now)
        lines = tuple(overview_lines((one for _, one in open_ones), day))
        debtor = replace(file.debtor, language=wish.language or file.debtor.language)
        data = replace(
            letter_data(file, state.case, _WRITTEN, day, wish.channel),
            debtor=debtor,
            lines=lines if len(lines) > 1 else (),
            statement=asked_beside_others(state, day),
            in_favour=in_favour_in(file, (line.case for line in lines)),
        )
        return self._letters.write(data)
