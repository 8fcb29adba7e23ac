"""Random policies that the check accepts: any ladder, any window, any limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from domain.policy.model import Policy
from domain.policy.policy_file import PolicyError, parse_policy

ANCHORS = st.one_of(
    st.builds("issued+{}".format, st.integers(0, 10)),
    st.builds("due{:+d}".format, st.integers(-10, 40).filter(bool)),
    st.builds("previous+{}".format, st.integers(1, 20)),
    st.builds("deadline+{}".format, st.integers(1, 10)),
)
CHANNELS = (["email"], ["sms"], ["email", "sms"], ["sms", "email"])
CLASSES = (["new"], ["late_payer", "new"], ["good", "risky"])
MESSAGES = ("remind", "demand_letter")
DEEDS = (*MESSAGES, *MESSAGES, "confirm", "call_task", "notify_sales", "hold_credit", "ask_person")
FEES = ({"EUR": "5.00"}, {"EUR": "12.50"})


@st.composite
def _step(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """One step; the check refuses most of those that make no sense."""
    do = draw(st.sampled_from((*DEEDS, "fee") if number else DEEDS))
    step: dict[str, Any] = {"id": f"s{number}", "on": draw(ANCHORS), "do": do}
    if do in (*MESSAGES, "confirm"):
        step["channels"] = draw(st.sampled_from(CHANNELS))
        deadline = draw(st.one_of(st.none(), st.integers(1, 14)))
        step |= {"deadline_days": deadline} if deadline and do != "confirm" else {}
    if do == "fee":
        step["amount"] = draw(st.sampled_from(FEES))
    if draw(st.integers(0, 5)) == 0:
        step["for"] = draw(st.sampled_from(CLASSES))
    return step


TABLES = st.fixed_dictionaries(
    {
        "calendar": st.fixed_dictionaries(
            {
                "window": st.sampled_from(["00:00-24:00", "09:00-17:00", "07:30-08:00"]),
                "working_days_only": st.booleans(),
            }
        ),
        "plan_b": st.fixed_dictionaries(
            {
                "on": st.sampled_from(["deadline+1", "deadline+7", "due+20", "due+60"]),
                "do": st.sampled_from(["hand_off", "hand_off", "ask_person"]),
            }
        ),
        "agreements": st.fixed_dictionaries(
            {
                "longest_promise_days": st.sampled_from([7, 30, 60]),
                "promises_allowed": st.integers(0, 3),
                "grace_days": st.integers(0, 3),
            }
        ),
        "contact": st.fixed_dictionaries(
            {
                "preset": st.sampled_from(["courteous", "us-reg-f", "unlimited"]),
                "bundle_days": st.integers(0, 3),
            }
        ),
        "money": st.fixed_dictionaries(
            {
                "unallocated": st.sampled_from(["hold", "warn"]),
                "reversal_grace_days": st.integers(0, 7),
            }
        ),
    }
)
HEAD = st.fixed_dictionaries(
    {
        "name": st.just("any"),
        "minimum_gap_days": st.integers(0, 6),
        "catch_up": st.sampled_from(["one-by-one", "most-severe"]),
        "tolerance": st.sampled_from([{"EUR": sum_} for sum_ in ("0.00", "0.50", "5.00", "25.00")]),
        "review_days": st.sampled_from([7, 30, 60]),
        "new_deadline_days": st.sampled_from([3, 7, 14]),
    }
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy as somebody might write it, read from its own text."""
    steps = [draw(_step(number)) for number in range(draw(st.integers(1, 6)))]
    try:
        return parse_policy(as_toml(draw(HEAD), steps, draw(TABLES)))
    except PolicyError:
        reject()


def as_toml(root: Mapping[str, Any], steps: list[dict[str, Any]], tables: Mapping[str, Any]) -> str:
    """Write a policy file."""
    lines = [_line(*entry) for entry in root.items()]
    for step in steps:
        lines += ["[[step]]", *(_line(*entry) for entry in step.items())]
    for name, table in tables.items():
        lines += [f"[{name}]", *(_line(*entry) for entry in table.items())]
    return "\n".join(lines)


def _line(key: str, value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{name} = {json.dumps(one)}" for name, one in value.items())
        return f"{key} = {{ {inner} }}"
    return f"{key} = {json.dumps(value)}"
