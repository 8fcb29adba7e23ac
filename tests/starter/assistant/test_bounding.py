"""No answer fills an assistant's memory, however long a customer writes."""

from __future__ import annotations

import json

from domain.intake.reading import LONGEST_TEXT
from starter.assistant.bounding import LONGEST_WORDS, MOST_CHARACTERS, bounded
from tests.starter.api.factories import Desk
from tests.starter.assistant.conftest import assisted


def test_what_is_short_stays_as_it_is() -> None:
    told = {"items": [{"a": "b"}] * 20, "text": "x" * LONGEST_WORDS}
    assert bounded(told) == told


def test_the_longest_list_is_cut_from_its_end_and_that_is_said() -> None:
    told = {"short": [1, 2], "deep": {"long": [{"n": n, "said": "x" * 90} for n in range(2000)]}}
    found = bounded(told)
    shown = found["deep"]["long"]

    assert len(json.dumps(found)) <= MOST_CHARACTERS + 100
    assert [one["n"] for one in shown] == list(range(len(shown)))
    assert found["left_out"] == {"deep.long": 2000 - len(shown)}
    assert found["short"] == [1, 2]
    assert len(told["deep"]["long"]) == 2000  # type: ignore[index]  # nothing of the answer itself


def test_a_long_text_is_cut() -> None:
    found = bounded({"quoted": "x" * (LONGEST_WORDS + 1)})
    assert found["quoted"] == "x" * LONGEST_WORDS + " […]"


async def test_a_case_with_a_hundred_long_messages_is_shown_within_its_bound(desk: Desk) -> None:
    desk.open("R-1")
    for number in range(60):
        note = {"said": f"{number} " + "long words " * (LONGEST_TEXT // 12), "number": "R-1"}
        assert desk.post("/v1/customers/C-1/notes", note, "collector").status_code == 200
        said = {"id": f"N-{number}", "reason": "busy", "note": "y" * LONGEST_TEXT}
        desk.post("/v1/cases/R-1/calls", said, "collector")
    async with assisted(desk) as assistant:
        tools = (("show_case", {"number": "R-1"}), ("show_customer", {"customer": "C-1"}))
        for tool, given in (*tools, ("why_case", {"number": "R-1"}), ("list_tasks", {})):
            found = await assistant.call(tool, **given)
            assert not found.refused, tool
            assert len(found.text) <= MOST_CHARACTERS + 500, tool
