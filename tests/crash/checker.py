"""An independent look at what came of it all: only the provider's log, the agency's folder, SQL.

Run it on any installation: ``python -m tests.crash.checker OUTBOX AGENCY 'host=… dbname=…'``.
It uses nothing of the house, so that no mistake of ours can hide itself.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

WINDOW = timedelta(seconds=10)
"""What may still arrive after a payment, and only where the database died in the middle."""

_ITEMS = """
    SELECT m.id::text AS id, m.state, i.case_id, i.step, i.episode
    FROM outbound_message m JOIN outbound_item i ON i.message_id = m.id
    WHERE m.channel <> 'agency'"""
_UNLANDED = """
    SELECT i.case_id, i.step, m.state FROM outbound_message m
    JOIN outbound_item i ON i.message_id = m.id
    WHERE m.channel = 'agency' AND m.state <> 'accepted'"""
_DEEDS = 'SELECT case_id, step, episode, "do", result, channel, at FROM deed ORDER BY id'
_MONEY = """
    SELECT c.case_id, c.amount, c.paid, c.credited, c.written_off, c.open, c.surplus, c.outcome,
           coalesce(sum(m.amount), 0)::bigint AS received
    FROM case_file c LEFT JOIN message m ON m.case_id = c.case_id AND m.kind = 'payment'
    GROUP BY c.case_id"""
_PAID_AT = """
    SELECT case_id, min(recorded_at) AS at FROM (
      SELECT m.case_id, m.recorded_at, c.amount,
             sum(m.amount) OVER (PARTITION BY m.case_id ORDER BY m.seq) AS sum
      FROM message m JOIN case_file c USING (case_id) WHERE m.kind = 'payment') s
    WHERE sum >= amount GROUP BY case_id"""
_UNSEEN = """
    SELECT DISTINCT m.case_id FROM message m JOIN case_file c USING (case_id)
    WHERE m.seq > c.seen_message OR m.status = 'new'"""
_POSTED = "SELECT id, amount FROM payment"
_PARTS = "SELECT key, count(*) AS n FROM message WHERE kind = 'payment' GROUP BY case_id, key"


@dataclass(frozen=True)
class Findings:
    """What the outside knows: the provider's log, the agency's files, the ledger's rows.

    Attributes:
        sent: each acceptance, id and instant, in the provider's order; doubles are there twice.
        filed: each file that the agency has: kind, delivery id, case id, instant.
        hidden: letters that lie in the print queue under a name that no printer looks for.
    """

    sent: tuple[tuple[str, datetime], ...]
    filed: tuple[tuple[str, str, str, datetime], ...]
    rows: dict[str, list[dict[str, Any]]]
    hidden: frozenset[str] = frozenset()


def look(outbox: Path, agency: Path, conninfo: str) -> Findings:
    """Read everything once."""
    queries = {"items": _ITEMS, "deeds": _DEEDS, "money": _MONEY, "paid_at": _PAID_AT}
    queries |= {"unlanded": _UNLANDED, "unseen": _UNSEEN, "posted": _POSTED, "parts": _PARTS}
    with psycopg.connect(conninfo, row_factory=dict_row) as link:
        rows = {name: link.execute(query.encode()).fetchall() for name, query in queries.items()}
    hidden = frozenset(path.name.partition(".")[0] for path in outbox.glob("*/*.waiting"))
    return Findings(tuple(_sent(outbox / "sent.jsonl")), tuple(_filed(agency)), rows, hidden)


def complaints(
    findings: Findings, database_deaths: Sequence[datetime] = (), acknowledged: Sequence[str] = ()
) -> list[str]:
    """Everything that is wrong, in sentences; empty if every promise was kept."""
    return [
        *_doubled(findings),
        *_not_one_to_one(findings),
        *after_payment(findings, database_deaths),
        *_out_of_order(findings),
        *_agency(findings),
        *_money(findings),
        *_lost(findings, acknowledged),
        *_unfinished(findings),
    ]


def _doubled(findings: Findings) -> Iterator[str]:
    taken = [message for message, _ in findings.sent]
    taken += [delivery for _, delivery, _, _ in findings.filed]
    for message, times in Counter(taken).items():
        if times > 1:
            yield f"message {message} was accepted {times} times"


def _not_one_to_one(findings: Findings) -> Iterator[str]:
    """Every acceptance has its item, and its deed, and the reverse."""
    accepted = {message for message, _ in findings.sent}
    for message in accepted & findings.hidden:
        yield f"letter {message} was accepted, and no printer sees it"
    told = {
        (row["case_id"], row["step"], row["episode"]): row["result"]
        for row in findings.rows["deeds"]
        if row["channel"] in ("email", "sms", "post")
    }
    for message in accepted - {row["id"] for row in findings.rows["items"]}:
        yield f"message {message} was accepted, and the ledger does not know it"
    for row in findings.rows["items"]:
        result = told.pop((row["case_id"], row["step"], row["episode"]), "nothing")
        seen = "accepted" if row["id"] in accepted else "nothing"
        said = row["state"] if row["state"] in ("accepted", "in_flight") else "nothing"
        if not said == result == seen:
            where = f"{row['case_id']} {row['step']} ({row['id']})"
            yield f"{where} is {row['state']}; its deed says {result}, its provider {seen}"
    for deed, result in told.items():
        yield f"deed {deed} says {result}, and there is no message"


def after_payment(findings: Findings, deaths: Sequence[datetime]) -> Iterator[str]:
    """What went out for a case that was paid, except shortly after a death of the database."""
    paid = {row["case_id"]: row["at"] for row in findings.rows["paid_at"]}
    case_of = {row["id"]: row["case_id"] for row in findings.rows["items"]}
    acts = [(case_of.get(message, ""), at, f"message {message}") for message, at in findings.sent]
    acts += [
        (case, at, f"handoff {what}")
        for kind, what, case, at in findings.filed
        if kind == "case.handed_off"
    ]
    for case, at, what in acts:
        late = case in paid and at > paid[case]
        if late and not any(at - WINDOW <= death <= at for death in deaths):
            yield f"{what} of {case} went out {at - paid[case]} after it was paid"


def _out_of_order(findings: Findings) -> Iterator[str]:
    item = {row["id"]: row for row in findings.rows["items"]}
    last: dict[str, int] = {}
    for message, _ in findings.sent:
        row = item.get(message)
        if row is None or "-" not in row["step"]:
            continue
        number = int(row["step"].rpartition("-")[2])
        if number <= last.get(row["case_id"], 0):
            yield f"{row['case_id']}: {row['step']} came after mail-{last[row['case_id']]}"
        last[row["case_id"]] = number


_SAID = {
    "hand_off": "case.handed_off",
    "recall": "case.recalled",
    "lawyer_letter": "case.letter_wanted",
}


def _agency(findings: Findings) -> Iterator[str]:
    """Handed over what was told, told what was handed over; called back what was paid."""
    for row in findings.rows["unlanded"]:
        yield f"{row['case_id']}: {row['step']} to the agency is {row['state']}"
    for do, kind in _SAID.items():
        says = {row["case_id"] for row in findings.rows["deeds"] if row["do"] == do}
        for case in says ^ _has(findings, kind):
            yield f"{case}: {do} in the ledger {case in says}, at the agency {case not in says}"
    paid = {row["case_id"] for row in findings.rows["paid_at"]}
    for case in (_has(findings, "case.handed_off") & paid) - _has(findings, "case.recalled"):
        yield f"{case} was paid after its handoff and never called back"


def _has(findings: Findings, kind: str) -> set[str]:
    """The cases of which the agency has a file of that kind."""
    return {case for what, _, case, _ in findings.filed if what == kind}


def _money(findings: Findings) -> Iterator[str]:
    for row in findings.rows["money"]:
        whole = row["paid"] + row["credited"] + row["written_off"] + row["open"]
        if whole != row["amount"] or row["open"] < 0:
            yield f"{row['case_id']}: {row['amount']} is not {whole}"
        if row["paid"] + row["surplus"] != row["received"]:
            yield f"{row['case_id']}: received {row['received']}, booked {row['paid']}"


def _lost(findings: Findings, acknowledged: Sequence[str]) -> Iterator[str]:
    posted = {row["id"] for row in findings.rows["posted"]}
    for ident in set(acknowledged) - posted:
        yield f"payment {ident} was acknowledged and is not in the ledger"
    for row in findings.rows["parts"]:
        if row["n"] > 1:
            yield f"payment {row['key']} counts {row['n']} times for one case"
    for row in findings.rows["unseen"]:
        yield f"{row['case_id']} has a message that nobody has looked at"


def _unfinished(findings: Findings) -> Iterator[str]:
    """What is paid is closed, and nothing else is; what is not paid went all the way."""
    told = {(row["case_id"], row["do"]) for row in findings.rows["deeds"]}
    for row in findings.rows["money"]:
        settled = row["open"] == 0
        ended = (row["case_id"], "close" if settled else "hand_off") in told
        if not ended or settled != (row["outcome"] == "paid"):
            yield f"{row['case_id']}: {row['open']} open, outcome {row['outcome']!r}, not at rest"


def _sent(log: Path) -> Iterator[tuple[str, datetime]]:
    for line in log.read_text().splitlines() if log.exists() else []:
        try:
            entry = json.loads(line)
        except ValueError:
            continue  # torn by a kill before it was accepted
        yield entry["id"], datetime.fromisoformat(entry["at"])


def _filed(folder: Path) -> Iterator[tuple[str, str, str, datetime]]:
    for file in sorted(folder.rglob("*.json")):
        found = json.loads(file.read_bytes())
        at = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
        yield found["type"], found["id"], found["data"]["case"], at


if __name__ == "__main__":
    wrong = complaints(look(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
    print("\n".join(wrong) or "every promise was kept")  # noqa: T201 - a program for people
    sys.exit(bool(wrong))
