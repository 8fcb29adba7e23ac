"""Whatever an agency signs is taken or refused in words: nothing of it is a fault of ours."""

import itertools
from typing import Any

import pytest

from tests.starter.api.agencies.test_signed_news import MONEY, NEWS, World, world

__all__ = ["world"]
ODD: tuple[Any, ...] = (
    *("\ud83d", "a\x00b", "9" * 5000, "NaN", "0001-01-01T00:00:00+23:59", "2026-01-01"),
    *("9999-12-31T23:59:59-23:59", "x" * 100_000, 10**30, None, [[]], {"a": {"b": []}}),
)
_numbers = itertools.count(1)


@pytest.mark.parametrize("right", [NEWS, MONEY], ids=["news", "money"])
def test_no_report_of_an_agency_is_a_fault_of_ours(world: World, right: dict[str, Any]) -> None:
    fields = (*right["data"], "note", "at", "paid_out", "reverses", "strange")
    faults = []
    for field, odd in itertools.product(fields, ODD):
        data = {**right["data"], "id": f"H-{next(_numbers)}", field: odd}
        status = world.tell({**right, "data": data}).status_code
        if status not in (204, 400, 404, 409, 422):
            faults.append((field, str(odd).encode("utf-8", "replace")[:40], status))

    assert faults == []
    assert world.tell(NEWS).status_code == 204, "and the next one counts"
