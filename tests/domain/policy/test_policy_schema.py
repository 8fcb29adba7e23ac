"""The published schema of a policy file, and the policies that come with Amicable."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import get_args

import jsonschema
import pytest

from domain.errors import DomainError
from domain.message_types import STEP_DEEDS, ActionType
from domain.policy.model import CLASSES, Anchor, Base, PlanB
from domain.policy.policy_file import (
    SHIPPED,
    shipped_policies,
    shipped_policy_text,
    standard_policy,
)
from domain.policy.policy_schema import StepAction, Who, policy_schema

PUBLISHED = Path(__file__).parents[3] / "docs" / "policy.schema.json"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_policies_fit_the_published_schema(name: str) -> None:
    jsonschema.validate(tomllib.loads(shipped_policy_text(name)), policy_schema())
    assert shipped_policies(name).steps


def test_the_published_schema_is_current() -> None:
    current = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert current == policy_schema(), "run: amicable policy schema > docs/policy.schema.json"


def test_the_schema_knows_the_words_of_the_domain() -> None:
    assert set(get_args(StepAction)) == STEP_DEEDS
    assert set(get_args(Who)) == {"everyone", *CLASSES}


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(
            tomllib.loads("colour = 1\n" + shipped_policy_text("standard")), policy_schema()
        )


def test_the_demo_climbs_the_standard_ladder_at_any_hour_of_any_day() -> None:
    demo, standard = shipped_policies("any_hour"), standard_policy()
    assert demo.steps == standard.steps
    assert (
        demo.plan_b == standard.plan_b == PlanB(on=Anchor(Base.DEADLINE, 1), do=ActionType.HAND_OFF)
    )
    assert (demo.opens, demo.closes, demo.working_days_only) == (0, 1440, False)
    assert (standard.opens, standard.closes, standard.working_days_only) == (540, 1020, True)


def test_a_policy_that_is_not_shipped_is_refused_by_name() -> None:
    with pytest.raises(DomainError, match="standard, any_hour"):
        shipped_policies("../secrets")
