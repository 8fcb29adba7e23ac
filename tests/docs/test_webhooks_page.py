"""The page about webhooks shows events as they really are."""

import json
import re

from activities.ports.events import EVENT_TYPES
from activities.webhooks.retries import WAITS
from adapters.webhooks.post import MOST_READ
from tests.docs.pages import ROOT
from tests.docs.webhook_samples import SAMPLES

PAGE = (ROOT / "docs" / "webhooks.md").read_text()
ROWS = dict(re.findall(r"^\| `(\w+\.\w+)` \|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE))
IDS = {"creditor", "customer", "case", "invoice", "currency"}


def test_every_example_is_an_event_as_the_code_makes_it() -> None:
    (one,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    (many,) = re.findall(r"```jsonl\n(.*?)```", PAGE, re.DOTALL)
    shown = [json.loads(one), *map(json.loads, many.splitlines())]

    assert sorted(shown, key=str) == sorted(SAMPLES, key=str)


def test_the_table_names_every_kind_and_all_that_is_in_its_data() -> None:
    assert tuple(ROWS) == EVENT_TYPES
    for sample in SAMPLES:
        row, data = ROWS[str(sample["type"])], sample["data"]
        assert isinstance(data, dict)
        assert all(f"`{name}`" in row for name in data.keys() - IDS), sample["type"]


def test_the_waits_and_limits_are_those_of_the_code() -> None:
    units = {"s": 1, "min": 60, "h": 3600}
    told = re.search(r"again after (.*?), each", PAGE)
    assert told
    waits = [int(n) * units[unit] for n, unit in re.findall(r"(\d+) (s|min|h)\b", told[1])]

    assert waits == [wait.total_seconds() for wait in WAITS]
    assert f"{MOST_READ // 1024} KiB" in PAGE
