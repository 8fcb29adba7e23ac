"""Debitura by its Customer API: asks its price, places cases, and reads how they stand.

Its API has no way to report a direct payment or to withdraw a case: such news go as a chat message,
and a person is asked to do what the API cannot.
"""

# One thing: the six calls of one interface, and how its words become ours.

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import httpx

from activities.ports.agencies.book import PolledCase, PolledPayment
from activities.ports.clock import LastLook, StaleLookError
from activities.ports.types import Dossier, Receipt, Sent
from adapters.agency.secrets import secret_in_file
from adapters.http.address_checks import safe_url
from adapters.http.calls import STALE, TIMEOUT, retry_after, silence_vendor_logs, within
from domain.agencies.agency_file import AgencyProfile
from domain.agencies.quotes import AgencyFee, AgencyQuote, NotTaken, QuoteClaim
from domain.evidence.model import Evidence
from domain.message_types import AgencyNews
from domain.money import Money, round_half_up, zero

STATES: Mapping[str, AgencyNews] = {
    "PendingContractSigning": AgencyNews.NEEDS_INFO,
    "PendingVerification": AgencyNews.RECEIVED,
    "PendingVerificationInternal": AgencyNews.RECEIVED,
    "NeedsAdditionalDetails": AgencyNews.NEEDS_INFO,
    "Leads": AgencyNews.RECEIVED,
    "LeadsQuoteGiven": AgencyNews.NEEDS_INFO,
    "Active": AgencyNews.WORKING,
    "Paused": AgencyNews.PAUSED,
    "Closed": AgencyNews.CLOSED,
    "Merged": AgencyNews.CLOSED,
}
"""Its lifecycle in our words; what it adds later counts as news for people."""

_REFERENCE, _COMMENTS = 50, 4000
"""The longest reference and comment that it takes."""

_SUM = "@sum"
_REFUSED, _MISSING, _BUSY, _SERVER = 422, 404, 429, 500
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
            "amountToRecover": _SUM,
            "currencyCode": claim.amount.currency,
            "dueDate": f"{due}T00:00:00Z",
            "debtor": {
                "type": "Person" if claim.consumer else "Company",
                "countryAlpha2": claim.country,
            },
        }
        try:
            answer = self._call("POST", "/cases/preview", _exact(asked, claim.amount))
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
            success_percent=_decimal(told.get("baseSuccessFeePercentage")),
            surcharge_percent=_decimal(told.get("ageSurchargePercentage")),
            fixed=nothing,
            minimum=nothing,
        )
        needs = tuple(dict.fromkeys(_needs(result)))
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
        answer = _fine(self._call("GET", f"/cases/{quote(str(found['id']))}/payments"))
        listed = _json(answer)
        rows = listed if isinstance(listed, list) else listed.get("data") or []
        lifecycle = str(found.get("lifecycle") or "")
        state = STATES.get(lifecycle)
        updated = str(found.get("dateUpdated") or found.get("dateCreated") or "")
        return PolledCase(
            id=f"{lifecycle}-{updated}",
            state=state,
            note=" ".join(filter(None, (lifecycle, str(found.get("closeCode") or "")))),
            payments=tuple(_payment(row, found) for row in rows),
        )

    def _find(self, case_id: str) -> dict[str, Any] | None:
        answer = self._call("GET", f"/cases/by-creditor-reference/{quote(_reference(case_id))}")
        return None if answer.status_code == _MISSING else _json(_fine(answer))

    def _place(self, dossier: Dossier, found: Mapping[str, Any] | None) -> Receipt:
        if found is None:
            body = _exact(_case(dossier), _claim(dossier))
            key = hashlib.sha256(dossier.id.encode()).hexdigest()
            found = _json(_fine(self._call("POST", "/cases", body, key, dossier.look)))
        case = str(found["id"])
        lost = [one.name for one in dossier.evidence if not self._filed(case, dossier, one)]
        by_hand = f"upload these files to Debitura: {', '.join(lost)}" if lost else ""
        return Receipt(sent=Sent.ACCEPTED, provider_id=case, by_hand=by_hand)

    def _filed(self, case: str, dossier: Dossier, file: Evidence) -> bool:
        """Upload a file; one that it does not take is left to a person."""
        body = dossier.read(file) if dossier.read else b""
        if not body:
            return False
        files = {"file": (file.name, body, file.media_type)}
        try:
            with self._client() as client:
                answer = client.post(f"/cases/{quote(case)}/files", files=files)
        except (httpx.HTTPError, OSError):
            return False
        return answer.is_success

    def _write(self, dossier: Dossier, found: Mapping[str, Any] | None) -> Receipt:
        by_hand = f"tell Debitura: {dossier.why}"
        if dossier.kind == "case.recalled":
            by_hand = f"withdraw the case at Debitura: {dossier.why}"
        if found is None or not self._agency.email:
            return Receipt(sent=Sent.ACCEPTED, by_hand=by_hand)
        said = {"message": _news(dossier), "userEmail": self._agency.email}
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

        def call() -> httpx.Response:
            with self._client() as client:
                if look:
                    look.must_hold()
                return client.request(method, path, content=body or None, headers=headers)

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
    told = _json(answer) if status == _REFUSED else {}
    why = str(told.get("message") or told.get("detail") or told.get("title") or "")[:150]
    raise AnsweredError(Receipt(sent=Sent.REJECTED, detail=f"{detail} {why}".strip()))


