"""The arguments of an assistant's tools, each told so that nobody has to guess."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from activities.services.assistant.proposals import LONGEST_WHY, Proposal
from activities.services.console.looking import LONGEST_NOTE
from adapters.letters.text.catalogue import LANGUAGES
from domain.agreements.schedules import MOST_PARTS
from domain.calls.results import RESULTS
from domain.message_types import MessageType, Stage
from domain.parties.tasks import TaskKind
from starter.api.fields import Amount, Day, Name, Short, Strict

_Limit = Annotated[int, Field(ge=1, le=50, description="At most so many.")]
_Why = Annotated[str, Field(max_length=LONGEST_WHY)]
_Number = Annotated[Name, Field(description="The invoice's number, or `case` as answers show it.")]
_Customer = Annotated[Name, Field(description="The customer's id as answers show it; no name.")]


class Nothing(Strict):
    """No arguments."""


class FoundCases(Strict):
    """Which cases are wanted; what is not said means all."""

    customer: Short = Field(default="", description="Only this customer's, by id; no name.")
    stage: Stage | None = Field(default=None, strict=False, description="Only at this stage.")
    open_only: bool = Field(default=True, description="Only what is not settled yet.")
    limit: _Limit = 20


class OneCase(Strict):
    """One invoice."""

    number: _Number


class OneCustomer(Strict):
    """One customer."""

    customer: _Customer


class FoundTasks(Strict):
    """Which open tasks are wanted; what is not said means all."""

    kind: TaskKind | None = Field(default=None, strict=False, description="Only of this kind.")
    owner: Short = Field(default="", description="Only this colleague's, by name.")
    number: Short = Field(default="", description="Only about this invoice.")
    limit: _Limit = 20


class FoundByWords(Strict):
    """What is sought."""

    words: Name = Field(description="A part of a name, id or number, or an amount.")


class LetterWanted(Strict):
    """The next letter of a case, or that of a step; in the customer's language or another."""

    number: _Number
    step: Short = Field(
        default="", description="A step as `preview_steps` shows it; the next letter if empty."
    )
    language: Short = Field(
        default="", description=f"One of {', '.join(LANGUAGES)}; the customer's own if empty."
    )


_KINDS = (
    "promise needs `date`; plan_proposed needs `date`, `every` and `count`; call_result needs "
    "`reason`; dispute_opened needs `reason`; pause may have `date`."
)
_REASON = f"Of a call its result: {', '.join(RESULTS)}. Of a dispute or a pause, why, in a word."
_AMOUNT = "Of a promise, a plan or a dispute how much; all that is open if empty."


class ProposalWanted(Strict):
    """What would be recorded, as a person records it."""

    number: _Number
    id: Name = Field(description="Your own id of it: said twice, it lies on the desk once.")
    kind: Literal["promise", "plan_proposed", "call_result", "dispute_opened", "pause"] = Field(
        description=_KINDS
    )
    date: Day | None = Field(
        default=None,
        description="The day promised, the last day of a pause, or that of the first part.",
    )
    amount: Amount | None = Field(default=None, description=_AMOUNT)
    reason: Short = Field(default="", description=_REASON)
    ref: Short = Field(default="", description="What a call's dispute is about, such as goods.")
    channel: Short = Field(default="", description="How it was said: email, phone, letter.")
    every: Literal["week", "month"] | None = Field(default=None, description="Of a plan.")
    count: Annotated[int, Field(ge=1, le=MOST_PARTS)] | None = Field(
        default=None, description="Of a plan: how many equal parts."
    )
    why: _Why = Field(default="", description="Your reason, for the person who decides.")
    quote: _Why = Field(default="", description="The customer's very words that it rests on.")

    @property
    def proposal(self) -> Proposal:
        """What is proposed, as the service takes it."""
        names = ("date", "amount", "reason", "ref", "channel", "every", "count")
        body = {name: value for name in names if (value := getattr(self, name))}
        kind = MessageType(self.kind)
        return Proposal(id=self.id, kind=kind, body=body, why=self.why, quote=self.quote)


class NoteWanted(Strict):
    """A note about a customer, or about one invoice of theirs."""

    customer: _Customer
    said: Annotated[str, Field(min_length=1, max_length=LONGEST_NOTE, description="The note.")]
    number: Short = Field(default="", description="The invoice that it is about, if one.")
