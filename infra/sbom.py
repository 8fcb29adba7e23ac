"""Lists what an installation is made of, as CycloneDX 1.6 (ECMA-424): `python -m infra.sbom`.

It reads what is really installed and asks nobody. The same installation gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Any

OURS = "amicable"
_EXTRAS = frozenset({"embedded", "otel"})
_REQUIREMENT = re.compile(r"\s*(?P<name>[\w.-]+)\s*(?:\[(?P<extras>[^\]]*)\])?(?P<rest>.*)")
_EXTRA = re.compile(r"extra\s*==\s*[\"']([\w.-]+)[\"']")
_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
_SAYS_NOTHING = frozenset({"OSI Approved", "DFSG approved", "Other/Proprietary License"})


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """One package that is installed.

    Attributes:
        licence: an SPDX expression, or the words in which the package says it.
        needs: the names of installed packages that it asks for.
        runs: whether Amicable itself needs it to run; else it builds or tests.
    """

    name: str
    version: str
    licence: str
    needs: tuple[str, ...]
    runs: bool = False


def index_name(name: str) -> str:
    """Write a package's name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_packages() -> dict[str, InstalledPackage]:
    """List the packages of this interpreter by their plain names."""
    found = {index_name(one.name): one for one in metadata.distributions()}
    runs = _closure(found)
    return {
        name: InstalledPackage(
            name=one.name,
            version=one.version,
            licence=licence_of(one),
            needs=tuple(
                sorted({need for need, _ in _needs(one, runs.get(name, frozenset()))} & {*found})
            ),
            runs=name in runs,
        )
        for name, one in sorted(found.items())
    }


_SILENT = {"axe-playwright-python": "MIT AND MPL-2.0"}
"""Packages that say it in their licence's text alone; the second is that of axe-core in it."""


def licence_of(one: metadata.Distribution) -> str:
    """Read under which licence a package comes; empty if it does not say."""
    told = one.metadata
    if known := _SILENT.get(index_name(one.name)):
        return known
    if expression := _line(told, "License-Expression"):
        return expression
    lines = (line.split(" :: ") for line in told.get_all("Classifier") or ())
    names = [parts[-1] for parts in lines if parts[0] == "License"]
    names = [name for name in names if name not in _SAYS_NOTHING]
    if not names:
        names = [_line(told, "License")]
    return " OR ".join(_SPDX.get(name, name) for name in names)


def _line(told: metadata.PackageMetadata, field: str) -> str:
    """The first line of a field; empty if there is none."""
    found = told.get_all(field) or [""]
    return str(found[0]).partition("\n")[0].strip()


def _closure(found: dict[str, metadata.Distribution]) -> dict[str, frozenset[str]]:
    """What is needed to run, each with the extras that are asked for."""
    asked: dict[str, frozenset[str]] = {}
    waiting = [(OURS, _EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        if name not in found or (name in asked and extras <= asked[name]):
            continue
        asked[name] = extras | asked.get(name, frozenset())
        waiting.extend(_needs(found[name], asked[name]))
    return asked


def _needs(
    one: metadata.Distribution, extras: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """What a package asks for, as far as these extras of it are wanted."""
    for line in one.requires or ():
        match = _REQUIREMENT.match(line)
        only = _EXTRA.search(line)
        if match and (only is None or only[1] in extras):
            asked = filter(None, (part.strip() for part in (match["extras"] or "").split(",")))
            yield index_name(match["name"]), frozenset(asked)


def bill_of_materials(packages: dict[str, InstalledPackage]) -> dict[str, Any]:
    """Make the document; ours is what it is about, all others are its components."""
    others = [one for name, one in packages.items() if name != OURS]
    body = {
        "metadata": {"component": _component(packages[OURS]) | {"type": "application"}},
        "components": [
            _component(one) | {"scope": "required" if one.runs else "excluded"} for one in others
        ],
        "dependencies": [
            {"ref": _ref(one), "dependsOn": [_ref(packages[need]) for need in one.needs]}
            for one in packages.values()
        ],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{number}"}
    return head | {"version": 1} | body


def _component(one: InstalledPackage) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": _ref(one),
        "name": one.name,
        "version": one.version,
        "purl": _ref(one),
    }
    return found | ({"licenses": [_licence(one.licence)]} if one.licence else {})


def _licence(text: str) -> dict[str, Any]:
    """An expression of SPDX, or a name where a package uses words of its own."""
    words = re.split(r" (?:AND|OR) ", text)
    if all(re.fullmatch(r"[A-Za-z0-9.-]+", word) for word in words):
        return {"expression": text}
    return {"license": {"name": text}}


def _ref(one: InstalledPackage) -> str:
    return f"pkg:pypi/{index_name(one.name)}@{one.version}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill_of_materials(installed_packages()), indent=2) + "\n")
