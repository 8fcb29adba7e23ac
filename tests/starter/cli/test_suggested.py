"""What may be done is shown as a command that exists, with a blank for what is still needed."""

import shlex
from typing import Any

import pytest
import typer

from activities.cases.money_questions import _ID, _INVOICES
from domain.briefing.call_script import NEEDED
from domain.calls.results import RESULTS
from domain.suggestion import Act, Suggestion
from starter.cli.main import app
from starter.cli.suggested import command_of

ROOT: Any = typer.main.get_command(app)
CASE = "invoice/acme/R-1"


def calls() -> list[Suggestion]:
    return [
        Suggestion(
            act=Act.CALL_RESULT,
            case=CASE,
            fields={"reason": result},
            needed=NEEDED.get(result, {}),
        )
        for result in RESULTS
    ]


OTHERS = [
    (
        Suggestion(act=Act.PROMISE, case=CASE, fields={"channel": "email"}, needed={"date": "day"}),
        "amicable promise record R-1 --creditor acme --channel email --date YYYY-MM-DD",
    ),
    (
        Suggestion(act=Act.DISPUTE_OPENED, case=CASE, needed={"reason": "what is wrong"}),
        "amicable dispute open R-1 --creditor acme --reason goods",
    ),
    (
        Suggestion(act=Act.PAUSE, case=CASE, fields={"reason": "question"}, needed={"date": "day"}),
        "amicable case pause R-1 --creditor acme --reason question --until YYYY-MM-DD",
    ),
    (
        Suggestion(act=Act.PLAN_PROPOSED, case=CASE),
        "amicable plan propose R-1 --creditor acme",
    ),
    (
        Suggestion(act=Act.CREDIT_NOTE, case=CASE, fields={"amount": "1.00"}, needed=_ID),
        "amicable invoice credit R-1 --creditor acme --amount 1.00 --id YOUR-ID",
    ),
    (
        Suggestion(act=Act.REFUND, creditor="acme", fields={"payment": "bank/B-1"}, needed=_ID),
        "amicable payment refund --creditor acme --payment bank/B-1 --id YOUR-ID",
    ),
    (
        Suggestion(
            act=Act.REFUND,
            case=CASE,
            fields={"surplus_of": CASE, "amount": "2.00"},
            needed=_ID,
        ),
        "amicable payment refund --creditor acme --surplus-of R-1 --amount 2.00 --id YOUR-ID",
    ),
    (
        Suggestion(
            act=Act.ALLOCATION, case=CASE, fields={"surplus_of": CASE}, needed=_INVOICES | _ID
        ),
        "amicable payment allocate NUMBER… --creditor acme --surplus-of R-1 --id YOUR-ID",
    ),
    (
        Suggestion(act=Act.APPROVAL, case=CASE, fields={"ref": "call-17"}),
        "amicable case approve R-1 --creditor acme --ref call-17",
    ),
    (
        Suggestion(
            act=Act.ASSIGN_ENTRY, creditor="acme", fields={"entry": "E-1", "invoices": "R 1;R-2"}
        ),
        "amicable bank assign E-1 'R 1' R-2 --creditor acme",
    ),
    (
        Suggestion(act=Act.DISMISS_ENTRY, creditor="acme", fields={"entry": "E-1"}),
        "amicable bank dismiss E-1 --creditor acme",
    ),
    (Suggestion(act=Act.READ_REPLIES), "amicable reply list --unrouted"),
    (
        Suggestion(
            act=Act.SWITCH_WEBHOOK_ON,
            creditor="acme",
            fields={"name": "shop", "url": "https://shop.example", "kinds": "case.opened a.b"},
        ),
        (
            "amicable webhook add shop https://shop.example --creditor acme"
            " --kind case.opened --kind a.b"
        ),
    ),
    (
        Suggestion(act=Act.RETRY_WEBHOOK, creditor="acme", fields={"name": "shop"}),
        "amicable webhook retry shop --creditor acme",
    ),
]


def test_every_act_is_tried_here() -> None:
    assert {one.act for one, _ in OTHERS} | {Act.CALL_RESULT} == set(Act)


@pytest.mark.parametrize(("what", "command"), OTHERS)
def test_an_act_becomes_a_command(what: Suggestion, command: str) -> None:
    assert command_of(what) == command


@pytest.mark.parametrize("what", [*calls(), *(one for one, _ in OTHERS)])
def test_the_command_and_its_options_exist(what: Suggestion) -> None:
    _, noun, verb, *rest = shlex.split(command_of(what))
    command = ROOT.commands[noun].commands[verb]
    known = {option for one in command.params for option in one.opts}

    assert {word for word in rest if word.startswith("--")} <= known


def test_the_command_of_a_call_asks_for_what_its_result_needs() -> None:
    told = {one.fields["reason"]: command_of(one) for one in calls()}

    assert told["busy"] == "amicable call record R-1 --creditor acme --result busy"
    assert told["promised"].endswith("--result promised --date YYYY-MM-DD")
    assert told["disputed"].endswith("--result disputed --about goods")
    assert told["invoice_error"].endswith('--note "what is wrong"')


def test_a_number_with_blanks_is_typed_safely() -> None:
    blank = Suggestion(act=Act.PROMISE, case="invoice/acme/R 1; x")

    assert command_of(blank).startswith("amicable promise record 'R 1; x' --creditor")
