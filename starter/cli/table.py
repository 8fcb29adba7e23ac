"""The table of commands and their modules, each imported when it is called, no sooner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

_COMMANDS = "starter.cli.commands"


@dataclass(frozen=True, slots=True)
class Entry:
    """A noun with its verbs, or a command of one word.

    Attributes:
        place: the module below the folder of commands, and the name in it.
        line: what the help says of it: the first sentence of its own help.
    """

    place: str
    line: str


PANELS = {
    "Running it": {
        "demo": Entry(
            "operation.demo:demo",
            "Start everything, open sample invoices, and show what happened to them.",
        ),
        "up": Entry(
            "operation.up:up",
            "Start what does not run yet: PostgreSQL, Temporal, a worker, the gateway, "
            "the console.",
        ),
        "down": Entry(
            "operation.down:down", "Stop what `up` started here, and nothing else; all data stays."
        ),
        "doctor": Entry(
            "operation.doctor:doctor",
            "Say in words what is missing on this machine; exit code 1 if anything is.",
        ),
        "migrate": Entry(
            "operation.migrate:migrate",
            "Bring the ledger's tables up to date; harmless to repeat, and `up` does it by itself.",
        ),
        "worker": Entry(
            "operation.worker:worker",
            "Run a worker in the foreground until it is stopped; it lets running deeds end.",
        ),
        "watch": Entry(
            "operation.watch:watch",
            "Take in bank statements and electronic invoices as they come into a folder.",
        ),
        "encryption": Entry(
            "operation.encryption:app", "Keys that seal what Temporal stores: what needs them."
        ),
        "api": Entry(
            "operation.api:api",
            "Run the gateway in the foreground until it is stopped; `up` runs it "
            "in the background.",
        ),
        "assistant": Entry(
            "operation.assistant:assistant",
            "Let an agent program look up and propose for a person of the team, and nothing else.",
        ),
        "console": Entry(
            "operation.console:app", "The console for people: serve, invite, people, remove."
        ),
    },
    "Policies": {
        "rehearse": Entry(
            "operation.rehearse:rehearse",
            "What a policy would have done to last year's invoices; both engines give "
            "the same lines.",
        ),
    },
    "Cases": {
        "briefing": Entry(
            "customers.briefing:briefing",
            "Tell what to know before a call: invoices, history, what was tried and agreed, "
            "what to ask.",
        ),
        "invoice": Entry(
            "cases.invoice.verbs:app", "Invoices: import, open, list, show, credit, correct, copy."
        ),
        "payment": Entry(
            "money.payment.verbs:app",
            "Money: record, import, reverse, list, allocate, refund, in flight.",
        ),
        "bank": Entry(
            "money.bank:app", "Bank statements: import, list, show, assign, undo, dismiss."
        ),
        "connector": Entry(
            "money.connector:app", "Connected billing systems: list, pull, push, status."
        ),
        "rates": Entry("money.rates:app", "Rates of interest: list, show, add, confirm."),
        "promise": Entry("cases.promise:app", "Promises to pay, each with its Plan B."),
        "plan": Entry("cases.plan:app", "Instalment plans, each part watched by itself."),
        "settlement": Entry("cases.settlement:app", "Offers that settle it all, with an expiry."),
        "dispute": Entry("cases.dispute:app", "What a customer contests."),
        "evidence": Entry(
            "cases.evidence:app", "Files kept with a case: contracts, delivery notes, receipts."
        ),
        "agency": Entry(
            "agencies.verbs:app",
            "Agencies: what they take, say and pay: list, quote, place, show, tell, money.",
        ),
        "call": Entry("customers.call:app", "How calls went."),
        "reply": Entry("customers.reply:app", "Answers of debtors: list, show, get a file."),
        "case": Entry("cases.case.verbs:app", "One case: show, why, preview, pause, resume, end."),
    },
    "People": {
        "customer": Entry(
            "customers.customer.verbs:app", "Customers: show, list, contact data, wishes."
        ),
        "credit": Entry("customers.credit:app", "A customer's credit: show, hold, release."),
        "creditor": Entry("creditor.creditor:app", "The company that is owed: set, show."),
        "task": Entry("customers.task:app", "The collectors' desk: what waits for a person."),
        "team": Entry("customers.team:app", "The creditor's own people, who do what waits."),
        "retention": Entry(
            "customers.retention:app",
            "How long data of customers is kept: set, show, run, archive, verify, bring-back.",
        ),
        "hold": Entry("operation.hold:app", "Stop everything that would go out, at once."),
        "webhook": Entry("creditor.webhook:app", "Tell other systems what happens, signed."),
        "key": Entry("creditor.key:app", "Keys of programs that use the gateway."),
    },
    "Rules": {
        "policy": Entry(
            "creditor.policy.verbs:app", "The ladder: check, show, schema, list, apply."
        ),
        "experiment": Entry(
            "creditor.experiment:app",
            "Two policies side by side on new cases: start, list, show, stop.",
        ),
        "letter": Entry(
            "creditor.letter_desk:app",
            "What customers read: check, preview, look, change, test, send, gallery.",
        ),
    },
    "Knowing": {
        "report": Entry(
            "money.report.verbs:app", "Ageing, DSO, promises, recovery, benchmarks, forecast."
        ),
    },
}
"""By heading and by the word that a person writes, in the order of the help."""


class _Loading(Mapping[str, Any]):
    """The commands by their words; a module is imported when its command is looked at."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = _load(name, self._entries[name])
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class LazyGroup(TyperGroup):
    """The commands of the table; the help shows their lines and imports nothing for it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        entries = {name: entry for some in PANELS.values() for name, entry in some.items()}
        self.commands: Any = _Loading(entries)
        self._lines = {
            name: TyperCommand(name, help=entry.line, rich_help_panel=panel)
            for panel, some in PANELS.items()
            for name, entry in some.items()
        }

    def list_commands(self, ctx: Any) -> list[str]:
        """List the words in the order of the help."""
        return list(self._lines)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Find what the help shows of a command: its line, and no more."""
        return self._lines.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that is called, and load it."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, self.commands[name] if name else None, rest


def _load(name: str, entry: Entry) -> Any:
    """Import a module and make its command: a noun's verbs, or a single function."""
    module, _, attribute = entry.place.partition(":")
    found = getattr(import_module(f"{_COMMANDS}.{module}"), attribute)
    if isinstance(found, typer.Typer):
        made: Any = get_group(found)
    else:
        single = typer.Typer(add_completion=False)
        single.command(name)(found)
        made = get_command(single)
    made.name = name
    return made
