"""Makes the demo's own keys, once, readable by this user only."""

from __future__ import annotations

from pathlib import Path

from adapters.runtime.files import write_whole
from domain.parties.keys import KeyRole
from starter.application import Application
from starter.demo.samples import DEMO_CREDITOR

_ROLES = (KeyRole.BILLING, KeyRole.COLLECTOR)


def keys_of_the_demo(application: Application, home: Path) -> dict[str, Path]:
    """Find the file with the key of each role; one that is lost or revoked is made anew."""
    folder = home / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    return {role: _kept(application, folder / role, role) for role in _ROLES}


def _kept(application: Application, place: Path, role: KeyRole) -> Path:
    try:
        known = application.keys.holder(place.read_text(encoding="ascii").strip())
    except (FileNotFoundError, UnicodeDecodeError):
        known = None
    if known is None or (known.creditor, known.role) != (DEMO_CREDITOR.id, role):
        _, secret = application.keys.make(DEMO_CREDITOR.id, role, "demo")
        write_whole(place, f"{secret}\n".encode())
    return place
