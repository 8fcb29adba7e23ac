"""The console shows how an experiment stands, and says whether one may conclude."""

from __future__ import annotations

from dataclasses import replace

from adapters.runtime.machine import machine_clock
from adapters.wiring.advice.experiments import experiment_service
from domain.policy.policy_file import standard_policy
from tests.starter.console.factories import Console, Visitor, words_of


def test_an_experiment_is_shown_with_its_sentence(console: Console, ann: Visitor) -> None:
    service = experiment_service(console.application.engine, machine_clock)
    tried = replace(standard_policy(), name="tried")
    service.start(ann.creditor, "gentler", tried, "ann")
    console.opened(ann.creditor)

    words = words_of(ann.get("/reports?of=experiment"))
    file = ann.get("/reports.csv?of=experiment").text

    assert "gentler: One may not conclude yet" in words
    assert "paid in time" in words
    assert file.splitlines()[0] == "measure,champion,challenger,difference,low,high,said"
    assert len(file.splitlines()) == 6
