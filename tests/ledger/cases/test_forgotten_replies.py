"""Answers that belong to nobody are not kept for ever; a wish to be left alone is (GDPR, B1)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from activities.ports.incoming import Reply, ReplyKind
from adapters.ledger.inbound.incoming import forget_strangers, note_reply

OLD = "UPDATE reply SET state = :state, recorded_at = recorded_at - make_interval(days => :days)"


def kept(engine: Engine) -> dict[str, tuple[str, str]]:
    with engine.connect() as link:
        rows = link.execute(text("SELECT key, sender, said FROM reply")).all()
    return {row.key: (row.sender, row.said) for row in rows}


def came(engine: Engine, sort: ReplyKind, whose: tuple[str, str] | None = None) -> str:
    key = f"{sort.value}/{whose}"
    now = datetime.now(UTC)
    reply = Reply(key=key, channel="sms", sort=sort, at=now, sender="+1555", said="words", raw=b"x")
    assert note_reply(engine, reply, whose)
    return key


@pytest.mark.parametrize(("days", "state", "gone"), [(91, "unmatched", True), (91, "new", False)])
def test_only_what_is_old_and_dealt_with_is_emptied(
    fresh_engine: Engine, days: int, state: str, gone: bool
) -> None:
    key = came(fresh_engine, ReplyKind.UNROUTED)
    with fresh_engine.begin() as link:
        link.execute(text(OLD), {"state": state, "days": days})

    assert forget_strangers(fresh_engine) == int(gone)
    assert kept(fresh_engine)[key] == (("", "") if gone else ("+1555", "words"))


def test_what_came_lately_a_stop_and_a_customers_own_words_stay(fresh_engine: Engine) -> None:
    stop, mine = (
        came(fresh_engine, ReplyKind.STOP),
        came(fresh_engine, ReplyKind.REPLY, ("acme", "C-1")),
    )
    with fresh_engine.begin() as link:
        link.execute(text(OLD), {"state": "applied", "days": 91})
    late = came(fresh_engine, ReplyKind.UNROUTED)

    assert forget_strangers(fresh_engine) == 0
    assert {kept(fresh_engine)[key] for key in (stop, mine, late)} == {("+1555", "words")}
