"""What programs do with policies: the same service as commands and console."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse

from activities.ports.stores.errors import NotKnownError
from activities.ports.stores.policies import PolicyScope
from activities.services.policies import Move, NextStepChange, moves_summary
from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.experiments import experiment_service
from domain.experiments.arms import Arm
from domain.ids import CaseId
from domain.policy.model import Policy
from domain.policy.policy_file import (
    SHIPPED,
    PolicyError,
    parse_policy,
    shipped_policy_text,
)
from domain.words import nearest_word
from starter.api.dependencies import Ask, Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.policies.bodies import (
    ExperimentEnding,
    NewExperiment,
    PolicyMove,
    PolicyNamed,
    PolicyText,
    PolicyWish,
)
from starter.api.reading import named_object
from starter.views.experiment_lines import experiment_line
from starter.views.policy_lines import moved_case, policy_meaning

_SHOWN = 200
"""Cases that a look before shows one by one."""

_LEAST_DIGITS = 6
_FAULTS = 20
_Word = Annotated[
    str,
    Path(description="A shipped policy's name, or the first digits of a SHA-256.", min_length=1),
]
_Name = Annotated[str, Path(description="Its name.", min_length=1)]


def show_policy(policy: _Word, ask: Asked) -> JSONResponse:
    """Show what a policy means, and the file of one that is shipped."""
    word = named_object(policy, "policy").replace("-", "_")
    text = shipped_policy_text(word) if word in SHIPPED else None
    return shown_json({**_meant(ask, _known(ask, word)), "text": text})


def check_policy(given: PolicyText, ask: Asked) -> JSONResponse:
    """Check a policy's file; every problem comes with its line and the way out."""
    return shown_json({**_meant(ask, _parsed(given.text)), "text": None})


def look_at_policy(wish: PolicyWish, ask: Asked) -> JSONResponse:
    """Show what running cases would do under another policy; nothing is changed."""
    wanted = _wanted(ask, wish, ask.somebody)
    found = list(islice(ask.application.policies.differences(wanted), _SHOWN))
    told = {**_counted(ask, wanted), "cases": ask.application.policies.movable(wanted)}
    return shown_json({**told, "ways": moves_summary(found), "rows": [_row(one) for one in found]})


def apply_policy_over_http(wish: PolicyMove, ask: Asked) -> JSONResponse:
    """Choose a policy for new cases and move the running ones, so many at a time."""
    wanted, moved = _wanted(ask, wish, wish.by or ask.somebody), 0

    def tell(so_far: int) -> None:
        nonlocal moved
        moved = so_far

    policies = ask.application.policies
    for page in policies.move(wanted, tell, most=wish.most):
        ask.wake(*map(ask.application.desk.look, page))
    return shown_json({**_counted(ask, wanted), "moved": moved, "left": policies.movable(wanted)})


def start_experiment(new: NewExperiment, ask: Asked) -> JSONResponse:
    """Try a policy on half of the customers with new invoices."""
    champion = _named(ask, new.champion, "champion") if new.champion else None
    challenger = _named(ask, new.challenger, "challenger")
    service = experiment_service(ask.application.engine, machine_clock)
    begun = service.start(ask.creditor, new.name, challenger, new.by or ask.somebody, champion)
    return shown_json(experiment_line(begun))


def stop_experiment(name: _Name, said: ExperimentEnding, ask: Asked) -> JSONResponse:
    """End an experiment, and keep the policy of one arm, or what was chosen before."""
    arm = None if said.keep == "neither" else Arm(said.keep)
    service, by = experiment_service(ask.application.engine, machine_clock), said.by or ask.somebody
    return shown_json(
        experiment_line(service.stop(ask.creditor, named_object(name, "experiment"), arm, by))
    )


def _wanted(ask: Ask, wish: PolicyWish, by: str) -> Move:
    if wish.number:
        case_id = str(CaseId(ask.creditor, wish.number))
        if ask.application.cases.row(case_id) is None:
            raise HttpProblem("invalid", "number: there is no such case", field="number")
        ask.about(case_id)
    scope = PolicyScope(
        creditor=ask.creditor, customer=wish.customer, number=wish.number, also_own=wish.also_own
    )
    return ask.application.policies.plan(scope, _named(ask, wish, "policy"), by)


def _named(ask: Ask, given: PolicyNamed, field: str) -> Policy:
    """Read the policy that a body names.

    Raises:
        HttpProblem: if it names none, or two, or a file that is none, with every fault by its line.
    """
    if bool(given.policy) == bool(given.text):
        detail = f"{field}: write a known policy's name or SHA-256, or the text of a file"
        raise HttpProblem("invalid", detail, field=field)
    if given.text:
        return _parsed(given.text)
    try:
        return _known(ask, given.policy.replace("-", "_"))
    except NotKnownError:
        nearest = nearest_word(given.policy, SHIPPED)
        hint = f"did you mean {nearest}?" if nearest else "GET /v1/policies lists the versions"
        raise HttpProblem(
            "invalid", f"{field}: there is no such policy; {hint}", field=field
        ) from None


def _parsed(text: str) -> Policy:
    try:
        return parse_policy(text)
    except PolicyError as error:
        problem = HttpProblem("invalid", error.problems[0], field="text")
        problem.errors = [{"field": "text", "detail": one} for one in error.problems[:_FAULTS]]
        raise problem from None


def _known(ask: Ask, word: str) -> Policy:
    """A shipped policy, or a version that cases of this creditor follow or that it chose."""
    return ask.application.policies.known(ask.creditor, word, _LEAST_DIGITS)


def _meant(ask: Ask, found: Policy) -> dict[str, Any]:
    scope = PolicyScope(creditor=ask.creditor)
    planned = ask.application.policies.plan(scope, found, ask.somebody)
    return {"sha256": planned.sha, **policy_meaning(found)}


def _counted(ask: Ask, wanted: Move) -> dict[str, Any]:
    kept = ask.application.policies.kept(wanted)
    return {"policy": wanted.policy.name, "sha256": wanted.sha, "kept": kept}


def _row(one: NextStepChange) -> dict[str, Any]:
    return {
        **moved_case(one),
        "changes": one.changes,
        "steps": [
            {
                "step": step.step,
                "now": step.before,
                "then": step.after,
                "does_now": asdict(step.does_now),
                "does_then": asdict(step.does_then),
            }
            for step in one.steps
        ],
        "costs": {"now": one.costs_before.plain, "then": one.costs_after.plain},
    }
