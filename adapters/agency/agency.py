"""The two ways to an agency: a shared folder, and a signed webhook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
from standardwebhooks import Webhook

from activities.ports.clock import LastLook, StaleLookError
from activities.ports.types import Dossier, Receipt, Sent
from adapters.agency.dossier import dossier_json
from adapters.agency.file_links import FileLinks
from adapters.agency.summary import summary_of
from adapters.http.address_checks import safe_url
from adapters.http.calls import STALE, TIMEOUT, retry_after, silence_vendor_logs, within
from adapters.http.last_byte import last_byte_kept
from adapters.runtime.files import one_at_a_time, safe_file_name, write_whole
from adapters.webhooks.signing import signed
from domain.evidence.model import Evidence

NOT_OURS = frozenset({401, 403, 404, 410})
"""Secret, address or account at fault: every delivery would fail the same way."""

_BUSY = frozenset({429})
_SERVER_ERROR = 500
_REQUEST_TIMEOUT = 408


class AgencyFolder:
    """An agency that looks into a shared folder: one folder per case, one file per delivery."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, dossier: Dossier) -> Receipt:
        """Write the file and a page for people; the same delivery again changes nothing."""
        case = self._folder / safe_file_name(dossier.case.invoice.case_id)
        try:
            with one_at_a_time(case / ".lock"):
                return _write(case, dossier)
        except StaleLookError:
            return STALE
        except OSError as error:
            detail = f"the agency's folder cannot be written: {error.strerror}"
            return Receipt(sent=Sent.NOT_SENT, detail=detail, channel_down=True)


class AgencyWebhook:
    """An agency that takes signed webhooks (Standard Webhooks): the same id on every retry.

    Raises:
        ValueError: if the URL is not https, or there is no usable secret.
    """

    def __init__(
        self, url: str, secret: str, *, timeout: float = TIMEOUT, links: FileLinks | None = None
    ) -> None:
        self._url = safe_url(url, "agency.url")
        self._timeout, self._links = timeout, links
        if not secret:
            raise ValueError("agency.secret: missing; agree on one with the agency (whsec_…)")
        try:
            self._signer = Webhook(secret)
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it must not be shown
            raise ValueError("agency.secret: not base64 with the prefix whsec_") from None
        silence_vendor_logs()

    def deliver(self, dossier: Dossier) -> Receipt:
        """Post the file; 2xx is a yes, and after a lost answer the same id may go again."""
        told = dossier_json(dossier, self._links.link if self._links else None)
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        try:
            answer = within(self._timeout, lambda: self._post(dossier.id, body, dossier.look))
        except StaleLookError:
            return STALE
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            detail = f"the agency cannot be reached ({type(error).__name__})"
            return Receipt(sent=Sent.NOT_SENT, detail=detail)
        except (httpx.HTTPError, OSError) as error:
            detail = f"the agency's answer was lost ({type(error).__name__})"
            return Receipt(sent=Sent.UNKNOWN, detail=detail)
        return _receipt(answer, dossier.id)

    def _post(self, delivery: str, body: str, look: LastLook | None) -> httpx.Response:
        # A header holds plain ASCII only, and invoice numbers are written in every script.
        named = (
            delivery if delivery.isascii() and delivery.isprintable() else safe_file_name(delivery)
        )
        whole = body.encode()
        headers = signed([self._signer], named, body) | {"Content-Length": str(len(whole))}
        with httpx.Client(timeout=self._timeout, follow_redirects=False) as client:
            pieces = last_byte_kept(whole, look)
            return client.post(self._url, content=pieces, headers=headers)


def _write(case: Path, dossier: Dossier) -> Receipt:
    numbers = []
    for file in case.glob("*.json"):
        number = file.stem.rpartition("-")[2]
        if file.name.startswith(f"{dossier.kind}-") and number.isdecimal():
            numbers.append(int(number))
        if _id_in(file) == dossier.id:
            return Receipt(sent=Sent.ACCEPTED, provider_id=file.stem)
    path = case / f"{dossier.kind}-{max(numbers, default=0) + 1}.json"
    filed = dossier_json(dossier)
    _must_still_hold(dossier)
    for one, named in zip(dossier.evidence, filed["data"]["evidence"], strict=True):
        _put(case / named["file"], dossier, one)
    write_whole(case / "summary.txt", summary_of(filed).encode())
    _must_still_hold(dossier)  # files may be large, and only what follows is a delivery
    write_whole(path, json.dumps(filed, indent=2, ensure_ascii=False).encode())
    return Receipt(sent=Sent.ACCEPTED, provider_id=path.stem)


def _must_still_hold(dossier: Dossier) -> None:
    if dossier.look:
        dossier.look.must_hold()


def _put(place: Path, dossier: Dossier, file: Evidence) -> None:
    """A file that is kept with the case, once; its name tells its content."""
    if dossier.read is None or place.exists():
        return
    if body := dossier.read(file):
        write_whole(place, body)


def _id_in(file: Path) -> str | None:
    try:
        found: Any = json.loads(file.read_bytes())
        return str(found["id"])
    except (ValueError, KeyError, TypeError):
        return None


def _receipt(answer: httpx.Response, delivery: str) -> Receipt:
    status = answer.status_code
    detail = f"the agency answered {status}"
    if answer.is_success:
        return Receipt(sent=Sent.ACCEPTED, provider_id=delivery)
    if status in _BUSY:
        wait = retry_after(answer.headers.get("retry-after"))
        return Receipt(sent=Sent.NOT_SENT, detail=detail, retry_after=wait)
    if status in NOT_OURS or answer.is_redirect:
        return Receipt(sent=Sent.NOT_SENT, detail=detail, channel_down=True)
    unknown = status >= _SERVER_ERROR or status == _REQUEST_TIMEOUT or status < 400  # noqa: PLR2004 - HTTP's own ranges
    return Receipt(sent=Sent.UNKNOWN if unknown else Sent.REJECTED, detail=detail)
