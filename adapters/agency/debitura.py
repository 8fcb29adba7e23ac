"""Debitura by its Customer API: asks its price, places cases, and reads how they stand.

Its API has no way to report a direct payment or to withdraw a case: such news go as a chat message,
and a person is asked to do what the API cannot.
"""

# One thing: the calls of one interface, and what becomes of its answers.

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import httpx

from activities.ports.agencies.book import GivenFile, PolledCase
from activities.ports.clock import LastLook, StaleLookError
from activities.ports.types import Dossier, Receipt, Sent
from adapters.agency.debitura_words import (
    SUM,
    case_body,
    case_reference,
    claim_of_dossier,
    debtor_type,
    decimal_of,
    document_type,
    exact,
    needs_of,
    news_id,
    news_text,
    polled_payment,
    refusal_of,
    state_of_case,
    words_of_partner,
)
from adapters.agency.secrets import secret_in_file
from adapters.http.address_checks import safe_url
from adapters.http.calls import STALE, TIMEOUT, retry_after, silence_vendor_logs, within
from adapters.http.last_byte import last_byte_kept
from domain.agencies.agency_file import AgencyProfile
from domain.agencies.quotes import AgencyFee, AgencyQuote, NotTaken, QuoteClaim
from domain.money import zero

_REFUSED, _MISSING, _BUSY, _SERVER = 422, 404, 429, 500
_NEVER_TAKEN = frozenset({400, 413, 415})
_LARGEST = 25 * 1024 * 1024
_VALID = timedelta(days=1)


