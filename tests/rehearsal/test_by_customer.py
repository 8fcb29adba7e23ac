"""Files of any length: their parts, played side by side, tell what the whole would have told."""

from datetime import date
from pathlib import Path

import pytest

from domain.policy.policy_file import standard_policy
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import FileError
from starter.rehearsal import by_customer
from starter.rehearsal.by_customer import RehearsalFiles, rehearsed_files
from starter.rehearsal.by_rules import rehearse_by_rules
from tests.bench.setup import rehearsed, synthetic
from tests.rehearsal import stage

COUNT = 60


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> int:
    """Small files are split as well."""
    monkeypatch.setattr(by_customer, "PART_BYTES", 1000)
    return 4


def test_parts_tell_what_the_whole_tells(tmp_path: Path, parts: int) -> None:
    policy, done = standard_policy(), list[tuple[int, int]]()
    invoices, events = list(synthetic.invoices(COUNT)), list(synthetic.events(COUNT))
    script = stage.script(tmp_path, invoices, events, policy, synthetic.LAST_DAY)
    with rehearsed_files(
        rehearsed.files(tmp_path), lambda one, all_: done.append((one, all_))
    ) as lines:
        found = list(lines)
    assert found == rehearse_by_rules(script, policy)
    assert done[-1][0] == done[-1][1] >= parts


def test_each_line_at_fault_is_named_once_and_in_order(tmp_path: Path, parts: int) -> None:
    rows = [stage.invoice(f"R-{number:02}") for number in range(40)]
    rows[3]["due"], rows[30]["amount"] = "some day", "much"
    twice = dict(rows[7], customer="C-another")
    stage.write(tmp_path / "invoices.csv", stage.INVOICE, [*rows, twice])
    stage.write(tmp_path / "events.csv", stage.EVENT, [])
    with pytest.raises(FileError) as refused, rehearsed_files(rehearsed.files(tmp_path)):
        pass
    lines = [int(text.split("csv:")[1].split(":")[0]) for text in refused.value.problems]
    assert lines == [5, 32, 42]


def test_an_event_of_no_invoice_is_refused(tmp_path: Path, parts: int) -> None:
    stage.write(tmp_path / "invoices.csv", stage.INVOICE, [stage.invoice("R-1")])
    told = stage.event("2026-02-01T10:00:00Z", "R-2", "withdrawn")
    stage.write(tmp_path / "events.csv", stage.EVENT, [told])
    with (
        pytest.raises(FileError, match="'R-2' is not among the invoices"),
        rehearsed_files(rehearsed.files(tmp_path)),
    ):
        pass


def test_invoices_after_the_last_day_are_left_out(tmp_path: Path, parts: int) -> None:
    stage.write(tmp_path / "invoices.csv", stage.INVOICE, [stage.invoice("R-1")])
    stage.write(tmp_path / "events.csv", stage.EVENT, [])
    early = RehearsalFiles(
        invoices=tmp_path / "invoices.csv",
        of_invoices=ReadOptions(),
        events=None,
        of_events=ReadOptions(),
        policy=standard_policy(),
        until=date(2026, 1, 1),
    )
    with rehearsed_files(early) as lines:
        assert list(lines) == []
