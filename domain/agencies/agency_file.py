"""Reads an agency's file: who it is, how it is reached, and its tariff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from tomllib import TOMLDecodeError
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.agencies.tariff import Tariff, TariffBand
from domain.errors import DomainError
from domain.interest.toml_lines import line_of, line_of_error, parse_toml
from domain.money import Money, parse_money, zero

_Amount = Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})?$")]
_Percent = Annotated[str, Field(pattern=r"^[0-9]{1,2}(\.[0-9]{1,4})?$")]
_Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
_Days = Annotated[int, Field(ge=0, le=36500)]
_Line = Annotated[str, Field(max_length=300)]
_Need = Literal["contract", "kyc", "document"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class PriceEntry(_Entry):
    """A price, and the claims that it is for; what is left out is any."""

    least: _Amount | None = None
    most: _Amount | None = None
    from_days: _Days | None = None
    to_days: _Days | None = None
    countries: list[_Country] = []
    debtors: Literal["", "businesses", "consumers"] = ""
    success_percent: _Percent = "0"
    fixed: _Amount = "0"
    minimum: _Amount = "0"


class SurchargeEntry(_Entry):
    """More percent of success for claims that are older."""

    from_days: _Days
    percent: _Percent


class TariffEntry(_Entry):
    """An agency's prices, and where they come from."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    source: Annotated[str, Field(min_length=1, max_length=300)]
    as_of: date
    valid_days: Annotated[int, Field(ge=1, le=366)] = 30
    needs: list[_Need] = []
    band: Annotated[list[PriceEntry], Field(min_length=1, max_length=200)]
    surcharge: list[SurchargeEntry] = []


class ReachedEntry(_Entry):
    """How an agency is reached; a secret is named by its file and nothing else.

    Attributes:
        by: folder, webhook, debitura, or person: somebody carries what is prepared.
        files: how files go along with a webhook: as links that end, or not at all.
        hears: whether it can be told what happens after the placement; else a person tells it.
        ask_every_minutes: how often one with an interface is asked how its cases stand.
        most_a_round: of so many cases at once, every five minutes, until it is through.
    """

    by: Literal["folder", "webhook", "debitura", "person"] = "folder"
    folder: _Line = ""
    url: _Line = ""
    secret_file: _Line = ""
    key_file: _Line = ""
    files: Literal["links", "none"] = "links"
    hears: bool = True
    ask_every_minutes: Annotated[int, Field(ge=5, le=10080)] = 60
    most_a_round: Annotated[int, Field(ge=1, le=1000)] = 100


class AgencyEntry(_Entry):
    """An agency's file."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    kind: Literal["agency", "lawyer"] = "agency"
    contact: _Line = ""
    email: _Line = ""
    phone: _Line = ""
    creditors: list[_Line] = []
    reached: ReachedEntry = ReachedEntry()
    tariff: TariffEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyProfile:
    """An agency as its file describes it.

    Attributes:
        id: its short name, which is its file's.
        name: what people call it.
        kind: agency, or lawyer.
        creditors: those that work with it; empty for all.
        reached: how it is told what is to be told.
        tariff: its prices; None where it must be asked.
    """

    id: str
    name: str
    kind: str
    contact: str
    email: str
    phone: str
    creditors: tuple[str, ...]
    reached: ReachedEntry
    tariff: Tariff | None

    def works_for(self, creditor: str) -> bool:
        """Tell whether a creditor works with it."""
        return not self.creditors or creditor in self.creditors


def read_agency(agency: str, text: str) -> AgencyProfile:
    """Read an agency's file.

    Raises:
        DomainError: naming the line, the key and what is wrong with it.
    """
    place = f"{agency}.toml"
    try:
        told = parse_toml(text)
    except TOMLDecodeError as error:
        line = line_of_error(text, str(error))
        raise DomainError(f"{place}:{line}: {error}", field="agency") from None
    try:
        entry = AgencyEntry.model_validate(told)
        tariff = _tariff(entry.tariff) if entry.tariff else None
    except ValidationError as error:
        # A key that is not known says more than the one that is missing in its place.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        path = tuple(first["loc"])
        key = ".".join(map(str, path))
        message = f"{place}:{line_of(text, path)}: {key}: {first['msg']}"
        raise DomainError(message, field="agency") from None
    except DomainError as error:
        raise DomainError(f"{place}: [tariff]: {error}", field="agency") from None
    return _profile(agency, entry, tariff)


def _profile(agency: str, entry: AgencyEntry, tariff: Tariff | None) -> AgencyProfile:
    return AgencyProfile(
        id=agency,
        name=entry.name,
        kind=entry.kind,
        contact=entry.contact,
        email=entry.email,
        phone=entry.phone,
        creditors=tuple(entry.creditors),
        reached=entry.reached,
        tariff=tariff,
    )


def _tariff(entry: TariffEntry) -> Tariff:
    return Tariff(
        currency=entry.currency,
        bands=tuple(_bands(entry)),
        surcharges=tuple((one.from_days, Decimal(one.percent)) for one in entry.surcharge),
        needs=tuple(entry.needs),
        valid_days=entry.valid_days,
        source=entry.source,
        as_of=entry.as_of,
    )


def _bands(entry: TariffEntry) -> Iterator[TariffBand]:
    zero(entry.currency).decimal  # noqa: B018 - a currency that is none is said here

    def money(text: str | None) -> Money | None:
        return parse_money(text, entry.currency) if text else None

    for band in entry.band:
        yield TariffBand(
            least=money(band.least),
            most=money(band.most),
            from_days=band.from_days,
            to_days=band.to_days,
            countries=tuple(band.countries),
            debtors=band.debtors,
            success_percent=Decimal(band.success_percent),
            fixed=parse_money(band.fixed, entry.currency),
            minimum=parse_money(band.minimum, entry.currency),
        )
