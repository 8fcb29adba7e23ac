"""How many decisions a core makes in a second, over cases as they really come."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median

from domain.case.facts import Facts
from domain.decision.deeds import deed_done, earliest, result_for
from domain.decision.rules import next_action
from domain.decision.state import CaseState
from domain.parties.customer import NOBODY_KNOWN
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from starter.rehearsal.by_rules import life_of
from starter.rehearsal.script import ScriptPart
from tests.bench.setup import synthetic
from tests.bench.setup.figures import Figure, Target
from tests.reaching import reached_by

CASES = 1500
ROUNDS = 15
WANTED = Target(60_000, at_least=True)

REACHED = reached_by({"email", "sms"})


@dataclass(frozen=True, slots=True)
class Look:
    """One question: the facts, the instant, and the file that the facts follow from."""

    facts: Facts
    now: datetime
    file: CaseState


def measure() -> Iterator[Figure]:
    """Decide every question of many lives once per round; the middle round counts."""
    policy = standard_policy()
    looks = [look for part in synthetic.script(CASES, policy) for look in life(part, policy)]
    gc.collect()
    gc.freeze()  # the collector works on, but does not walk the prepared questions each time
    told = f"{len(looks):,} different questions of {CASES:,} cases, middle of {ROUNDS} rounds"
    rates = [len(looks) / seconds(looks, policy) for _ in range(ROUNDS)]
    yield Figure(
        measure="decisions per second, one core",
        measured=f"{told}, {min(rates):,.0f} to {max(rates):,.0f}",
        value=median(rates),
        target=WANTED,
    )
    rates = [len(looks) / _from_their_files(looks) for _ in range(ROUNDS)]
    gc.unfreeze()
    yield Figure(
        measure="the same from a case's file: folded, facts, decision",
        measured=f"{told}, {min(rates):,.0f} to {max(rates):,.0f}",
        value=median(rates),
    )


def seconds(looks: list[Look], policy: Policy) -> float:
    """How long the rules take to answer, by the processor's time."""
    began = time.process_time()
    for look in looks:
        next_action(look.facts, policy, look.now)
    return time.process_time() - began


def _from_their_files(looks: list[Look]) -> float:
    files = [replace(look.file) for look in looks]
    began = time.process_time()
    for file in files:
        file.next_action  # noqa: B018 - it is worked out when it is asked for
    return time.process_time() - began


def life(part: ScriptPart, policy: Policy) -> Iterator[Look]:
    """Every question that one case asks from its opening to the last day."""
    life, now = life_of(part, policy), part.invoice.opened_at
    news = [(part.heard_at(message), message) for message in part.events]
    while True:
        yield Look(life.facts(NOBODY_KNOWN, now), now, life.state.at(now))
        action = life.decide(NOBODY_KNOWN, now)
        at = earliest(action, now, part.calendar)
        if news and (at is None or news[0][0] <= max(at, now)):
            now, message = news.pop(0)
            life.hear(message, REACHED, lambda _: None)
        elif at is not None and max(at, now) < part.ends_at:
            now = max(at, now)
            channel = next(iter(action.channels), "")
            facts = life.facts(NOBODY_KNOWN, now)
            life.add(deed_done(facts, action, now, result_for(action, channel), channel))
        else:
            return
