"""The client: a billing system opens cases and posts payments, a collector records agreements.

Every call is idempotent by the caller's own id: the ledger commits first, then the case is woken.
If the process dies in between, the reconciler wakes the case within minutes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

from activities.case_service import CaseService
from activities.cases.opening import LastStep, OpenedCase
from activities.cases.waking import ToWake
from activities.payments.allocating import Moved
from activities.ports.money_types import Placing
from adapters.temporal.runs import Runs
from domain.case.model import Invoice
from domain.credit.model import Delivery
from domain.evidence.model import Evidence, Filed
from domain.message_types import MessageType
from domain.payments.allocation import PaymentIn
from domain.policy.model import Policy
from domain.wire import Answer, PostedPayment
from starter.client.messages import Messages

_Result = TypeVar("_Result")


class AsyncAmicable(Messages[Awaitable[Answer]]):
    """The client for programs with an event loop."""

    def __init__(self, desk: CaseService, runs: Runs) -> None:
        self._desk = desk
        self._runs = runs

    async def open_case(
        self, invoice: Invoice, policy: Policy | None = None, last_step: LastStep | None = None
    ) -> OpenedCase:
        """Open a case and start its workflow; opening the same invoice twice is harmless.

        Without a policy it follows the one that was chosen for the customer or the creditor.
        With the last step that others had said, it goes on after that step.

        Raises:
            ConflictError: if the number was opened before with other content.
        """
        opened = await asyncio.to_thread(self._desk.open, invoice, policy, last_step)
        if opened.new:
            await self._runs.start(opened.case, opened.decision, opened.at)
        else:
            await self._wake([opened.woken])
        return opened

    async def post_payment(self, payment: PaymentIn) -> PostedPayment:
        """Post money that came in, for one invoice or many; the same payment twice is one.

        Raises:
            ConflictError: if its id was used before with other content.
        """
        posted, woken = await asyncio.to_thread(self._desk.post, payment)
        await self._wake(woken)
        return posted

    async def place_money(self, order: Placing) -> Moved:
        """Allocate money that lies on an account to invoices, or give it back; twice is once.

        Raises:
            ConflictError: if the order's id was used before for something else.
            DomainError: if there is not so much, or the invoices owe less.
        """
        moved, woken = await asyncio.to_thread(self._desk.place, order)
        await self._wake(woken)
        return moved

    def say(self, case_id: str, kind: MessageType, body: dict[str, Any]) -> Awaitable[Answer]:
        """Record a message in the ledger, then wake the case; answers what the ledger says."""
        return self._say(case_id, kind, body)

    async def _say(self, case_id: str, kind: MessageType, body: dict[str, Any]) -> Answer:
        answer, woken = await asyncio.to_thread(self._desk.say, case_id, kind, body)
        await self._wake([woken])
        return answer

    async def approve(self, case_id: str, ref: str, who: str) -> Answer:
        """Approve what waits for a supervisor; it takes effect at once."""
        answer, woken = await asyncio.to_thread(self._desk.approve, case_id, ref, who)
        await self._wake([woken])
        return answer

    async def may_deliver(self, creditor: str, customer: str, order: str = "normal") -> Delivery:
        """Tell whether a normal, prepaid or delivered order may be delivered now, and why."""
        return await asyncio.to_thread(self._desk.may_deliver, creditor, customer, order)

    async def add_evidence(self, case_id: str, given: Filed) -> Evidence:
        """Keep a file with a case: `domain.evidence.model.filed` makes one from a name and bytes.

        Raises:
            RefusedError: if it names a dispute that the case does not have.
        """
        return await asyncio.to_thread(self._desk.file_evidence, case_id, given)

    async def take_up(self, case_id: str, *, parked: bool) -> Answer:
        """Go on after a pause; a parked case is looked after again, paused or not."""
        answer, woken = await asyncio.to_thread(self._desk.take_up, case_id, {}, parked=parked)
        await self._wake([woken])
        return answer

    async def unpark(self, case_id: str) -> None:
        """Take up a case again whose workflow was cancelled."""
        await self._wake([await asyncio.to_thread(self._desk.unpark, case_id)])

    async def wake(self, case_ids: Iterable[str]) -> None:
        """Tell cases that the ledger has news for them."""
        await self._wake([await asyncio.to_thread(self._desk.look, case) for case in case_ids])

    async def _wake(self, cases: Iterable[ToWake]) -> None:
        for found in cases:
            if not found.is_over:
                await self._runs.wake(found.case, found.stage)


class Amicable(Messages[Answer]):
    """The client for programs without an event loop; use it as a context manager."""

    def __init__(self, desk: CaseService, runner: asyncio.Runner, runs: Runs) -> None:
        """Take over a runner in whose loop the Temporal client of ``runs`` was connected."""
        self._runner = runner
        self._client = AsyncAmicable(desk, runs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runner.close()

    def open_case(
        self, invoice: Invoice, policy: Policy | None = None, last_step: LastStep | None = None
    ) -> OpenedCase:
        """Open a case and start its workflow; opening the same invoice twice is harmless."""
        return self._run(self._client.open_case(invoice, policy, last_step))

    def post_payment(self, payment: PaymentIn) -> PostedPayment:
        """Post money that came in, for one invoice or many; the same payment twice is one."""
        return self._run(self._client.post_payment(payment))

    def place_money(self, order: Placing) -> Moved:
        """Allocate money that lies on an account to invoices, or give it back; twice is once."""
        return self._run(self._client.place_money(order))

    def say(self, case_id: str, kind: MessageType, body: dict[str, Any]) -> Answer:
        """Record a message in the ledger, then wake the case; answers what the ledger says."""
        return self._run(self._client._say(case_id, kind, body))  # noqa: SLF001 - its other half

    def approve(self, case_id: str, ref: str, who: str) -> Answer:
        """Approve what waits for a supervisor; it takes effect at once."""
        return self._run(self._client.approve(case_id, ref, who))

    def may_deliver(self, creditor: str, customer: str, order: str = "normal") -> Delivery:
        """Tell whether a normal, prepaid or delivered order may be delivered now, and why."""
        return self._run(self._client.may_deliver(creditor, customer, order))

    def add_evidence(self, case_id: str, given: Filed) -> Evidence:
        """Keep a file with a case; the same content again is the same file."""
        return self._run(self._client.add_evidence(case_id, given))

    def take_up(self, case_id: str, *, parked: bool) -> Answer:
        """Go on after a pause; a parked case is looked after again, paused or not."""
        return self._run(self._client.take_up(case_id, parked=parked))

    def unpark(self, case_id: str) -> None:
        """Take up a case again whose workflow was cancelled."""
        self._run(self._client.unpark(case_id))

    def wake(self, case_ids: Iterable[str]) -> None:
        """Tell cases that the ledger has news for them."""
        self._run(self._client.wake(case_ids))

    def _run(self, call: Coroutine[Any, Any, _Result]) -> _Result:
        return self._runner.run(call)
