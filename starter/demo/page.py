"""Opens one customer's page in the demo, by a link as letters carry it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from adapters.runtime.files import write_whole
from adapters.wiring.customer_page import page_services
from domain.ids import CaseId
from infra.servers.places import places
from starter.application import Application
from starter.demo.samples import DEMO_CREDITOR

_LATE = "D-1006"
"""An invoice that is late, and of which a reminder went out."""

_SECRET, _HANDED_OUT = "AMICABLE_REPLIES__SECRET", "handed out by the demo"


def give_links_a_secret() -> None:
    """Sign links with a secret of the demo's own, readable by this user only, unless there is one.

    To be called before the servers start: they read it, too.
    """
    if os.environ.get(_SECRET) or os.environ.get(f"{_SECRET}_FILE"):
        return
    place = places(None).home / "keys" / "links"
    if not place.is_file():
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(place, f"{secrets.token_urlsafe(32)}\n".encode())
    os.environ[f"{_SECRET}_FILE"] = str(Path(place).absolute())


def page_of_the_demo(application: Application, gateway: str) -> str:
    """Make a link to the page of a sample customer, or find the one that was made before."""
    settings = application.settings
    here = settings.model_copy(
        update={"api": settings.api.model_copy(update={"public_url": gateway})}
    )
    links = page_services(application.engine, here).links
    case_id = str(CaseId(DEMO_CREDITOR.id, _LATE))
    file = application.cases.file(case_id)
    if file is None or not settings.replies.secrets:
        return ""
    known = links.list(DEMO_CREDITOR.id, file.invoice.customer)
    mine = (row.id for row in known if row.recipient == _HANDED_OUT and not row.revoked_at)
    found = next(mine, None) or links.issue(case_id, _HANDED_OUT, by="the demo").id
    return links.url(found)
