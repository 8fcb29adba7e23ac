"""Message handlers: each message to a case is kept raw, and its sender gets the ledger's answer."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from inspect import Parameter, Signature
from typing import TypeVar

from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue

from domain.answer_codes import AnswerCode
from domain.intake.limits import shortened, taken_at_once
from domain.message_types import MessageType
from domain.wire import Answer, ReceivedMessage

ANSWER_WITHIN = timedelta(seconds=20)
NOT_YET = Answer(
    accepted=False,
    text="heard, not yet applied; send it again to see the answer",
    code=AnswerCode.NOT_YET_APPLIED.value,
)
NOTHING = RawValue(Payload(data=b"{}"))
"""The body of a message that was sent without one."""

ONE_RAW_BODY = Signature(
    [
        Parameter("self", Parameter.POSITIONAL_ONLY),
        Parameter("body", Parameter.POSITIONAL_ONLY, annotation=RawValue),
    ]
)
"""What the SDK takes a handler for, so that the body stays raw.

The handlers themselves take any number of bodies: one too many must never wedge a case.
"""


_Handler = TypeVar("_Handler", bound=Callable[..., object])


class ReceivedMessages:
    """The messages that a workflow received and the ledger has not recorded yet, in their order.

    Attributes:
        woken: the ledger has news of its own.
    """

    def __init__(self, heard: Iterable[ReceivedMessage], now: Callable[[], datetime]) -> None:
        """Start listening; what the run before could not record yet is heard first."""
        self._heard = list(heard)
        self._now = now
        self._count = 0
        self._awaited: set[str] = set()
        self._answers: dict[str, Answer] = {}
        self._bounds = 0
        self._bounded = False
        self.woken = False

    @property
    def news(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self._heard) or self.woken

    def next_few(self) -> tuple[ReceivedMessage, ...]:
        """As much of what was said, in its order, as one activity may be given."""
        count = taken_at_once(self._heard)
        if count == len(self._heard) or not self._takes_a_few():
            return tuple(self._heard)
        return tuple(self._heard[:count])

    def answered(self, count: int, answers: Mapping[str, Answer]) -> None:
        """Forget the first messages, which the ledger has recorded, and keep its answers."""
        del self._heard[:count]
        self._answers.update((key, said) for key, said in answers.items() if key in self._awaited)

    def hear(self, name: str, args: Sequence[RawValue]) -> None:
        """Receive a signal."""
        if name == MessageType.NUDGE.value:
            self.woken = True
            return
        self._count += 1
        key = f"{workflow.info().run_id}/{self._count}"
        self._note(name, args, key)

    async def answer(self, name: str, args: Sequence[RawValue]) -> Answer:
        """Receive an update, and wait for the ledger's answer to it."""
        info = workflow.current_update_info()
        key = info.id if info else ""
        self._note(name, args, key, keyed=True)
        self._awaited.add(key)
        try:
            await workflow.wait_condition(lambda: key in self._answers, timeout=ANSWER_WITHIN)
        except TimeoutError:
            return NOT_YET
        finally:
            self._awaited.discard(key)
        return self._answers.pop(key)

    def _note(self, name: str, args: Sequence[RawValue], key: str, *, keyed: bool = False) -> None:
        body, size = shortened(_text(args))
        self._heard.append(
            ReceivedMessage(kind=name, body=body, key=key, keyed=keyed, at=self._now(), size=size)
        )

    def _takes_a_few(self) -> bool:
        """Whether a turn leaves something for the next one: runs from before give all at once.

        Each time that such a run gave too much has a patch of its own, for one that was answered
        by "as it was" stays so for the whole run; the first that is new holds from then on.
        """
        if not self._bounded:
            self._bounds += 1
            self._bounded = workflow.patched(f"a-few-at-a-time-{self._bounds}")
        return self._bounded


class MessageHandlers:
    """Handlers of a workflow: one per message type, so that the Temporal UI lists them by name.

    Anything else that is said is kept as well: the ledger refuses it in words. The handlers belong
    to the class: made anew for each case they would add a third to its memory.
    """

    _inbox: ReceivedMessages

    @workflow.signal(dynamic=True)
    def hear_anything(self, name: str, args: Sequence[RawValue]) -> None:
        """Receive a signal of an unknown name."""
        self._inbox.hear(name, args)

    @workflow.update(dynamic=True)
    async def answer_anything(self, name: str, args: Sequence[RawValue]) -> Answer:
        """Receive an update of an unknown name."""
        return await self._inbox.answer(name, args)


def _signal_handler(name: str) -> object:
    def listen(self: MessageHandlers, body: RawValue = NOTHING, *more: RawValue) -> None:
        self._inbox.hear(name, [body, *more])

    return workflow.signal(name=name)(_as_one_raw_body(listen))


def _update_handler(name: str) -> object:
    async def reply(self: MessageHandlers, body: RawValue = NOTHING, *more: RawValue) -> Answer:
        return await self._inbox.answer(name, [body, *more])

    handler = _as_one_raw_body(reply)
    return workflow.update(name=name)(handler)


def _as_one_raw_body(handler: _Handler) -> _Handler:
    vars(handler)["__signature__"] = ONE_RAW_BODY
    return handler


for _kind in MessageType:
    setattr(MessageHandlers, f"hear_{_kind.value}", _signal_handler(_kind.value))
    setattr(MessageHandlers, f"answer_{_kind.value}", _update_handler(_kind.value))


def _text(args: Sequence[object]) -> str:
    """The JSON text of a message, untouched: reading it is the ledger's business."""
    raw = [arg.payload.data for arg in args if isinstance(arg, RawValue)]
    if len(raw) == len(args) == 1:
        return raw[0].decode("utf-8", errors="replace")
    return json.dumps([str(arg) for arg in args]) if args else ""
