"""The noun `policy`, where the ledger has it: versions in use, and moving cases to another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from activities.case_service import NoSuchCaseError
from activities.ports.stores.policies import PolicyScope, Version
from activities.services.policies import Move, NextStepChange, costs_summary, moves_summary
from domain.case.facts import Action
from domain.ids import CaseId
from domain.policy.model import Policy
from domain.simulation.compared import StepDoes, StepMove
from starter.application import Application, open_application
from starter.cli import options as o
from starter.cli.output import Format, say, show_one, show_rows
from starter.cli.progress import bar
from starter.importing.intake.batch import Progress
from starter.importing.intake.starting import wake_all
from starter.views.policy_lines import moved_case

SHA = re.compile(r"[0-9a-f]{6,64}")
VERSION_COLUMNS = ("sha", "name", "running", "cases", "chosen", "created_at")
MOVE_COLUMNS = ("case", "now", "now_at", "then", "then_at", "why")
STEP_COLUMNS = ("case", "step", "now", "then", "does")


def list_(
    *,
    creditor: o.Creditor = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """List the versions of policies that cases follow, or that were chosen for new ones.

    Example: amicable policy list --creditor acme
    """
    rows = [_version(one) for one in open_application().policies.versions(creditor)]
    show_rows(rows, output, VERSION_COLUMNS, "No case follows any policy yet.")


def apply(
    policy: Annotated[
        str,
        typer.Argument(metavar="POLICY", help="A TOML file, or a shipped name such as standard"),
    ],
    *,
    creditor: o.Creditor = o.CREDITOR,
    customer: Annotated[str, typer.Option(help="Only this customer's cases.")] = "",
    invoice: Annotated[str, typer.Option(help="Only the invoice of this number.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Move them; else only show.")] = False,
    also_own: Annotated[
        bool,
        typer.Option("--also-own", help="Those, too, that were given a policy of their own."),
    ] = False,
    by: o.By = "",
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what running cases would do under another policy and, with --yes, move them.

    Each coming step with its days before and after, the Plan B, and the costs of each case and in
    all. New cases of the creditor (or of that customer) get it from then on. What is nearer wins:
    an invoice's own policy, then its customer's, then the creditor's. No step is ever done twice.

    Example: amicable policy apply ours.toml --creditor acme
    """
    application = open_application()
    scope = PolicyScope(creditor=creditor, customer=customer, number=invoice, also_own=also_own)
    wanted = application.policies.plan(scope, o.policy_option(policy), o.somebody(by))
    case_id = str(CaseId(creditor, invoice))
    if invoice and application.cases.row(case_id) is None:
        raise NoSuchCaseError(f"there is no case {case_id}")
    if customer and not application.customers.is_known(creditor, customer):
        say(f"{creditor} has no customer {customer} yet; with --yes its first invoice gets it.")
    if yes:
        application.runs  # noqa: B018 - said at once if Temporal does not answer
    found = list(application.policies.differences(wanted))
    told = _told(application, wanted, found)
    if yes:
        with bar() as report:
            told["moved"] = _move(application, wanted, report, len(found))
    _show(told, found, output)


def _move(application: Application, wanted: Move, report: Progress, total: int) -> int:
    """Move the cases and wake them, some at a time; answers how many moved."""
    runs, moved = application.runs, 0

    def tell(so_far: int) -> None:
        nonlocal moved
        moved = so_far
        report("moving cases", so_far, max(total, so_far))

    for page in application.policies.move(wanted, tell):
        woken = [application.desk.look(case_id) for case_id in page]
        application.runner.run(wake_all(runs, woken, lambda *_: None))
    return moved


def version(word: str) -> tuple[str, Policy] | None:
    """A version by the beginning of its SHA-256; None if the word is none.

    Raises:
        NotKnownError: if no version begins like that.
        AmbiguousError: if several do.
    """
    if not SHA.fullmatch(word):
        return None
    return open_application().policies.version(word)


def _version(one: Version) -> dict[str, Any]:
    return {
        "sha": one.sha256[:12],
        "sha256": one.sha256,
        "name": one.name,
        "running": one.running,
        "cases": one.cases,
        "chosen": ", ".join(one.chosen),
        "created_at": one.created_at,
    }


def _told(application: Application, wanted: Move, found: list[NextStepChange]) -> dict[str, Any]:
    return {
        "policy": wanted.policy.name,
        "sha256": wanted.sha,
        "creditor": wanted.scope.creditor,
        "customer": wanted.scope.customer or None,
        "invoice": wanted.scope.number or None,
        "cases": len(found),
        "different": sum(one.differs for one in found),
        "changed": sum(one.changes for one in found),
        "costs": {
            currency: {"now": before, "then": after}
            for currency, (before, after) in costs_summary(found).items()
        },
        "kept": application.policies.kept(wanted),
        "ways": moves_summary(found),
        "moved": 0,
    }


def _show(told: dict[str, Any], found: list[NextStepChange], output: Format) -> None:
    if output is Format.JSON:
        show_one({**told, "rows": [_row(one) for one in found]}, output)
        return
    if output is Format.JSONL:
        show_rows([_row(one) for one in found], output, MOVE_COLUMNS)
    else:
        show_rows([line for one in found for line in _lines(one)], output, STEP_COLUMNS)
    kept = f"{told['kept']} keep{'s' if told['kept'] == 1 else ''}"
    say(
        f"{told['cases']} case{'' if told['cases'] == 1 else 's'} would follow {told['policy']} "
        f"({told['sha256'][:12]}): {told['different']} with another next step, "
        f"{told['changed']} with other days, deeds or costs; {kept} a policy of their own."
    )
    for sums in told["costs"].values():
        say(f"  costs on the last day of each: {sums['now']} now, {sums['then']} then")
    for way, cases in told["ways"].items():
        say(f"  {cases} time{'' if cases == 1 else 's'} {way}")
    say(f"{told['moved']} moved." if told["moved"] else "Nothing was moved; --yes moves them.")


def _lines(one: NextStepChange) -> Iterator[dict[str, Any]]:
    """Each step of a case that moves, and its costs if they change."""
    for step in one.steps:
        if step.differs:
            days = {"now": step.before, "then": step.after}
            does = f"{_does(step.does_now)} → {_does(step.does_then)}" if step.does_another else ""
            yield {"case": one.case, "step": step.step, **days, "does": does}
    if one.costs_before != one.costs_after:
        sums = {"now": str(one.costs_before), "then": str(one.costs_after)}
        yield {"case": one.case, "step": "costs", **sums}


def _row(one: NextStepChange) -> dict[str, Any]:
    return {
        **moved_case(one),
        "differs": one.differs,
        "changes": one.changes,
        "steps": [_step(step) for step in one.steps],
        "plan_b": _step(one.plan_b) if one.plan_b else None,
        "costs": {"now": one.costs_before, "then": one.costs_after},
        "before": _action(one.before),
        "after": _action(one.after),
    }


def _step(step: StepMove) -> dict[str, Any]:
    days = {"step": step.step, "now": step.before, "then": step.after}
    return days | {"does_now": _does(step.does_now), "does_then": _does(step.does_then)}


def _does(one: StepDoes) -> str:
    return " by ".join(filter(None, (one.do, one.channel)))


def _action(action: Action) -> dict[str, Any]:
    return {
        "do": action.do.value,
        "step": action.step,
        "at": action.at,
        "why": action.ahead or action.why,
    }
