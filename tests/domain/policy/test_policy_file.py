"""Policy files: what they mean, and that every mistake is named with its line and the way out."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.message_types import STEP_DEEDS, ActionType
from domain.policy.model import CLASSES, Anchor, Base, CatchUp, PlanB
from domain.policy.policy_checks import RESERVED
from domain.policy.policy_file import PolicyError, parse_policy

SMALLEST = 'name = "x"\n[[step]]\nid = "first"\non = "due+1"\ndo = "remind"\n'
LETTER = '[[step]]\nid = "letter"\non = "due+9"\ndo = "demand_letter"\ndeadline_days = 7\n'


def complaints(text: str) -> tuple[str, ...]:
    with pytest.raises(PolicyError) as refused:
        parse_policy(text, file="p.toml")
    return refused.value.problems


@pytest.mark.parametrize(
    ("charges", "refused"),
    [
        ('interest = "none"', False),
        ('interest = "none"\njurisdiction = "DE"', False),
        ('interest = "none"\njurisdiction = "Bavaria"', True),
        ('interest = "law"\njurisdiction = "DE"', False),
        ('interest = "law"', True),
        ("compensation = true", True),
    ],
)
def test_a_law_must_be_one_that_is_known_where_it_is_named_or_needed(
    charges: str, refused: bool
) -> None:
    text = f'{SMALLEST}[charges]\nconfirmed_by = "J. Doe, 2026-11-01"\n{charges}\n'
    if not refused:
        assert parse_policy(text).charges
        return
    assert [one for one in complaints(text) if "charges.jurisdiction" in one]


def test_the_smallest_policy_is_one_step_and_the_rest_are_sensible_defaults() -> None:
    policy = parse_policy(SMALLEST)
    (step,) = policy.steps
    assert (step.id, step.on, step.do) == ("first", Anchor(Base.DUE, 1), ActionType.REMIND)
    assert (step.channels, step.tone, step.classes) == (("email",), "friendly", CLASSES)
    assert (policy.opens, policy.closes, policy.working_days_only) == (540, 1020, True)
    assert (policy.minimum_gap_days, policy.catch_up) == (2, CatchUp.ONE_BY_ONE)
    assert policy.plan_b == PlanB()


def test_every_key_of_a_policy_file_is_understood() -> None:
    policy = parse_policy(
        'name = "strict"\nminimum_gap_days = 0\ncatch_up = "most-severe"\nreview_days = 7\n'
        'agency_review_days = 14\ntolerance = { JPY = "50", EUR = "0.50" }\n'
        '[calendar]\nwindow = "08:30-24:00"\nworking_days_only = false\n'
        '[[step]]\nid = "a"\non = "issued+30"\nend_of_month = true\ndo = "demand_letter"\n'
        'channels = ["sms", "email"]\ntone = "firm"\ndeadline_days = 5\nfor = ["risky", "new"]\n'
        '[plan_b]\non = "deadline+3"\ndo = "ask_person"\n'
        "[agreements]\nlongest_promise_days = 10\npromises_allowed = 1\ngrace_days = 2\n"
        "[classes]\nlate_from_mean_days = 1\nlate_from_percent = 20\n"
        "risky_from_broken_promises = 3\nrisky_from_handoffs = 4\n"
    )
    (step,) = policy.steps
    assert step.on == Anchor(Base.ISSUED, 30, end_of_month=True)
    assert (step.channels, step.tone, step.deadline_days) == (("sms", "email"), "firm", 5)
    assert step.classes == ("new", "risky")
    assert policy.tolerance == (("EUR", 50), ("JPY", 50))
    assert (policy.opens, policy.closes, policy.working_days_only) == (510, 1440, False)
    assert policy.plan_b == PlanB(on=Anchor(Base.DEADLINE, 3), do=ActionType.ASK_PERSON)
    assert (policy.minimum_gap_days, policy.catch_up) == (0, CatchUp.MOST_SEVERE)
    assert (policy.review_days, policy.agency_review_days) == (7, 14)
    assert policy.agreements.grace_days == 2
    assert policy.classes.risky_from_handoffs == 4


@pytest.mark.parametrize(
    ("text", "line", "key", "way_out"),
    [
        (SMALLEST + "deadline_day = 3", 6, "step.first.deadline_day", "mean deadline_days?"),
        ("colour = 1\n" + SMALLEST, 1, "colour", "the keys here are name,"),
        (SMALLEST + "[plans]\n", 6, "plans", "did you mean plan_b?"),
        (SMALLEST + 'for = ["vip"]\n', 6, "step.first.for.1", "new, good, late_payer, risky"),
        (SMALLEST + "for = []\n", 6, "step.first.for", '["everyone"]'),
        (SMALLEST + 'channels = ["fax"]\n', 6, "step.first.channels.1", '["email", "sms"]'),
        (SMALLEST + "channels = []\n", 6, "step.first.channels", '["email", "sms"]'),
        (SMALLEST + 'tone = "angry"\n', 6, "step.first.tone", "warm, friendly, clear"),
        (SMALLEST + "deadline_days = 0\n", 6, "step.first.deadline_days", "1 to 365"),
        (SMALLEST.replace("remind", "charge"), 5, "step.first.do", "write one of remind"),
        (SMALLEST.replace("due+1", "due1"), 4, "step.first.on", "write issued+N"),
        (SMALLEST.replace("due+1", "previous-1"), 4, "step.first.on", "write issued+N"),
        (SMALLEST.replace("first", "First!"), 3, "step.First!.id", "small letters"),
        (SMALLEST.replace('id = "first"\n', ""), 2, "step.1.id", "is missing"),
        ('name = "x"\n', 1, "step", "at least one table [[step]]"),
        ('name = "x"\nstep = []\n', 2, "step", "at least one table [[step]]"),
        ('minimum_gap_days = "2"\n' + SMALLEST, 1, "minimum_gap_days", "calendar days"),
        ("minimum_gap_days = true\n" + SMALLEST, 1, "minimum_gap_days", "calendar days"),
        ("tolerance = { EUR = 0.5 }\n" + SMALLEST, 1, "tolerance.EUR", "in quotes"),
        ('tolerance = { EUR = "0.505" }\n' + SMALLEST, 1, "tolerance.EUR", "2 decimals"),
        ('tolerance = { XXQ = "1" }\n' + SMALLEST, 1, "tolerance.XXQ", "ISO 4217"),
        (SMALLEST + '[calendar]\nwindow = "9-17"\n', 7, "calendar.window", "09:00-17:00"),
        (SMALLEST + '[calendar]\nwindow = "17:00-09:00"\n', 7, "calendar.window", "earlier time"),
        (SMALLEST + '[calendar]\nwindow = "09:00-09:00"\n', 7, "calendar.window", "earlier time"),
        (SMALLEST + '[plan_b]\non = "due+45"\ndo = "remind"\n', 8, "plan_b.do", "hand_off"),
        ("calendar = 3\n" + SMALLEST, 1, "calendar", "[calendar]"),
        (SMALLEST + SMALLEST.removeprefix('name = "x"\n'), 7, "step.first.id", "its own name"),
        (SMALLEST + "oops\n", 6, "this is not TOML", "close brackets"),
        (SMALLEST + "[calendar", 6, "this is not TOML", "close brackets"),
    ],
)
def test_a_mistake_is_named_with_its_line_its_key_and_the_way_out(
    text: str, line: int, key: str, way_out: str
) -> None:
    (problem,) = complaints(text)
    assert problem.startswith(f"p.toml:{line}: {key}: ")
    assert way_out in problem


def test_all_mistakes_are_named_at_once_in_the_order_of_the_file() -> None:
    text = "colour = 1\n" + SMALLEST.replace("due+1", "never") + 'tone = "angry"\n'
    assert [problem.split(":")[1] for problem in complaints(text)] == ["1", "5", "7"]


@pytest.mark.parametrize("word", RESERVED)
def test_a_step_may_not_take_a_name_that_the_rules_use(word: str) -> None:
    for name in (word, f"{word}-1"):
        assert "choose another one" in complaints(SMALLEST.replace("first", name))[0]
    assert parse_policy(SMALLEST.replace("first", f"{word}s")).step(f"{word}s")


@pytest.mark.parametrize("key", ['channels = ["sms"]', 'tone = "firm"', "deadline_days = 3"])
@pytest.mark.parametrize(
    "do",
    sorted(
        STEP_DEEDS
        - {ActionType.REMIND, ActionType.CONFIRM, ActionType.DEMAND_LETTER, ActionType.FEE}
    ),
)
def test_only_a_message_has_channels_a_tone_and_a_deadline(do: str, key: str) -> None:
    (problem,) = complaints(SMALLEST.replace("remind", do) + key)
    assert (
        f"p.toml:6: step.first.{key.split(maxsplit=1)[0]}: {do} sends the debtor nothing" in problem
    )
    assert parse_policy(SMALLEST.replace("remind", do)).steps[0].channels == ()


def test_the_first_step_may_not_be_counted_from_the_previous_one() -> None:
    (problem,) = complaints(SMALLEST.replace("due+1", "previous+7"))
    assert problem == (
        "p.toml:4: step.first.on: no step comes before it for the class new; "
        "count the first one from issued or due"
    )


def test_a_step_is_the_first_one_for_each_class_that_has_none_before_it() -> None:
    second = '[[step]]\nid = "second"\non = "previous+7"\ndo = "remind"\n'
    (problem,) = complaints(SMALLEST + 'for = ["new"]\n' + second)
    assert "for the class good" in problem
    assert parse_policy(SMALLEST + 'for = ["new"]\n' + second + 'for = ["new"]\n').steps[1].order


def test_a_deadline_can_only_be_waited_for_once_a_message_has_set_one() -> None:
    after = '[[step]]\nid = "after"\non = "deadline+1"\ndo = "call_task"\n'
    assert "p.toml:8: step.after.on: no message before it" in complaints(SMALLEST + after)[0]
    assert "p.toml:8: step.after.on" in complaints(SMALLEST + after + LETTER)[0]
    policy = parse_policy(SMALLEST + LETTER + after)
    assert [step.order for step in policy.steps] == [0, 1, 2]


def test_a_plan_b_after_the_deadline_needs_a_deadline_in_every_class() -> None:
    plan_b = '[plan_b]\non = "deadline+1"\ndo = "hand_off"\n'
    (problem,) = complaints(SMALLEST + plan_b)
    assert problem.startswith("p.toml:7: plan_b.on: no message sets a deadline for the class new")
    assert "for the class good" in complaints(SMALLEST + LETTER + 'for = ["new"]\n' + plan_b)[0]
    assert parse_policy(SMALLEST + LETTER + plan_b).plan_b.do is ActionType.HAND_OFF


@given(st.sampled_from(["issued", "due"]), st.integers(-9999, 9999))
def test_an_anchor_reads_as_it_is_written(base: str, days: int) -> None:
    anchor = Anchor(Base(base), days)
    assert parse_policy(SMALLEST.replace("due+1", str(anchor))).steps[0].on == anchor


@given(st.text(max_size=200))
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(PolicyError):
        assert parse_policy(SMALLEST + text).steps
