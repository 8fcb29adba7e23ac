"""Checks the Plan B that an agreement names for itself, before it is recorded (P53)."""

from __future__ import annotations

from activities.agencies.comparing import BEST_NET, claim_of
from activities.ports.agencies.book import AgencyBook
from activities.ports.clock import Clock
from activities.ports.stores.cases import CaseFiles
from activities.ports.types import CaseFile
from domain.agencies.agency_file import AgencyProfile
from domain.case.chosen_plan_b import PLAN_B_FIELD, read_plan_b
from domain.decision.state import case_state
from domain.errors import RefusedError
from domain.message_types import ActionType


class AgreedPlanBChecks:
    """Refuses an agreement whose Plan B nobody could carry out: it would be an empty word."""

    def __init__(self, book: AgencyBook, files: CaseFiles, clock: Clock) -> None:
        self._book, self._files, self._clock = book, files, clock

    def check(self, case_id: str, plan_b: str, message_id: str = "") -> None:
        """Refuse a Plan B whose agency is unknown or does not take that case; no lock is held.

        What was recorded before under that id is not judged again.

        Raises:
            InvalidError: if it is none.
            RefusedError: naming who takes it instead, or why it is not taken.
        """
        chosen, file = read_plan_b(plan_b), self._files.file(case_id)
        if chosen is None or file is None or any(one.key == message_id for one in file.messages):
            return
        if chosen.do is ActionType.HAND_OFF:
            named = chosen.to or _of_policy(file)
            if named and named != BEST_NET:
                self._price(file, self._known(file, named, "agency"))
        elif chosen.do is ActionType.LAWYER_LETTER and chosen.to:
            self._known(file, chosen.to, "lawyer")

    def _known(self, file: CaseFile, name: str, kind: str) -> AgencyProfile:
        creditor = file.invoice.creditor
        known = [one for one in self._book.profiles(creditor) if one.kind == kind]
        found = next((one for one in known if one.id == name), None)
        if found:
            return found
        there = ", ".join(one.id for one in known) or "none"
        told = f"{creditor} works with no {kind} {name}; there is {there}"
        raise RefusedError(told, field=PLAN_B_FIELD)

    def _price(self, file: CaseFile, agency: AgencyProfile) -> None:
        now = self._clock()
        state = case_state(file, now)
        quote = self._book.quote(agency, claim_of(state), state.calendar.local_date(now))
        if quote.reason:
            why = quote.detail or quote.reason.value
            raise RefusedError(f"{agency.name} does not take it: {why}", field=PLAN_B_FIELD)
        if quote.fee is None:
            told = f"{agency.name} names no price for it: its file has no tariff"
            raise RefusedError(told, field=PLAN_B_FIELD)


def _of_policy(file: CaseFile) -> str:
    """The agency of the policy, where its Plan B is one."""
    plan_b = file.policy.plan_b
    return "" if plan_b.do is ActionType.LAWYER_LETTER else plan_b.agency
