"""The settings page names every setting, and only those."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel

from adapters.config.settings import SECRETS, Settings


def test_the_settings_page_names_every_setting_and_marks_the_secrets() -> None:
    page = (Path(__file__).parents[3] / "docs" / "settings.md").read_text()

    rows = re.findall(r"^\| `(AMICABLE_\w+)`( †)? \|", page, re.MULTILINE)

    assert {name for name, _ in rows} == names(Settings, "AMICABLE_")
    assert {name for name, mark in rows if mark} == set(SECRETS)


def names(model: type[BaseModel], prefix: str) -> set[str]:
    found: set[str] = set()
    for name, field in model.model_fields.items():
        part = field.annotation
        inner = isinstance(part, type) and issubclass(part, BaseModel)
        variable = f"{prefix}{name}".upper()
        found |= names(part, f"{variable}__") if inner else {variable}  # type: ignore[arg-type]
    return found
