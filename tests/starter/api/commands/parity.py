"""What can be done at the command line, in the console and over HTTP, beside each other.

Written down with: python -m tests.starter.api.commands.parity > docs/commands-over-http.md
"""

from __future__ import annotations

from starter.cli.docs import all_commands

MACHINE = "of the machine on which it runs"
FILES = "of a file at hand: programs read it themselves and tell what it says"
PERSONS = "decided by a person who runs Amicable: a key must not widen what keys may"
SHARED = "of the whole installation, not of one creditor"

OVER_HTTP: dict[str, str] = {
    "briefing": "brief",
    "invoice correct": "invoiceCorrected",
    "invoice copy": "keepCopy",
    "invoice import": "openMany, importInvoices",
    "invoice open": "openCase",
    "invoice list": "listCases",
    "invoice show": "showCase",
    "invoice credit": "creditNote, creditNoteCancelled",
    "payment list": "listPayments",
    "payment allocate": "allocateMoney",
    "payment refund": "refundMoney, refund",
    "payment in-flight": "inFlight",
    "payment failed": "inFlightFailed",
    "payment record": "postPayment",
    "payment import": "postMany",
    "payment reverse": "paymentReversed",
    "bank import": "importStatement",
    "bank accounts": "listBankAccounts, stopBankAccount, resumeBankAccount",
    "bank list": "listBankEntries",
    "bank show": "showBankEntry",
    "bank assign": "assignBankEntry",
    "bank dismiss": "dismissBankEntry",
    "bank undo": "undoBankEntry",
    "promise record": "promise",
    "promise confirm": "agreementConfirmed",
    "plan propose": "planProposed",
    "plan calculate": "calculatePlan",
    "plan agree": "planAgreed",
    "plan end": "planEnded",
    "plan show": "showCase",
    "settlement offer": "settlement",
    "dispute open": "disputeOpened",
    "dispute settle": "disputeSettled",
    "evidence add": "keepFile",
    "evidence list": "listEvidence",
    "evidence get": "getEvidence",
    "agency quote": "showQuotes",
    "agency place": "placeCase",
    "agency decide": "showChoices, decideReturned",
    "agency cases": "listOwnCases",
    "agency show": "showOwnCase",
    "agency news": "agencyNews, reportNews",
    "agency tell": "tellAgency",
    "agency money": "reportMoney",
    "agency accounts": "listAgencyAccounts",
    "agency poll": "pollAgencies",
    "call record": "callResult",
    "reply list": "listReplies",
    "reply show": "showReply",
    "reply get": "getReplyFile",
    "reply remittance": "showRemittance, recordRemittance",
    "creditor show": "showCreditor",
    "case show": "showCase",
    "case why": "whyCase",
    "case preview": "previewCase",
    "case pause": "pause",
    "case resume": "resume",
    "case skip": "stepSkipped",
    "case send-now": "sendNow",
    "case undo": "takenBack",
    "case withdraw": "withdrawn",
    "case write-off": "writeOff",
    "case waive-costs": "costsWaived",
    "case undo-write-off": "writeOffUndone",
    "case correct-letter": "letterCorrected",
    "case approve": "approve",
    "case approve-handoff": "handoffApproved",
    "case statement": "showStatement",
    "customer do-not-contact": "flagCustomer, optOut",
    "customer vulnerable": "flagCustomer",
    "customer export": "exportCustomer",
    "customer erase": "eraseCustomer",
    "customer show": "showCustomer",
    "customer list": "listCustomers",
    "customer check": "checkCustomer",
    "customer limit": "setLimit",
    "customer report": "keepReport",
    "customer owner": "giveCustomer",
    "customer note": "noteCustomer",
    "customer bulk": "actOnMany",
    "customer contact add": "addContact",
    "customer contact list": "listContacts",
    "customer contact remove": "removeContact",
    "customer contact set": "changeCustomer",
    "customer link list": "listLinks",
    "customer link make": "makeLink",
    "customer link revoke": "revokeLink",
    "credit show": "showCredit",
    "credit hold": "holdCredit",
    "credit release": "releaseCredit",
    "task list": "listTasks",
    "task show": "showTask",
    "task take": "takeTask",
    "task done": "finishTask",
    "task undo": "undoTask",
    "team list": "listTeam",
    "team away": "colleagueAway",
    "team back": "colleagueBack",
    "hold on": "holdOn",
    "hold off": "holdOff",
    "hold show": "showHold",
    "webhook add": "addWebhook",
    "webhook list": "listWebhooks",
    "webhook remove": "removeWebhook",
    "webhook test": "tryWebhook",
    "webhook retry": "retryWebhook",
    "policy list": "listPolicies",
    "policy apply": "previewPolicy, applyPolicy",
    "policy check": "checkPolicy",
    "policy show": "showPolicy",
    "experiment start": "startExperiment",
    "experiment list": "listExperiments",
    "experiment show": "showExperiment",
    "experiment stop": "stopExperiment",
    "letter look": "lookAtLetter",
    "letter change": "changeLetter",
    "letter undo": "undoLetterChange",
    "letter test": "tryLetterOut",
    "letter send": "sendLetter",
    "letter sent": "listSentLetters",
    **{
        f"report {name}": "showReport"
        for name in ("ageing", "dso", "promises", "recovery", "benchmarks", "forecast")
    },
}
"""The operations that do what a command does."""

