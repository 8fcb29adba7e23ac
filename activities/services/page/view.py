"""Shows customers their page: who asks, what is open, what was agreed, how it is paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from activities.ports.clock import Clock
from activities.ports.letter_data import InvoiceLine, LetterData
from activities.ports.stores.cases import CaseFiles, CaseFilter, CaseLists
from activities.ports.stores.customers import ErasureStore
from activities.ports.stores.evidence import EvidenceStore
from activities.ports.stores.page.links import PageLink, PageLinkStore
from activities.ports.types import CaseFile
from activities.sending.agreed_later import asked_beside_others
from activities.sending.letter_parts import in_favour_in, letter_data, reference_taken
from domain.agreements.reducer import Agreement
from domain.case.agreement_types import Plan, Promise
from domain.case.facts import Action
from domain.case.model import Case, Invoice
from domain.decision.rules_confirming import newest_agreement
from domain.decision.state import CaseState, case_state
from domain.message_types import ActionType
from domain.parties.people import Creditor, Debtor

OPEN_AFTER_THE_END = timedelta(days=30)
"""A link shows an invoice so long after its case was closed: whether the money came is asked."""

MOST_INVOICES_SHOWN = 200
_AGREED = Action(do=ActionType.ACKNOWLEDGE, at=None, why="", step="agreement-1-confirmed")
_ASKED = Action(do=ActionType.REMIND, at=None, why="", step="page", tone="clear")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """Everything that a link shows, at one instant.

    Attributes:
        files: the cases' files, by due date; states: the same cases as they stand.
        with_copy: cases whose invoice can be read as a file.
        data: what a letter about them would state: figures and ways to pay are made from it.
        today: in the customer's calendar.
    """

    link: PageLink
    files: tuple[CaseFile, ...]
    states: tuple[CaseState, ...]
    with_copy: frozenset[str]
    data: LetterData
    today: date

    @property
    def creditor(self) -> Creditor:
        """Who asks."""
        return self.files[0].creditor

    @property
    def debtor(self) -> Debtor:
        """Who is asked."""
        return self.files[0].debtor

    @property
    def open_states(self) -> tuple[CaseState, ...]:
        """The cases of which something is still to be paid, costs included."""
        return tuple(state for state in self.states if still_asks(state))

    @property
    def asked_states(self) -> tuple[CaseState, ...]:
        """The cases whose money the sum of the page is: of several none that is agreed for later.

        In the order in which money for them is shared out.
        """
        asking = {
            line.case.invoice.case_id for line in self.data.lines if line.statement.total.minor > 0
        }
        states = self.open_states
        return tuple(one for one in states if not self.data.lines or one.invoice.case_id in asking)


def still_asks(state: CaseState) -> bool:
    """Tell whether a case still asks for anything, now or later."""
    case = state.case
    return not case.withdrawn_at and (case.open > 0 or state.statement.total.minor > 0)


@dataclass(frozen=True, kw_only=True)
class CustomerPageService:
    """Looks at what a link shows; looking changes nothing."""

    links: PageLinkStore
    files: CaseFiles
    lists: CaseLists
    evidence: EvidenceStore
    erasure: ErasureStore
    clock: Clock

    def look(self, link_id: str) -> PageView | None:
        """Show what a link shows; None for one that is unknown, taken back, or over."""
        link, now = self.links.find(link_id), self.clock()
        if link is None or self.erasure.erased(link.creditor, [link.customer]):
            return None
        episodes: dict[str, int] = {item.case: item.episode for item in link.carried}
        files = {file.invoice.case_id: file for file in self.files.files(sorted(episodes))}
        shown = [
            file
            for case_id, file in files.items()
            if _is_live(case_state(file, now), episodes[case_id])
        ]
        return self._view(link, shown, now)

    def all_invoices(self, view: PageView) -> PageView:
        """Show all open invoices of the customer instead of those that a link is about."""
        wanted = CaseFilter(
            creditor=view.link.creditor,
            customer=view.link.customer,
            open_only=True,
            limit=MOST_INVOICES_SHOWN,
        )
        ids = [row.case_id for row in self.lists.find(wanted)]
        return self._view(view.link, [*self.files.files(ids)], self.clock()) or view

    def copy(self, view: PageView, case_id: str) -> bytes | None:
        """Read the copy of an invoice that the link shows; None if there is none."""
        return self.evidence.newest_copy(case_id) if case_id in view.with_copy else None

    def _view(self, link: PageLink, files: Sequence[CaseFile], now: datetime) -> PageView | None:
        if not files:
            return None
        files = sorted(files, key=lambda file: (file.invoice.due, file.invoice.number))
        states = tuple(case_state(file, now) for file in files)
        today = states[0].calendar.local_date(now)
        return PageView(
            link=link,
            files=tuple(files),
            states=states,
            with_copy=frozenset(self._copies(states)),
            data=self._data(files[0], states, today),
            today=today,
        )

    def _copies(self, states: Sequence[CaseState]) -> Iterator[str]:
        for state in states:
            case_id = state.invoice.case_id
            if any(kept.role == "invoice" for kept in self.evidence.evidence(case_id)):
                yield case_id

    def _data(self, file: CaseFile, states: tuple[CaseState, ...], today: date) -> LetterData:
        """What a letter about these cases would state today; the same figures, by the same way."""
        state, alone = states[0], len(states) == 1
        action = _AGREED if alone and _holds(state) else _ASKED
        plain = letter_data(file, state.case, replace(action, channels=("email",)), today, "email")
        return replace(
            plain,
            tone="clear",
            statement=state.statement,
            lines=() if alone else tuple(_line(one, today) for one in states if still_asks(one)),
            in_favour=in_favour_in(file, (one.case for one in states)),
            reference_taken=self._taken(file.creditor.reference, state.invoice),
        )

    def _taken(self, scheme: str, invoice: Invoice) -> bool:
        return reference_taken(scheme, invoice, self.files.numbers_alike)


def standing_agreement(case: Case, now: datetime) -> Agreement | None:
    """Find the agreement that a customer is to keep now; None if there is none, or it is broken."""
    agreed = newest_agreement(case)
    if agreed is None or case.open <= 0:
        return None
    return agreed if now < _ends(agreed) else None


def _ends(agreed: Agreement) -> datetime:
    return agreed.cures[-1] if isinstance(agreed, Plan) else agreed.plan_b.check_at


def _holds(state: CaseState) -> bool:
    """Whether what was agreed says what is to be paid; a promise of part leaves the rest due."""
    agreed = standing_agreement(state.case, state.now)
    return agreed is not None and not (isinstance(agreed, Promise) and agreed.amount is not None)


def _line(state: CaseState, today: date) -> InvoiceLine:
    late = (today - state.case.due).days
    return InvoiceLine(case=state.case, statement=asked_beside_others(state), days_late=late)


def _is_live(state: CaseState, episode: int) -> bool:
    """Whether a link of an episode still shows the case: until a while after its end."""
    case = state.case
    if case.episode != episode:
        return False
    ended = case.closed_at if case.closed else None
    return ended is None or state.now < ended + OPEN_AFTER_THE_END