def _json(answer: httpx.Response) -> Any:
    """Numbers stay exact: they are money."""
    try:
        return json.loads(answer.text, parse_float=Decimal)
    except ValueError:
        return {}


def _exact(body: Mapping[str, Any], amount: Money) -> str:
    """JSON with the amount as an exact number, however many decimals it has."""
    return json.dumps(body, ensure_ascii=False).replace(f'"{_SUM}"', amount.plain)


def _reference(case_id: str) -> str:
    """Our id of the case, as short as it takes one."""
    if len(case_id) <= _REFERENCE and case_id.isascii():
        return case_id
    return f"amicable-{hashlib.sha256(case_id.encode()).hexdigest()[:40]}"


def _claim(dossier: Dossier) -> Money:
    if dossier.statement:
        return dossier.statement.total
    return Money(dossier.case.undisputed, dossier.case.invoice.amount.currency)


def _case(dossier: Dossier) -> dict[str, Any]:
    case, debtor = dossier.case, dossier.debtor
    told = {
        "type": "Person" if debtor.kind == "consumer" else "Company",
        "name": debtor.name or debtor.id,
        "contactPerson": debtor.attention or None,
        "companyRegistrationNumber": debtor.vat_id or None,
        "address": debtor.street or None,
        "zipCode": debtor.postcode or None,
        "city": debtor.town or None,
        "countryAlpha2": debtor.country or None,
        "email": debtor.email or None,
        "phone": debtor.phone or None,
    }
    return {
        "amountToRecover": _SUM,
        "currencyCode": case.invoice.amount.currency,
        "date": f"{case.invoice.issued}T00:00:00Z",
        "dueDate": f"{case.printed_due}T00:00:00Z",
        "creditorReference": _reference(case.invoice.case_id),
        "claimDescription": f"Invoice {case.invoice.number}"[:_COMMENTS],
        "comments": _news(dossier)[:_COMMENTS],
        "debtor": {name: value for name, value in told.items() if value},
    }


def _news(dossier: Dossier) -> str:
    """What it must know now, in a few lines."""
    case = dossier.case
    words = [entry["note"] for entry in dossier.history if entry.get("reason") == AgencyNews.TOLD]
    lines = [
        f"{dossier.why}.",
        f"Invoice {case.invoice.number}: {_claim(dossier)} to be paid now, {case.open_money} open.",
        *words[-1:],
    ]
    return "\n".join(lines)


def _needs(result: Mapping[str, Any]) -> Iterator[str]:
    for action in result.get("requiredActions") or ():
        name = str(action.get("type") or action.get("code") or "").casefold()
        yield "kyc" if "kyc" in name else "contract"
    if result.get("requiresKycVerification") and not result.get("hasKycOnFile"):
        yield "kyc"


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value or 0))


def _payment(row: Mapping[str, Any], case: Mapping[str, Any]) -> PolledPayment:
    """A payment with its fee; what went to the creditor itself was not collected there."""
    currency = str(row.get("currency") or case.get("currency") or "EUR")
    paid = round_half_up(_decimal(row.get("grossAmount")), currency)
    fee = round_half_up(paid.decimal * _decimal(case.get("preLegalSuccessFee")) / 100, currency)
    direct = str(row.get("recipient") or "").casefold() == "creditor"
    at = str(row.get("date") or row.get("dateCreated") or "")
    return PolledPayment(
        id=str(row.get("id") or ""),
        at=datetime.fromisoformat(at) if at else None,
        collected=zero(currency) if direct else paid,
        fee=fee,
    )