NOT_OVER_HTTP: dict[str, str] = {
    **dict.fromkeys(("demo", "up", "down", "doctor", "migrate", "worker", "watch", "api"), MACHINE),
    **dict.fromkeys(("assistant", "console serve", "encryption keys"), MACHINE),
    **dict.fromkeys(("console invite", "console people", "console remove"), PERSONS),
    **dict.fromkeys(("key create", "key list", "key revoke", "webhook secret"), PERSONS),
    **dict.fromkeys(("team add", "team remove", "creditor set"), PERSONS),
    "bank match": "done by each statement that comes in",
    **dict.fromkeys(("retention set", "retention show", "retention run"), PERSONS),
    **dict.fromkeys(("retention archive", "retention verify", "retention bring-back"), PERSONS),
    **dict.fromkeys(("connector list", "connector status"), SHARED),
    **dict.fromkeys(("connector pull", "connector push"), SHARED),
    **dict.fromkeys(("rates list", "rates show", "rates add", "rates confirm"), SHARED),
    "agency list": SHARED,
    **dict.fromkeys(("rehearse", "letter check", "letter preview"), FILES),
    **dict.fromkeys(("letter gallery", "letter statement", "policy schema"), FILES),
}
"""Why a command has no operation."""

FROM_THE_CONSOLE: dict[str, str] = {
    "/agencies/place": "placeCase",
    "/agencies/decide": "decideReturned",
    "/agencies/tell": "tellAgency",
    "/agencies/news": "agencyNews",
    "/agencies/money": "postPayment",
    "/acts/{name}": "promise, pause, disputeOpened, callResult, writeOff",
    "/approve": "approve",
    "/policies/look": "previewPolicy",
    "/policies/apply": "applyPolicy",
    "/money/allocate": "allocateMoney",
    "/money/bank/assign": "assignBankEntry",
    "/money/bank/dismiss": "dismissBankEntry",
    "/money/bank/undo": "undoBankEntry",
    "/money/refund": "refundMoney",
    "/snooze": "actOnMany",
    "/letter-change": "changeLetter",
    "/letter-undo": "undoLetterChange",
    "/letter-test": "tryLetterOut",
    "/letter-send": "sendLetter",
    "/plan": "planAgreed",
    "/many": "actOnMany",
    "/many/look": "actOnMany",
    "/many/do": "actOnMany",
    "/customer/{name}": "changeCustomer, flagCustomer, noteCustomer, setLimit, keepReport",
    "/task/done": "finishTask",
    "/task/undo": "undoTask",
    "/task/take": "takeTask",
    "/remittance": "recordRemittance",
}
"""The operations that do what an address of the console does."""

CONSOLE_ONLY = {
    *("/enter/{secret}", "/leave", "/passkey/enter", "/passkey/make", "/me/language"),
    *("/view-keep", "/view-forget", "/operation/{path}", "/policies/rehearse"),
}
"""Addresses of the console for a person's own visit, and for whoever runs it."""

HEAD = """# Commands over HTTP

What the command line does, and the [gateway's](gateway.md) operation that does the same.
Their fields stand in [`openapi.json`](openapi.json); the services behind both are the same.
Written by `python -m tests.starter.api.commands.parity`.

| command | operation |
|---|---|"""


def parity_page() -> str:
    """Write the page, in Markdown."""
    names = [words for words, _ in all_commands()]
    rows = [f"| `{name}` | {_operations(OVER_HTTP[name])} |" for name in names if name in OVER_HTTP]
    others = [f"| `{name}` | {NOT_OVER_HTTP[name]} |" for name in names if name in NOT_OVER_HTTP]
    without = "\n## Not over HTTP\n\n| command | because it is |\n|---|---|"
    return "\n".join([HEAD, *rows, without, *others]) + "\n"


def _operations(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split(", "))


if __name__ == "__main__":
    print(parity_page(), end="")  # noqa: T201 - that is what it is for
