"""The page about policy files: its examples are policies, and it names every key."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from domain.policy.policy_checks import RESERVED
from domain.policy.policy_file import SHIPPED, parse_policy, shipped_policies
from domain.policy.policy_schema import policy_schema
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/policy.md").read_text()
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_each_example_is_a_policy(number: int) -> None:
    assert parse_policy(EXAMPLES[number]).name == "ours"


def test_every_key_of_a_policy_file_is_explained() -> None:
    rows = set(re.findall(r"^\| `\[{0,2}(\w+)\]{0,2}` \|", PAGE, re.MULTILINE))

    assert set(_keys(policy_schema())) - rows == set()


def _keys(schema: dict[str, Any]) -> Iterator[str]:
    for table in (schema, *schema["$defs"].values()):
        yield from table["properties"]


def test_every_name_that_is_not_free_is_told() -> None:
    assert all(f"`{name}`" in PAGE for name in RESERVED)


def test_the_table_of_the_standard_policy_is_the_standard_policy() -> None:
    told = re.findall(r"^\| `([a-z]+[+-]?\d*)` \| `([a-z-]+)` \|", PAGE, re.MULTILINE)

    assert told == [(str(step.on), step.id) for step in shipped_policies("standard").steps]
    assert all(f"`{name}`" in PAGE for name in SHIPPED)
