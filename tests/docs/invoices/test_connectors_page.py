"""The page about connectors: its sample is read, and it leaves no kind and no key out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.config.settings import Settings
from adapters.runtime.machine import machine_clock
from adapters.wiring.billing.connectors import CONNECTOR_KEYS, CONNECTOR_KINDS, connectors_of
from starter.cli.docs import all_commands
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "connectors.md").read_text(encoding="utf-8")


def test_the_sample_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (sample,) = re.findall(r"```toml connectors\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "odoo").write_text("k")
    file = tmp_path / "connectors.toml"
    file.write_text(sample.replace("/run/secrets", str(tmp_path)))
    for name in ("SHOP_KEY", "SHOP_SIGNING"):
        monkeypatch.setenv(name, "s")
    found = connectors_of(Settings(connectors_file=file), machine_clock)
    told = [(one.name, one.connector.kind, one.pushes) for one in found]
    assert told == [("books", "odoo", True), ("shop", "stripe", False)]


def test_the_page_names_every_kind_key_and_verb() -> None:
    assert {*CONNECTOR_KINDS, *CONNECTOR_KEYS} <= set(re.findall(r"`(\w+)`", PAGE))
    verbs = {words for words, _ in all_commands() if words.startswith("connector ")}
    assert {words for words in verbs if words not in PAGE} == set()
