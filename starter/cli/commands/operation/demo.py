"""`amicable demo`: everything started, sample invoices opened, the first reminders written."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Any

from activities.ports.stores.cases import CaseRow
from adapters.config.settings import Settings
from domain.calendar import Calendar
from domain.ids import CaseId
from domain.policy.policy_file import shipped_policies
from infra.embedded import Running
from starter.application import Application, open_application
from starter.cli.commands.operation.up import start, where
from starter.cli.errors import UsageError
from starter.cli.options import OUTPUT, Output
from starter.cli.output import Format, say, show_one, show_rows, show_text
from starter.demo import electronic, opening
from starter.demo.keys import keys_of_the_demo
from starter.demo.page import give_links_a_secret, page_of_the_demo
from starter.demo.people import DEMO_PERSON, link_of_the_demo
from starter.demo.samples import DEMO_CREDITOR, SAMPLES

_PATIENCE = 90.0
"""Seconds in which the first reminders must be written."""

_POLICY = "any_hour"
_COLUMNS = ("number", "customer", "situation", "open", "currency", "stage", "happened", "next")


def demo(output: Output = OUTPUT) -> None:
    """Start everything, open sample invoices, and show what happened to them.

    Nothing leaves this machine: messages are written into a folder. It goes on in the background
    until `amicable down`; run again, it opens nothing twice and shows how things stand.

    Example: amicable demo
    """
    _refuse_live()
    give_links_a_secret()
    running = start()
    # Whatever else this shell points at: made-up customers go into the demo's own ledger.
    os.environ.update(running.env())
    application = open_application(running.home)
    fresh = opening.open_samples(application, running.home)
    fresh += electronic.take_in_sample(application, running.home, shipped_policies(_POLICY))
    say(f"Opened {fresh} sample invoices …" if fresh else "The sample invoices are open already …")
    done = opening.wait_until_done(
        application, _PATIENCE, lambda busy: say(f"{busy} cases have something to do now …")
    )
    if not done:
        log = running.home / "logs" / "worker.log"
        say(f"Some are still at work; look at {log}, or run it again to see how things stand.")
    keys = keys_of_the_demo(application, running.home)
    links = {
        "console_link": link_of_the_demo(application),
        "customer_link": page_of_the_demo(application, running.api_url),
    }
    _show(application, running, [*_to_try(application), _to_ask(running, keys)], links, output)


def _refuse_live() -> None:
    if Settings().live:
        raise UsageError("AMICABLE_LIVE is set, but the demo's customers are made up; unset it")


def _show(
    application: Application,
    running: Running,
    to_try: list[str],
    links: dict[str, str],
    output: Format,
) -> None:
    rows = [_line(application, row) for row in opening.cases(application)]
    if output is not Format.TABLE:
        told = {"cases": rows, "messages": _messages(running.outbox), "try": to_try}
        show_one({**where(running), **told, **links}, output)
        return
    show_rows(rows, Format.TABLE, _COLUMNS)
    written = _messages(running.outbox)
    lines = [
        "",
        f"{len(written)} messages were written to {running.outbox}; nothing left this machine.",
        *([f"The newest is {written[-1]}"] if written else []),
        f"Every case is a workflow in the Temporal UI: {running.ui_url}",
        "",
        f"The console, as {DEMO_PERSON}, a supervisor (this link works once, within a day):",
        f"  {links['console_link']}",
        "",
        "A customer's page, as the link of a letter opens it:",
        f"  {links['customer_link']}",
        "",
        "Try next:",
        *(f"  {command}" for command in to_try),
        "",
        "It all goes on in the background until `make down`.",
    ]
    show_text("\n".join(lines))


def _other(row: CaseRow) -> str:
    return electronic.SITUATION if row.number == electronic.NUMBER else "yours"


def _line(application: Application, row: CaseRow) -> dict[str, Any]:
    sample = next((one for one in SAMPLES if one.number == row.number), None)
    there = Calendar(sample.debtor.zone if sample else "UTC")
    day = there.local_date(row.next_at).isoformat() if row.next_at else ""
    return {
        "case": row.case_id,
        "number": row.number,
        "customer": row.customer_name,
        "situation": sample.situation if sample else _other(row),
        "open": row.open,
        "currency": row.open.currency,
        "stage": row.outcome or row.stage,
        "happened": _happened(application, row.case_id),
        "next": f"{row.next_step} {day}".strip() if not row.outcome else "",
        "next_at": row.next_at,
        "why": row.next_why,
    }


def _happened(application: Application, case_id: str) -> str:
    """What was done, by step, with the channel that got through or what became of it."""
    words = []
    for deed in application.cases.deeds(case_id):
        how = deed.channel or ("" if deed.result.value == "done" else deed.result.value)
        words.append(f"{deed.step} ({how})" if how else deed.step)
    return ", ".join(words)


def _messages(outbox: Path) -> list[str]:
    found = [path for path in outbox.glob("????-??-??/*") if path.suffix in (".eml", ".json")]
    return [str(path) for path in sorted(found, key=lambda path: path.stat().st_mtime)]


def _to_ask(running: Running, keys: dict[str, Path]) -> str:
    """How a program asks; its key lies in a file that only this user reads."""
    bearer = f'-H "Authorization: Bearer $(cat {shlex.quote(_near(keys["billing"]))})"'
    return f"curl {bearer} {running.api_url}/v1/cases"


def _to_try(application: Application) -> list[str]:
    """Commands, as this very shell can run them."""
    amicable = _near(Path(sys.argv[0]))
    late = next(sample for sample in SAMPLES if sample.number == "D-1006")
    about = f"{late.number} --creditor {DEMO_CREDITOR.id}"
    row = application.cases.row(str(CaseId(DEMO_CREDITOR.id, late.number)))
    open_ = row.open.plain if row and row.open.minor else late.amount.plain
    return [
        f"{amicable} case preview {about}",
        f"{amicable} payment record {about} --amount {open_} --id TRY-1",
        f"{amicable} bank list --state open --creditor {DEMO_CREDITOR.id}",
        f"{amicable} task list",
    ]


def _near(place: Path) -> str:
    """A path as one types it here."""
    here = place.is_absolute() and place.is_relative_to(Path.cwd())
    return os.fspath(place.relative_to(Path.cwd()) if here else place)