class DebituraApi:
    """One account at Debitura.

    Raises:
        ValueError: if the address is not https, or there is no key.
    """

    def __init__(self, agency: AgencyProfile, *, timeout: float = TIMEOUT) -> None:
        reached = agency.reached
        self._base = safe_url(reached.url, "reached.url").rstrip("/")
        self._key = secret_in_file(reached.key_file)
        self._agency, self._timeout = agency, timeout
        silence_vendor_logs()

    def quote(self, claim: QuoteClaim, today: date) -> AgencyQuote:
        """Ask what it takes for a claim; nothing is kept there."""
        due = today - timedelta(days=claim.days_overdue)
        asked = {
            "amountToRecover": SUM,
            "currencyCode": claim.amount.currency,
            "dueDate": f"{due}T00:00:00Z",
            "debtor": {
                "type": debtor_type(consumer=claim.consumer),
                "countryAlpha2": claim.country,
            },
        }
        try:
            answer = self._call("POST", "/cases/preview", exact(asked, claim.amount))
        except (httpx.HTTPError, OSError) as error:
            return self._unanswered(claim, type(error).__name__)
        if not answer.is_success:
            return self._unanswered(claim, f"it answered {answer.status_code}")
        return self._quoted(claim, _json(answer).get("result") or {}, today)

    def _unanswered(self, claim: QuoteClaim, why: str) -> AgencyQuote:
        return AgencyQuote(
            agency=self._agency.id, claim=claim, reason=NotTaken.UNANSWERED, detail=why, live=True
        )

    def _quoted(self, claim: QuoteClaim, result: Mapping[str, Any], today: date) -> AgencyQuote:
        told = result.get("pricingPreview") or {}
        named = AgencyQuote(agency=self._agency.id, claim=claim, live=True, as_of=today)
        if not result.get("isEligible"):
            why = str(result.get("ineligibilityReason") or "not eligible")[:200]
            return replace(named, reason=NotTaken.REFUSED, detail=why)
        nothing = zero(claim.amount.currency)
        fee = AgencyFee(
            success_percent=decimal_of(told.get("baseSuccessFeePercentage")),
            surcharge_percent=decimal_of(told.get("ageSurchargePercentage")),
            fixed=nothing,
            minimum=nothing,
        )
        needs = tuple(dict.fromkeys(needs_of(result)))
        source = str(told.get("pricingSourceDescription") or self._base)[:200]
        return replace(named, fee=fee, needs=needs, source=source, valid_until=today + _VALID)

    def deliver(self, dossier: Dossier) -> Receipt:
        """Place a case, or write to whoever works on it; what the API cannot do is for a person."""
        try:
            return self._delivered(dossier)
        except StaleLookError:
            return STALE
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            return Receipt(sent=Sent.NOT_SENT, detail=f"cannot be reached ({type(error).__name__})")
        except (httpx.HTTPError, OSError) as error:
            return Receipt(sent=Sent.UNKNOWN, detail=f"lost ({type(error).__name__})")
        except AnsweredError as refusal:
            return refusal.receipt

    def _delivered(self, dossier: Dossier) -> Receipt:
        if dossier.look:
            dossier.look.must_hold()
        found = self._find(dossier.case.invoice.case_id)
        if dossier.kind == "case.handed_off":
            return self._place(dossier, found)
        return self._write(dossier, found)

    def state(self, case_id: str) -> PolledCase | None:
        """Read how a case stands, and what was paid; None if there is no such case there.

        Raises:
            httpx.HTTPError: if it does not answer.
        """
        found = self._find(case_id)
        if found is None:
            return None
        here = f"/cases/{quote(str(found['id']))}"
        listed = _json(_fine(self._call("GET", f"{here}/payments")))
        rows = listed if isinstance(listed, list) else listed.get("data") or []
        noted = ("lifecycle", "currentEngagementPhase", "closeCode")
        return PolledCase(
            id=news_id(found),
            state=state_of_case(found),
            note=" ".join(filter(None, (str(found.get(name) or "") for name in noted))),
            payments=tuple(polled_payment(row, found) for row in rows),
            words=words_of_partner(_json(_fine(self._call("GET", f"{here}/chats")))),
        )

    def attach(self, case_id: str, files: Sequence[GivenFile]) -> tuple[str, ...]:
        """Upload the files that are not there yet; answers those that it does not take.

        Raises:
            httpx.HTTPError: if it does not answer.
        """
        found = self._find(case_id)
        if found is None:
            raise AnsweredError(Receipt(sent=Sent.NOT_SENT, detail="the case is not known there"))
        here = f"/cases/{quote(str(found['id']))}/files"
        known = _json(_fine(self._call("GET", here)))
        there = " ".join(str(one.get("description") or "") for one in known)
        missing = [file for file in files if file.key not in there]
        return tuple(file.name for file in missing if not self._upload(here, file))

    def _upload(self, here: str, file: GivenFile) -> bool:
        """Upload a file; one that it will never take is left to a person."""
        body = file.read()
        if not body or len(body) > _LARGEST:
            return False
        described = f"{file.name} ({file.key})"
        told = {"DocumentType": document_type(file.role), "Description": described}
        given = {"File": (file.name, body, file.media_type)}
        with self._client() as client:
            answer = client.post(here, data=told, files=given)
        if answer.status_code in _NEVER_TAKEN:
            return False
        return _fine(answer).is_success

    def _find(self, case_id: str) -> dict[str, Any] | None:
        answer = self._call("GET", f"/cases/by-creditor-reference/{quote(case_reference(case_id))}")
        return None if answer.status_code == _MISSING else _json(_fine(answer))

    def _place(self, dossier: Dossier, found: Mapping[str, Any] | None) -> Receipt:
        if found is None:
            body = exact(case_body(dossier), claim_of_dossier(dossier))
            key = hashlib.sha256(dossier.id.encode()).hexdigest()
            found = _json(_fine(self._call("POST", "/cases", body, key, dossier.look)))
        return Receipt(sent=Sent.ACCEPTED, provider_id=str(found["id"]))

    def _write(self, dossier: Dossier, found: Mapping[str, Any] | None) -> Receipt:
        by_hand = f"tell Debitura: {dossier.why}"
        if dossier.kind == "case.recalled":
            by_hand = f"withdraw the case at Debitura: {dossier.why}"
        if found is None or not self._agency.email:
            return Receipt(sent=Sent.ACCEPTED, by_hand=by_hand)
        said = {"message": news_text(dossier), "userEmail": self._agency.email}
        path = f"/cases/{quote(str(found['id']))}/chats"
        answer = self._call("POST", path, json.dumps(said), look=dossier.look)
        if answer.status_code == _BUSY or answer.status_code >= _SERVER:
            _fine(answer)
        told = answer.is_success and dossier.kind != "case.recalled"
        return Receipt(
            sent=Sent.ACCEPTED, provider_id=str(found["id"]), by_hand="" if told else by_hand
        )

    def _call(
        self, method: str, path: str, body: str = "", key: str = "", look: LastLook | None = None
    ) -> httpx.Response:
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        whole = body.encode()
        if whole:
            headers["Content-Length"] = str(len(whole))

        def call() -> httpx.Response:
            pieces = last_byte_kept(whole, look) if whole else None
            with self._client() as client:
                return client.request(method, path, content=pieces, headers=headers)

        return within(self._timeout, call)

    def _client(self) -> httpx.Client:
        return httpx.Client(
            base_url=self._base,
            headers={"XApiKey": self._key},
            timeout=self._timeout,
            follow_redirects=False,
        )


class AnsweredError(Exception):
    """An answer that is no yes."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.detail)
        self.receipt = receipt


def _fine(answer: httpx.Response) -> httpx.Response:
    """The answer, if it is a yes."""
    status, detail = answer.status_code, f"Debitura answered {answer.status_code}"
    if answer.is_success:
        return answer
    if status == _BUSY:
        wait = retry_after(answer.headers.get("retry-after"))
        raise AnsweredError(Receipt(sent=Sent.NOT_SENT, detail=detail, retry_after=wait))
    if status >= _SERVER:
        raise AnsweredError(Receipt(sent=Sent.UNKNOWN, detail=detail))
    if status in {401, 403}:
        raise AnsweredError(Receipt(sent=Sent.NOT_SENT, detail=detail, channel_down=True))
    why = refusal_of(_json(answer))[:150] if status == _REFUSED else ""
    raise AnsweredError(Receipt(sent=Sent.REJECTED, detail=f"{detail} {why}".strip()))


def _json(answer: httpx.Response) -> Any:
    """Numbers stay exact: they are money."""
    try:
        return json.loads(answer.text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return {}
