"""Suggests what a person may do about an answer, the likeliest first; nothing is decided by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from domain.calls.results import CallResult
from domain.intake.reply_meaning import ReplyMeaning, Says
from domain.suggestion import Act, Suggestion

_A_DAY = MappingProxyType({"date": "the day"})
_ALWAYS: Mapping[Says, Suggestion] = MappingProxyType(
    {
        Says.PAID: Suggestion(
            act=Act.CALL_RESULT,
            means="says it is paid",
            fields={"reason": CallResult.PAID_CLAIM.value},
        ),
        Says.PROMISE: Suggestion(act=Act.PROMISE, means="promises a day", needed=_A_DAY),
        Says.DISPUTE: Suggestion(
            act=Act.DISPUTE_OPENED, means="contests it", needed={"reason": "what is wrong"}
        ),
        Says.QUESTION: Suggestion(
            act=Act.PAUSE, means="asks something", fields={"reason": "question"}, needed=_A_DAY
        ),
    }
)
"""What may always be done, in this order where nothing was read."""

_MORE: Mapping[Says, Suggestion] = MappingProxyType(
    {
        Says.WRONG_PERSON: Suggestion(
            act=Act.CALL_RESULT,
            means="is the wrong person",
            fields={"reason": CallResult.WRONG_PERSON.value},
        ),
    }
)
"""What is suggested only where it was read."""

_WORDS: Mapping[Says, str] = MappingProxyType(
    {
        Says.PAID: "it is paid",
        Says.PROMISE: "it will be paid",
        Says.DISPUTE: "it is contested",
        Says.QUESTION: "a question",
        Says.WRONG_PERSON: "the wrong person",
        Says.OUT_OF_OFFICE: "nobody is there now",
        Says.ANGRY: "anger: a person should answer",
    }
)
_WITH_A_CHANNEL = (Act.PROMISE, Act.DISPUTE_OPENED)


def suggested_acts(
    case_id: str, channel: str, found: Sequence[ReplyMeaning]
) -> tuple[Suggestion, ...]:
    """List one act for each thing that an answer may mean, what was read of it first."""
    read = {one.meaning: one for one in found}
    rest = [meaning for meaning in _ALWAYS if meaning not in read]
    acts = {**_ALWAYS, **_MORE}
    return tuple(
        _filled(replace(acts[meaning], case=case_id), channel, read.get(meaning))
        for meaning in (*read, *rest)
        if meaning in acts
    )


def reading_lines(found: Sequence[ReplyMeaning], by: str) -> Iterator[str]:
    """Write what was read, each with the words that it rests on, for the person who decides."""
    for one in found:
        told = [_WORDS[one.meaning]]
        told += [str(one.day)] if one.day else []
        told += [str(one.amount)] if one.amount else []
        yield f"{by} reads: {', '.join(told)}: \u00ab{one.quote}\u00bb"
    if not found:
        yield f"{by} reads nothing in it that is beyond doubt: a person reads it"


def _filled(one: Suggestion, channel: str, read: ReplyMeaning | None) -> Suggestion:
    """The act with what is known of it; a person adds the rest."""
    fields = dict(one.fields)
    if one.act in _WITH_A_CHANNEL:
        fields["channel"] = channel
    if read and read.day:
        fields["date"] = read.day.isoformat()
    if read and read.amount:
        fields["amount"] = read.amount.plain
    needed = {name: words for name, words in one.needed.items() if name not in fields}
    return replace(one, fields=fields, needed=needed)
