"""The ears of a case: whatever is said is kept raw, and whoever asked gets the ledger's answer."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from inspect import Parameter, Signature

from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue

from domain.kinds import Kind
from domain.wire import Answer, Heard

ANSWER_WITHIN = timedelta(seconds=20)
NOT_YET = Answer(accepted=False, text="heard, not yet applied; send it again to see the answer")
NOTHING = RawValue(Payload(data=b"{}"))
"""The body of a message that was sent without one."""

ONE_RAW_BODY = Signature([Parameter("body", Parameter.POSITIONAL_ONLY, annotation=RawValue)])
"""What the SDK takes a handler for, so that the body stays raw.

The handlers themselves take any number of bodies: one too many must never wedge a case.
"""


class Ears:
    """Hears signals and updates for a workflow, in the order they came.

    Attributes:
        woken: the ledger has news of its own.
    """

    def __init__(self, heard: Iterable[Heard], now: Callable[[], datetime]) -> None:
        """Start listening; what the run before could not record yet is heard first."""
        self._heard = list(heard)
        self._now = now
        self._count = 0
        self._answers: dict[str, Answer] = {}
        self.woken = False
        self._listen()

    @property
    def heard(self) -> tuple[Heard, ...]:
        """What was said and is not in the ledger yet."""
        return tuple(self._heard)

    @property
    def news(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self._heard) or self.woken

    def answered(self, count: int, answers: Mapping[str, Answer]) -> None:
        """The ledger has recorded the first messages, and these are its answers."""
        del self._heard[:count]
        self._answers.update(answers)

    def _listen(self) -> None:
        """One handler per message, so that the Temporal UI lists them by name.

        Anything else that is said is kept as well: the ledger refuses it in words.
        """
        for kind in Kind:
            workflow.set_signal_handler(kind.value, self._ear(kind.value))
            workflow.set_update_handler(kind.value, self._mouth(kind.value))
        workflow.set_dynamic_signal_handler(self._hear)
        workflow.set_dynamic_update_handler(self._answer)

    def _ear(self, name: str) -> Callable[..., None]:
        def hear(body: RawValue = NOTHING, *more: RawValue) -> None:
            self._hear(name, [body, *more])

        vars(hear)["__signature__"] = ONE_RAW_BODY
        return hear

    def _mouth(self, name: str) -> Callable[..., Awaitable[Answer]]:
        async def answer(body: RawValue = NOTHING, *more: RawValue) -> Answer:
            return await self._answer(name, [body, *more])

        vars(answer)["__signature__"] = ONE_RAW_BODY
        return answer

    def _hear(self, name: str, args: Sequence[RawValue]) -> None:
        if name == Kind.NUDGE.value:
            self.woken = True
            return
        self._count += 1
        key = f"{workflow.info().run_id}/{self._count}"
        self._note(Heard(kind=name, body=_text(args), key=key, at=self._now()))

    async def _answer(self, name: str, args: Sequence[RawValue]) -> Answer:
        info = workflow.current_update_info()
        key = info.id if info else ""
        self._note(Heard(kind=name, body=_text(args), key=key, keyed=True, at=self._now()))
        try:
            await workflow.wait_condition(lambda: key in self._answers, timeout=ANSWER_WITHIN)
        except TimeoutError:
            return NOT_YET
        return self._answers.pop(key)

    def _note(self, item: Heard) -> None:
        self._heard.append(item)


def _text(args: Sequence[object]) -> str:
    """The JSON text of a message, untouched: reading it is the ledger's business."""
    raw = [arg.payload.data for arg in args if isinstance(arg, RawValue)]
    if len(raw) == len(args) == 1:
        return raw[0].decode("utf-8", errors="replace")
    return json.dumps([str(arg) for arg in args]) if args else ""
