"""Every address of the console, filled with what belongs to one creditor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi.routing import APIRoute

from starter.console.acts.case_acts import CASE_ACTS
from tests.starter.console.factories import Console, in_days

OPEN_FOR_ALL = {
    *("/static/{name}", "/healthz", "/readyz", "/sign-in", "/passkey/enter", "/enter/{secret}"),
    *("/oidc/begin", "/oidc/done"),
}
"""What answers without a session."""

OWN_ACCESS = {"/leave", "/passkey/make", "/me/language"}
"""What everybody does to their own access, and how they read the console, whatever their role."""

SECRET = "Canary"
"""Stands in whatever belongs to the creditor, and in nothing else."""

FIELDS: dict[str, Any] = {
    "number": "R-1",
    "customer": "C-1",
    "source": "bank",
    "payment": "B-1",
    "ref": "r-1",
    "said": "hello",
    "note": "hello",
    "why": "said so",
    "reason": "goods",
    "label": "x",
    "date": in_days(3),
    "until": in_days(3),
    "amount": "1.00",
    "currency": "EUR",
    "flag": "vulnerable",
    "on": "yes",
    "after": "held",
    "owner": "",
    "role": "collector",
    "what": "away",
    "policy": "standard",
    "first": "standard",
    "second": "any_hour",
    "seen": "yes",
    "name": "bob",
    "id": "id-1",
    "url": "https://x.example",
    "kind": "credit.changed",
}
"""One form that fits all: each address reads what it knows."""


@dataclass(frozen=True)
class Address:
    """A method at an address, as the application states it and as it is asked."""

    method: str
    template: str
    path: str

    def __str__(self) -> str:
        """As tests name it."""
        return f"{self.method} {self.template}"


def addresses(console: Console, task: str = "") -> tuple[Address, ...]:
    """List every address, each act by itself."""
    known = {"number": "R-1", "customer": "C-1", "word": "standard", "key": task}
    return tuple(_all(console, known))


def _all(console: Console, known: dict[str, str]) -> Iterator[Address]:
    routers = [one.original_router for one in console.app.routes if hasattr(one, "original_router")]
    for route in (*console.app.routes, *(one for router in routers for one in router.routes)):
        if not isinstance(route, APIRoute):
            continue
        for method in sorted({*(route.methods or ())} - {"HEAD"}):
            if route.path == "/acts/{name}":
                yield from (Address(method, route.path, f"/acts/{name}") for name in CASE_ACTS)
            else:
                yield Address(method, route.path, filled(route.path, known))


def filled(template: str, known: dict[str, str]) -> str:
    """Write what is known into an address."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: known.get(found[1], "") or "x", template)
