"""Answers on the command line: found, read, and seen beside the case."""

from datetime import UTC, datetime
from uuid import uuid4

from activities.ports.incoming import Reply, ReplyKind
from adapters.ledger.core.engine import make_engine
from adapters.ledger.inbound.incoming import note_reply
from tests.starter.cli.conftest import Shell

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_an_answer_that_names_nothing_is_found_and_read(shell: Shell) -> None:
    key = f"mail/{uuid4()}"
    engine = make_engine(shell.env["AMICABLE_DATABASE_URL"], pool_size=1)
    came = Reply(
        key=key, channel="email", sort=ReplyKind.UNROUTED, at=NOON, said="Paid.", sender="b@x"
    )
    assert note_reply(engine, came)
    engine.dispose()

    listed = shell("reply", "list", "-o", "json").json
    (mine,) = [line for line in listed if line["key"] == key]
    assert (mine["sort"], mine["state"], mine["case"]) == ("unrouted", "new", None)
    assert "said" not in mine
    assert shell("reply", "list", "--unrouted", "-o", "json").json == []
    shown = shell("reply", "show", key, "-o", "json").json
    assert (shown["said"], shown["sender"]) == ("Paid.", "b@x")
    assert "reply list" in shell("reply", "show", "nothing", expect=3).err
