"""Whatever strangers send to a case: it is applied or refused in words, and the case goes on."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.cases.hearing import hear
from activities.cases.session import Session
from domain.intake.reading import PLAN_FIELDS
from domain.message_types import MessageType
from domain.wire import Answer, ReceivedMessage
from tests.activities.sending_harness import Office

FIELDS = (
    *("id", "amount", "currency", "date", "at", "reason", "note", "ref", "by", "channel"),
    *("owner", "approved_by", "source", *sorted(PLAN_FIELDS)),
)
SOUND: dict[str, Any] = {
    "id": "m-1",
    "amount": "19.00",
    "date": "2026-03-09",
    "note": "by phone",
    "reason": "promised",
    "ref": "m-1",
    "by": "ann",
    "channel": "email",
}
HOSTILE: st.SearchStrategy[Any] = st.sampled_from(
    [
        *("\ud83d", "cut \udc00", "\x00", "a\x00b", "9" * 5000, "-0", "1e999", "NaN", "٣"),
        *("9999-12-31", "0001-01-01", "2026-02-30", "1000000000000.00", "x" * 5000, "\u202e"),
        *(10**30, -1, 0, True, None, 0.1, float("inf"), [], {}, [[]], ["\ud83d"], {"\x00": 1}),
        *("week", "standard", "opted_out", "bounced", {"date": "2026-03-09"}),
        [{"date": "2026-03-09", "amount": "10.00"}],
        [{"date": "2026-03-09", "amount": 10**40}],
    ]
)
SPOILT = st.tuples(
    st.sets(st.sampled_from(sorted(SOUND))),
    st.dictionaries(st.sampled_from(FIELDS), HOSTILE, max_size=2),
).map(lambda told: {name: SOUND[name] for name in sorted(told[0])} | told[1])
BODIES = SPOILT | st.dictionaries(st.text(max_size=5) | HOSTILE.map(str), HOSTILE, max_size=2)


class _TakenBackError(Exception):
    """Ends a transaction such that nothing of it stays."""


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(heard=st.lists(st.tuples(st.sampled_from(MessageType), BODIES, st.booleans()), max_size=3))
def test_whatever_is_said_is_applied_or_refused_and_the_case_goes_on(
    office: Office, heard: list[tuple[MessageType, Any, bool]]
) -> None:
    messages = [
        ReceivedMessage(kind=kind.value, body=json.dumps(body), key=f"k-{number}", keyed=keyed)
        for number, (kind, body, keyed) in enumerate(heard)
    ]
    answers: dict[str, Answer] = {}
    with suppress(_TakenBackError), office.ledger.account_of(office.case) as book:
        session = Session(book, office.case, office.now)
        answers = hear(session, messages)
        decision = session.decide()
        raise _TakenBackError

    assert set(answers) == {message.key for message in messages}
    for answer in answers.values():
        answer.text.encode()
        assert answer.accepted or answer.text
    assert decision.number
