"""Cases listed by where they stand: page by page, in their order, and none that is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from activities.ports.types import CaseFile
from activities.services.console.standing import MOST_SHOWN, STANDING_PAGE, StandingService
from domain.message_types import Stage
from tests.activities.services.test_letter_previews import FILE, OPENED


def numbered(number: int) -> CaseFile:
    return replace(FILE, invoice=replace(FILE.invoice, number=f"R-{number:03}"))


@dataclass(frozen=True)
class Row:
    """What a list shows of a case."""

    case_id: str


class Kept:
    """A ledger with so many cases; of those that are gone, only their ids are found."""

    def __init__(self, count: int, gone: Sequence[int] = ()) -> None:
        self.all = [numbered(number) for number in range(count)]
        self.ids = [file.invoice.case_id for file in self.all]
        self.here = {f.invoice.case_id: f for n, f in enumerate(self.all) if n not in gone}

    def cases(self, creditor: str, stage: Stage, after: str, most: int) -> list[str]:
        """The ids after one of them."""
        return [one for one in self.ids if one > after][:most]

    def leaving(self, creditor: str, until: object, most: int) -> list[str]:
        """The ids, the last one first."""
        return self.ids[::-1][:most]

    def files(self, ids: Sequence[str]) -> list[CaseFile]:
        """Those that are here, in any order."""
        return [self.here[one] for one in sorted(ids, reverse=True) if one in self.here]

    def rows(self, ids: Sequence[str]) -> list[Row]:
        """The same as rows."""
        return [Row(file.invoice.case_id) for file in self.files(ids)]


def service(kept: Kept) -> StandingService:
    return StandingService(cast("Any", kept), cast("Any", kept), lambda: OPENED)


@pytest.mark.parametrize(
    ("count", "pages"),
    [
        (0, [0]),
        (1, [1]),
        (STANDING_PAGE, [STANDING_PAGE]),
        (STANDING_PAGE + 1, [STANDING_PAGE, 1]),
    ],
)
def test_each_case_stands_on_one_page_and_the_last_page_names_no_other(
    count: int, pages: list[int]
) -> None:
    kept, found, after = Kept(count), list[list[str]](), ""
    while not found or after:
        cases, after = service(kept).page("acme", Stage.REMINDING, after)
        found.append([case.file.invoice.case_id for case in cases])

    assert [len(page) for page in found] == pages
    assert [case for page in found for case in page] == kept.ids


def test_a_case_that_was_found_and_is_gone_is_left_out() -> None:
    kept = Kept(3, gone=[1])
    cases, _ = service(kept).page("acme", Stage.REMINDING)

    assert [case.file.invoice.number for case in cases] == ["R-000", "R-002"]
    assert {case.state.now for case in cases} == {OPENED}
    rows = cast("Sequence[Row]", service(kept).leaving("acme"))
    assert [row.case_id for row in rows] == [kept.ids[2], kept.ids[0]]


def test_of_what_is_about_to_leave_so_many_are_shown_at_most() -> None:
    assert len(service(Kept(MOST_SHOWN + 1)).leaving("acme")) == MOST_SHOWN
