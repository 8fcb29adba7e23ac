"""Answers on the command line: found, read, and seen beside the case."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from activities.ports.incoming import Reply, ReplyKind
from adapters.ledger.core.engine import make_engine
from adapters.ledger.inbound.incoming import note_reply
from domain.evidence.received import received_files
from tests.starter.cli.conftest import Shell

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_an_answer_that_names_nothing_is_found_and_read(shell: Shell, tmp_path: Path) -> None:
    key = f"mail/{uuid4()}"
    engine = make_engine(shell.env["AMICABLE_DATABASE_URL"], pool_size=1)
    came = Reply(
        key=key, channel="email", sort=ReplyKind.UNROUTED, at=NOON, said="Paid.", sender="b@x"
    )
    files = received_files([("note.pdf", b"%PDF-1.7 note"), ("setup.exe", b"MZ\x90")])
    assert note_reply(engine, came, files=files)
    engine.dispose()

    listed = shell("reply", "list", "-o", "json").json
    (mine,) = [line for line in listed if line["key"] == key]
    assert (mine["sort"], mine["state"], mine["case"]) == ("unrouted", "new", None)
    assert "said" not in mine
    assert shell("reply", "list", "--unrouted", "-o", "json").json == []
    shown = shell("reply", "show", key, "-o", "json").json
    assert (shown["said"], shown["sender"]) == ("Paid.", "b@x")
    assert (mine["attached"], [one["fate"] for one in shown["files"]]) == (
        2,
        ["kept", "unknown_kind"],
    )
    place = tmp_path / "note.pdf"
    shell("reply", "get", key, "note.pdf", "--to", str(place))
    assert place.read_bytes() == b"%PDF-1.7 note"
    assert (
        "choose another place"
        in shell("reply", "get", key, "note.pdf", "--to", str(place), expect=2).err
    )
    assert "unknown_kind" in shell("reply", "get", key, "setup.exe", expect=3).err
    assert "reply list" in shell("reply", "show", "nothing", expect=3).err
