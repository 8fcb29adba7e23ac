"""What holds for all invoices of one customer, in PostgreSQL: credit, flags, contacts."""

from __future__ import annotations

from sqlalchemy import update

from activities.ports.experiments.store import Trial
from activities.ports.stores.customers import Mark
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.customers import contacts, credit, limits, people
from adapters.ledger.customers.flags import note_flag
from adapters.ledger.experiments.experiments import enrol, trial_of
from adapters.ledger.letters.rows import WAS_REACHED
from adapters.ledger.policies.policies import chosen_policy
from adapters.ledger.tables.outbound import outbound_message
from adapters.ledger.tables.people import account
from domain.case.news import OPTED_IN, OPTED_OUT
from domain.contact.routes import after_news
from domain.credit.limits import CreditLimit, PassedLimit
from domain.credit.model import Credit, CreditChange, Standing
from domain.money import Money
from domain.parties.customer import Customer, PlannedContact
from domain.policy.model import PerCurrency, Policy

_A, _M = account.c, outbound_message.c


class SqlCustomer:
    """The customer of one account, over all its invoices."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    @property
    def was_written_to(self) -> bool:
        """Whether any message about any invoice ever got through to the customer."""
        scope = self._scope
        given = {"creditor": scope.creditor, "customer": scope.customer_id}
        return bool(scope.unflushed.execute(WAS_REACHED, given).scalar())

    @property
    def credit(self) -> Credit:
        """How the customer's credit stands."""
        return self._scope.credit

    @property
    def zone(self) -> str:
        """The customer's own time zone, in which bare dates begin."""
        return self._scope.debtor.zone

    @property
    def known(self) -> Customer:
        """What the rules know of the customer, over all invoices, as it stands now."""
        return self._scope.customer

    def standing(self, tolerance: PerCurrency) -> Standing:
        """Read the facts that the credit follows from; small sums are not owed."""
        scope = self._scope
        return credit.credit_standing(
            scope.connection, scope.creditor, scope.customer_id, tolerance
        )

    def change_credit(self, change: CreditChange) -> int:
        """Keep a change of credit for ever; answers its number."""
        scope = self._scope
        scope.credit = change.after
        return credit.change(scope.unflushed, scope.creditor, scope.customer_id, change)

    def set_limit(self, new: CreditLimit) -> None:
        """Keep a credit limit; those before it stay as what held until then."""
        scope = self._scope
        limits.set_limit(scope.unflushed, scope.creditor, scope.customer_id, new)

    def pass_limit(self, risen: Money) -> tuple[PassedLimit, ...]:
        """Find whether the limit is passed by what is open more since just now, once a passing."""
        scope = self._scope
        found = {(scope.customer_id, risen.currency): risen.minor}
        return limits.pass_limits(scope.connection, scope.creditor, found, {})

    def chosen_policy(self) -> Policy | None:
        """The policy chosen for the customer's new cases, else for the creditor's; None if none."""
        scope = self._scope
        return chosen_policy(scope.unflushed, scope.creditor, scope.customer_id)

    def trial(self) -> Trial | None:
        """Find the arm of an experiment that the customer's next case belongs to, if any."""
        scope = self._scope
        return trial_of(scope.unflushed, scope.creditor, scope.customer_id)

    def enrol(self, case: str, trial: Trial) -> None:
        """Write down that a new case of the customer belongs to an arm."""
        scope = self._scope
        enrol(scope.unflushed, scope.creditor, scope.customer_id, case, trial)

    def set_flag(self, flag: str, *, on: bool, why: str, by: str) -> int:
        """Set or take away a flag; answers the number of the entry, 0 if it was so already."""
        scope, column = self._scope, _A[flag]
        mine = (_A.creditor == scope.creditor) & (_A.customer == scope.customer_id)
        change = update(account).where(mine, column != on).values({flag: on})
        if scope.unflushed.execute(change.returning(_A.customer)).first() is None:
            return 0
        mark = Mark(flag=flag, is_on=on, why=why, by=by)
        return note_flag(scope.unflushed, scope.creditor, scope.customer_id, mark)

    def mark_point(
        self,
        debtor: str,
        point: str,
        *,
        bad: bool = False,
        opted_out: str = "",
        opted_in: str = "",
    ) -> None:
        """Remember that an address does not work, or that a channel is not wanted, or is again."""
        scope = self._scope
        scope.refuse_another(scope.creditor, debtor)
        known = scope.debtor.with_bad(point) if bad and point else scope.debtor
        if opted_out:
            known = after_news(known, OPTED_OUT, opted_out, "")
        if opted_in:
            known = after_news(known, OPTED_IN, opted_in, "")
        scope.debtor = known
        people.mark_point(scope.unflushed, scope.creditor, known)

    def touch(self, contact: PlannedContact, key: str, case_id: str = "", by: str = "") -> bool:
        """Write a contact into the contact book, once per key; False if it is there."""
        scope = self._scope
        entry = contacts.RecordedContact(key=key, contact=contact, case_id=case_id, by=by)
        if not contacts.touch(scope.unflushed, scope.creditor, scope.customer_id, entry):
            return False
        scope.touched(contact)
        return True
