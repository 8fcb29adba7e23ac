"""How the console's pages grow with the ledger: each screen, as a person's browser asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sqlalchemy import Engine
from starlette.testclient import TestClient

from activities.services.console.access import AccessService
from adapters.config.settings import Settings
from adapters.ledger.stores.console.access import SqlAccessStore
from domain.parties.console import ConsoleRole
from starter.application import Application
from starter.console.app import console_app
from starter.console.security.visit import LOOPBACK_COOKIE
from tests.bench.scale.growing import SIZES, fastest, growth_of, ledger_of_its_own
from tests.bench.setup.figures import Figure
from tests.bench.setup.grown import CREDITOR, grow
from tests.bench.setup.grown_desk import furnish
from tests.starter.api.factories import Remembering

SCREENS = {
    "Today": "/",
    "Today, mine": "/?view=mine",
    "Today, done today": "/?view=done",
    "a customer": "/customers/C-{customer}",
    "a case": "/cases/R-{number}",
    "a letter before it leaves": "/letter/R-{number}?now=yes",
    "tasks": "/tasks",
    "the inbox": "/inbox",
    "all answers": "/inbox?of=all",
    "money": "/money",
    "all payments": "/money?of=all",
    "agreements": "/agreements",
    "disputes": "/agreements?of=disputed",
    "credit": "/agreements?of=credit",
    "agencies": "/agencies",
    "reports": "/reports",
    "the report on promises": "/reports?of=promises",
    "the report on recovery": "/reports?of=recovery",
    "the report on reasons": "/reports?of=reasons",
    "the report on people's work": "/reports?of=work",
    "the report on what left": "/reports?of=contacts",
    "policies": "/policies",
    "operation": "/operation",
    "what leaves": "/operation/leaving",
    "search": "/search?q=4cdb",
}
"""Each page by its address; the numbers are of the middle of the ledger."""


def measure(folder: Path) -> Iterator[Figure]:
    """Grow a ledger with all that people look at, and look at each screen at each size."""
    found: dict[str, list[float]] = {}
    with ledger_of_its_own(folder, "pages") as engine:
        for before, size in zip((0, *SIZES), SIZES, strict=False):
            grow(engine, before, size)
            furnish(engine, before, size)
            for name, look in looks(engine, size).items():
                found.setdefault(name, []).append(fastest(look))
    for name, seconds in found.items():
        yield growth_of(name, seconds)


def looks(engine: Engine, size: int) -> Mapping[str, Callable[[], object]]:
    """Make a look at each screen, by a supervisor who is signed in."""
    browser = _browser(engine)
    middle = {"number": size // 2, "customer": size // 10}
    return {
        f"the page of {name}": _look(browser, path.format(**middle))
        for name, path in SCREENS.items()
    }


def _browser(engine: Engine) -> TestClient:
    url = engine.url.render_as_string(hide_password=False)
    application = Application(Settings(database_url=url), engine)
    access = AccessService(SqlAccessStore(engine))
    secret = access.invite(CREDITOR, "ann", ConsoleRole.ADMIN, by="bench")
    browser = TestClient(console_app(application, Remembering().connect), "http://localhost")
    browser.post(f"/enter/{secret}", headers={"sec-fetch-site": "same-origin"})
    if LOOPBACK_COOKIE not in browser.cookies:
        raise RuntimeError("nobody came in")
    return browser


def _look(browser: TestClient, path: str) -> Callable[[], object]:
    def look() -> object:
        answer = browser.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}: {answer.text[:300]}")
        return answer

    return look
