"""One name to import: everything a program needs, loaded when it is used."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import amicable
from domain.payments.allocation import PaymentIn
from starter.client.client import AsyncAmicable

ROOT = Path(__file__).resolve().parents[2]
LOADED = "import sys; before = {*sys.modules}; import amicable; print(*{*sys.modules} - before)"


def test_importing_it_loads_none_of_what_it_offers() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    known = {name for name in done.stdout.split() if name.split(".")[0] in sys.stdlib_module_names}

    assert {*done.stdout.split()} - known == {"amicable"}


@pytest.mark.parametrize("name", amicable.__all__)
def test_every_name_is_the_one_that_type_checkers_see(name: str) -> None:
    tree = ast.parse(Path(amicable.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    module, own = seen[name]

    assert getattr(amicable, name) is getattr(import_module(str(module)), own)


def test_a_payment_is_what_the_client_posts() -> None:
    assert amicable.Payment is PaymentIn
    assert amicable.AsyncAmicable is AsyncAmicable


def test_all_of_it_is_listed() -> None:
    assert dir(amicable) == sorted(amicable.__all__)
    assert set(amicable._PLACES) == set(amicable.__all__)


@pytest.mark.parametrize("name", ["Invoicing", "domain"])
def test_a_name_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(AttributeError, match=f"no attribute '{name}'"):
        getattr(amicable, name)
