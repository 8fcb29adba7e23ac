"""How acts are done: by the real client, services, signals and webhooks, and by who insists."""

# One thing: each verb of an act, and who insists on it.

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

from activities.payments.payment_activities import told
from activities.payments.posting import post
from activities.ports.incoming import Reply, ReplyKind
from activities.ports.stores.customers import Mark
from activities.ports.types import ConflictError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.inbound.incoming import note_reply
from domain.answer_codes import AnswerCode
from domain.case.invoice import Invoice
from domain.errors import DomainError
from domain.money import Money
from domain.payments.allocation import PaymentIn
from tests.simulation.books import Books
from tests.simulation.customers import CREDITOR, EUR, Act, Customer
from tests.simulation.office import Office
from tests.simulation.processes import Fault, Process, Work, run
from tests.simulation.stage import Stage

_REFUSED = (DomainError, ConflictError, LookupError)

AGAIN = timedelta(minutes=3)
"""After this whoever was not answered says it again, under the same id."""


class People:
    """Everybody outside: customers, their banks, the billing system, collectors, an operator."""

    def __init__(self, stage: Stage, office: Office, books: Books) -> None:
        self.stage, self.office, self.books = stage, office, books
        self.acted = 0
        self.insisted = 0
        self._count = 0

    def do(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        """Do one act."""
        self.acted += 1
        self.stage.note(customer.id, invoice.number, act.verb, act.kind.value if act.kind else "")
        verb: Callable[[Customer, Invoice, Act, str], None] = getattr(self, f"_{act.verb}")
        verb(customer, invoice, act, ident)

    def wake(self, case: str) -> None:
        """Tell a case that there may be news, as any program may at any time."""
        self._async(f"{case} wake", lambda: self.office.client.wake([case]))

    def insist(
        self,
        name: str,
        what: Callable[[], object],
        then: Callable[[Any], None] = lambda _: None,
    ) -> None:
        """Do something in a process of its own until it is answered."""
        self._count += 1
        work = Work(self.stage, Process(f"client-{self._count}"), name, what)
        if self.stage.chance(8):
            dice = self.stage.dice
            work.fault = (dice.randint(1, 40), dice.choice((Fault.DIE, Fault.CUT, Fault.FREEZE)))

        def ended(done: Work) -> None:
            if self._must_be_said_again(done):
                self.stage.after(AGAIN, lambda: self.insist(name, what, then))
            elif done.error is None:
                then(done.result)

        work.ended = ended
        work.begin()

    def _must_be_said_again(self, done: Work) -> bool:
        """Whether nobody knows what became of it; what was refused is not said again."""
        error = done.error
        if isinstance(error, AssertionError):
            raise error
        if error:
            self.stage.note(done.name, "fails:", type(error).__name__)
        again = done.died or bool(error and not isinstance(error, _REFUSED))
        self.insisted += again
        return again

    def opens(self, customer: Customer, invoice: Invoice) -> None:
        """The billing system opens a case."""
        case = customer.case_id(invoice.number)

        def opened(_: object) -> None:
            if case not in customer.opened:
                customer.opened.append(case)

        self._async(
            f"{invoice.number} open",
            lambda: self.office.client.open_case(invoice, customer.policy),
            opened,
        )

    def _async(
        self,
        name: str,
        call: Callable[[], Coroutine[Any, Any, Any]],
        then: Callable[[Any], None] = lambda _: None,
    ) -> None:
        self.insist(name, lambda: run(call()), then)

    def _payment(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> PaymentIn:
        minor = max(1, invoice.amount.minor * act.part // 100)
        stated = () if act.verb == "pay_any" else (invoice.number,)
        return PaymentIn(
            creditor=CREDITOR,
            source="bank",
            id=ident,
            customer=customer.id,
            amount=Money(minor, EUR),
            at=self.stage.now,
            invoices=stated,
        )

    def _pay(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        payment = self._payment(customer, invoice, act, ident)
        number = invoice.number if payment.invoices else ""

        def acknowledged(_: object) -> None:
            self.books.pays(customer.id, ident, payment.amount.minor, number)
            if self.stage.happens(10):  # the bank reports it again, much later
                again = lambda: self._post_late(payment)  # noqa: E731
                self.stage.after(timedelta(days=3), lambda: self._async(f"{ident} again", again))

        call = lambda: self.office.client.post_payment(payment)  # noqa: E731
        self._async(f"{ident} pay", call, acknowledged)

    async def _post_late(self, payment: PaymentIn) -> Any:
        return await self.office.client.post_payment(replace(payment, at=self.stage.now))

    _pay_any = _pay

    def _pay_by_workflow(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        """The activity of the payment workflow, and then its other one, that wakes the cases."""
        payment, office = self._payment(customer, invoice, act, ident), self.office
        ledger = SqlLedger(office.engine)

        def posted(parts: Any) -> None:
            self.books.pays(customer.id, ident, payment.amount.minor, invoice.number)
            wake = lambda: office.reconciler.wake(sorted(parts.parts))  # noqa: E731
            self._async(f"{ident} wake", wake)

        what = lambda: told(post(ledger, payment, self.stage.now))  # noqa: E731
        self.insist(f"{ident} post", what, posted)

    def _body(self, invoice: Invoice, act: Act, ident: str) -> dict[str, Any]:
        body: dict[str, Any] = {"id": ident, **{k: v for k, v in act.body.items() if v}}
        if act.part:
            minor = max(1, invoice.amount.minor * act.part // 100)
            body |= {"amount": Money(minor, EUR).plain, "currency": EUR}
        if act.on is not None:
            body["date"] = (self.stage.now + timedelta(days=act.on)).date().isoformat()
        if "count" in body:
            body["count"] = int(body["count"])
        return body

    def _say(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        assert act.kind
        kind, body = act.kind, self._body(invoice, act, ident)
        case = customer.case_id(invoice.number)

        def answered(answer: Any) -> None:
            self.stage.note(ident, kind.value, "accepted" if answer.accepted else answer.text[:60])
            if answer.accepted or answer.code == AnswerCode.KNOWN_ALREADY:
                self.books.hears(invoice.number, act)

        call = lambda: self._client_says(case, kind, body)  # noqa: E731
        self._async(f"{ident} say {kind.value}", call, answered)

    async def _client_says(self, case: str, kind: Any, body: dict[str, Any]) -> Any:
        return await self.office.client.say(case, kind, body)

    def _signal(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        """Another system signals the workflow; nobody answers."""
        assert act.kind
        run_ = self.office.temporal.runs.get(customer.case_id(invoice.number))
        self.books.unclear.add(invoice.number)
        self.books.contested.discard(invoice.number)
        if run_ and run_.status == "running":
            self.books.signalled[run_.case] = (ident, self.stage.now)
            self.office.temporal.signal(run_, act.kind.value, self._body(invoice, act, ident))

    def _ask(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        """Another system updates the workflow, and waits for its answer."""
        assert act.kind
        run_ = self.office.temporal.runs.get(customer.case_id(invoice.number))
        self.books.unclear.add(invoice.number)
        self.books.contested.discard(invoice.number)
        if run_ and run_.status == "running":
            body = self._body(invoice, act, ident)
            self.office.temporal.update(run_, act.kind.value, ident, body)

    def _flag(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        self._set_flag(customer, ident, on=True)

    def _unflag(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        self._set_flag(customer, ident, on=False)

    def _set_flag(self, customer: Customer, ident: str, *, on: bool) -> None:
        mark = Mark(flag="vulnerable", is_on=on, why="said on the phone", by="ann")
        if not on:
            self.books.flagged.discard(customer.id)

        def done(changed: Any) -> None:
            if on:
                self.books.flagged.add(customer.id)
            self._async(f"{ident} wake", lambda: self.office.client.wake(changed.cases))

        what = lambda: self.office.flags.set_flag(CREDITOR, customer.id, mark)  # noqa: E731
        self.insist(f"{ident} flag", what, done)

    def _reply(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        self._answers(customer, ident, ReplyKind.REPLY, "email", "I have paid this already.")

    def _stop(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        self._answers(customer, ident, ReplyKind.STOP, "sms", "STOP")

    def _start(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        self.books.silent.discard(customer.id)
        self._answers(customer, ident, ReplyKind.START, "sms", "START")

    def _answers(
        self, customer: Customer, ident: str, sort: ReplyKind, channel: str, said: str
    ) -> None:
        """An answer comes in by webhook: kept at once, applied when the gateway rings."""
        sender = customer.debtor.phone if channel == "sms" else customer.debtor.email
        if not sender:
            return
        reply = Reply(
            key=ident, channel=channel, sort=sort, at=self.stage.now, sender=sender, said=said
        )
        whose = (CREDITOR, customer.id)

        def kept(_: object) -> None:
            if self.stage.happens(4):
                self.insist(f"{ident} twice", lambda: note_reply(self.office.engine, reply, whose))
            if not self.stage.chance(4):
                self.ring()

        self.insist(f"{ident} keep", lambda: note_reply(self.office.engine, reply, whose), kept)

    def ring(self) -> None:
        """What has come in is applied, and its cases are woken."""

        def apply() -> object:
            _, cases = self.office.inbound.apply()
            return cases

        def woken(cases: Any) -> None:
            self._async("inbound wake", lambda: self.office.client.wake(cases))

        self.insist("inbound", apply, woken)

    def _cancel(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        """An operator cancels the workflow: the case is parked."""
        case = customer.case_id(invoice.number)
        run_ = self.office.temporal.runs.get(case)
        if run_ and run_.status == "running":
            self.office.temporal.cancel(case)

    def _terminate(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        """An accident: the reconciler starts it again."""
        case = customer.case_id(invoice.number)
        run_ = self.office.temporal.runs.get(case)
        if run_ and run_.status == "running":
            self.office.temporal.terminate(case)
            self.books.signalled.pop(case, None)  # what it had not recorded yet died with it

    def _take_up(self, customer: Customer, invoice: Invoice, act: Act, ident: str) -> None:
        case = customer.case_id(invoice.number)
        self._async(f"{ident} take up", lambda: self.office.client.unpark(case))
