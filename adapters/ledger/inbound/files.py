"""The files that came with answers: beside the answer until a case keeps them as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, RowMapping, insert, select, update

from adapters.ledger.tables.channels import reply_file
from domain.evidence.received import FileFate, ReceivedFile

_F = reply_file.c
_PLAIN = ("name", "media_type", "size", "sha256")


def add_files(connection: Connection, key: str, files: Iterable[ReceivedFile]) -> None:
    """Keep what came with a new answer."""
    rows = [
        {name: getattr(one, name) for name in (*_PLAIN, "body")}
        | {"reply": key, "position": position, "fate": one.fate.value}
        for position, one in enumerate(files)
    ]
    if rows:
        connection.execute(insert(reply_file), rows)


def files_with(connection: Connection, key: str) -> tuple[ReceivedFile, ...]:
    """List what came with an answer, with the contents that no case keeps yet."""
    query = select(reply_file).where(_F.reply == key).order_by(_F.position)
    return tuple(_file(row, row["body"]) for row in connection.execute(query).mappings())


def files_by_reply(
    connection: Connection, keys: Sequence[str]
) -> dict[str, tuple[ReceivedFile, ...]]:
    """List what came with each of some answers, without the contents."""
    columns = [_F[name] for name in (*_PLAIN, "fate", "reply")]
    query = select(*columns).where(_F.reply.in_(keys)).order_by(_F.reply, _F.position)
    found: dict[str, tuple[ReceivedFile, ...]] = {}
    for row in connection.execute(query).mappings() if keys else ():
        found[row["reply"]] = (*found.get(row["reply"], ()), _file(row, b""))
    return found


def empty_files(connection: Connection, key: str) -> None:
    """Forget the contents of what came with an answer: a case keeps them now."""
    whole = (_F.reply == key) & (_F.body != b"")
    connection.execute(update(reply_file).where(whole).values(body=b""))


def _file(row: RowMapping, body: bytes) -> ReceivedFile:
    plain = {name: row[name] for name in _PLAIN}
    return ReceivedFile(**plain, fate=FileFate(row["fate"]), body=bytes(body))
