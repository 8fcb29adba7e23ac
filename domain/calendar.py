"""The debtor's calendar: working days, holidays and the hours in which one may write or call."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.errors import DomainError, PolicyRefusedError, RefusedError

WEEKEND = frozenset({5, 6})
"""Saturday and Sunday, where a country does not rest on other days."""

_MINUTES_A_DAY = 24 * 60
"""A window that closes so many minutes after midnight is open to the end of the day."""

LAST_HOLIDAY_YEAR = 2050
"""Beyond this year a computed holiday is a guess, so a date there is refused."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a debtor may be contacted.

    Attributes:
        zone: IANA time zone of the debtor.
        country: ISO 3166 alpha-2 code for public holidays, or empty for weekends only.
        subdivision: the country's subdivision with holidays of its own, or empty.
        opens: minutes after midnight at which the contact window opens, debtor time.
        closes: minutes after midnight at which it closes (1440 is the end of the day).
        working_days_only: whether weekends and public holidays are left out.

    Openings and beginnings of days that were found once are kept: each decision asks for several.
    """

    zone: str = "UTC"
    country: str = ""
    subdivision: str = ""
    opens: int = 9 * 60
    closes: int = 17 * 60
    working_days_only: bool = True
    _openings: dict[date, datetime] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _starts: dict[date, datetime] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __hash__(self) -> int:
        # Looked up at every decision; equality still compares every field.
        return hash((self.zone, self.country))

    def local_date(self, instant: datetime) -> date:
        """Find the date in the debtor's zone at an instant."""
        if instant.tzinfo is UTC:
            return _local_date(self.zone, instant)
        return instant.astimezone(zone(self.zone)).date()

    def wall(self, instant: datetime) -> datetime:
        """Convert an instant to the debtor's local time."""
        return instant.astimezone(zone(self.zone))

    def start_of(self, day: date) -> datetime:
        """Find the instant (UTC) at which a day begins for the debtor."""
        found = self._starts.get(day)
        if found is None:
            found = self._starts[day] = _instant(self.zone, day, 0)
        return found

    def end_of(self, day: date) -> datetime:
        """Find the instant (UTC) at which a day ends for the debtor: the next day's 00:00."""
        return self.start_of(day + _A_DAY)

    def is_open_day(self, day: date) -> bool:
        """Whether one may contact the debtor on this day at all."""
        return not self.working_days_only or is_working_day(day, self.country, self.subdivision)

    def banking_day(self, day: date) -> date:
        """Find the first day, from the given one on, on which banks move money there."""
        while not is_working_day(day, self.country, self.subdivision):
            day += _A_DAY
        return day

    def opening(self, day: date) -> datetime:
        """Find the opening of the contact window on a day, or on the next open day."""
        found = self._openings.get(day)
        if found is None:
            found = self._openings[day] = _opening(self, day)
        return found

    def closing(self, day: date) -> datetime:
        """Find the closing of the contact window on a day, or on the next open day."""
        while not self.is_open_day(day):
            day += timedelta(days=1)
        return (
            self.end_of(day)
            if self.closes >= _MINUTES_A_DAY
            else _instant(self.zone, day, self.closes)
        )

    def within(self, instant: datetime) -> datetime:
        """Find the first instant, at or after the given one, inside a contact window."""
        local = instant.astimezone(zone(self.zone))
        day, minute = local.date(), local.hour * 60 + local.minute
        if minute >= self.closes or not self.is_open_day(day):
            return self.opening(day + timedelta(days=1))
        if minute < self.opens:
            return self.opening(day)
        return instant

    def days_later(self, instant: datetime, days: int) -> datetime:
        """Find the opening of the contact window so many open days after an instant."""
        for _ in range(days):
            instant = self.opening(self.local_date(instant) + timedelta(days=1))
        return instant


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Find the IANA zone of that name.

    Raises:
        DomainError: if there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        message = f"{name!r} is no IANA time zone; write for example Europe/Berlin"
        raise DomainError(message, field="timezone") from None


@lru_cache(maxsize=65536)
def _instant(zone_name: str, day: date, minutes: int) -> datetime:
    # A wall time inside a DST gap moves forward: through UTC and back gives the real instant.
    wall = datetime.combine(day, time(minutes // 60, minutes % 60), zone(zone_name))
    return wall.astimezone(UTC)


@lru_cache(maxsize=16384)
def _local_date(zone_name: str, instant: datetime) -> date:
    # Deeds are dated by the openings of contact windows: a few instants are asked for often.
    return instant.astimezone(zone(zone_name)).date()


def _opening(calendar: Calendar, day: date) -> datetime:
    while not calendar.is_open_day(day):
        day += timedelta(days=1)
    return _instant(calendar.zone, day, calendar.opens)


@dataclass(frozen=True, slots=True)
class _DaysOff:
    """A country's public holidays of one year, and the weekdays on which it rests."""

    days: frozenset[date] = frozenset()
    weekend: frozenset[int] = WEEKEND


@lru_cache(maxsize=512)
def _holidays(country: str, subdivision: str, year: int) -> _DaysOff:
    if not country:
        return _DaysOff()
    if year > LAST_HOLIDAY_YEAR:
        message = f"holidays are not known past {LAST_HOLIDAY_YEAR}; check the date {year}"
        raise DomainError(message, field="date")
    import holidays  # noqa: PLC0415 - many countries' rules, slow to load, and few callers ask

    try:
        known = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        message = f"no holidays are known for {country} {subdivision}".rstrip()
        raise DomainError(f"{message}; leave it empty for weekends only", field="country") from None
    return _DaysOff(frozenset(known), frozenset(known.weekend))


@lru_cache(maxsize=65536)
def is_working_day(day: date, country: str = "", subdivision: str = "") -> bool:
    """Tell whether a day is neither a weekend day nor a public holiday of the debtor's country."""
    known = _holidays(country, subdivision, day.year)
    return day.weekday() not in known.weekend and day not in known.days


_COUNTRY = re.compile(r"(?!UK)[A-Z]{2}")
"""Two letters; other names of a country know holidays as well, but no law, language or address."""


def check_place(zone_name: str, country: str, subdivision: str) -> None:
    """Make sure that a debtor's zone, country and subdivision are known.

    Raises:
        DomainError: naming the unknown one.
    """
    check_zone(zone_name)
    if country and not _COUNTRY.fullmatch(country):
        told = f"{country!r} is no country code (ISO 3166); write for example DE, GB or US"
        raise DomainError(told, field="country")
    _holidays(country, subdivision, 2026)


def check_zone(name: str) -> None:
    """Refuse a zone that names no place, though the machine's zone files have it.

    ``localtime`` is the machine's own zone, ``Factory`` and ``posixrules`` are what a machine has
    before somebody has chosen, ``right/…`` counts leap seconds and runs 27 seconds apart, and
    ``posix/…`` is another name that other machines do not know.

    Raises:
        DomainError: if it is one of them, or no zone at all.
    """
    if name in _NO_PLACES or name.startswith(("right/", "posix/")):
        message = f"{name!r} is no place's time zone; write for example Europe/Berlin"
        raise DomainError(message, field="timezone")
    zone(name)


_NO_PLACES = frozenset({"localtime", "Factory", "posixrules", "right", "posix"})


def refuse_past(day: date, today: date, why: str) -> None:
    """Refuse a day before today, in the debtor's calendar."""
    if day < today:
        raise RefusedError(f"{day} is already past; {why}", field="date")


def refuse_far(day: date, today: date, longest: int, way_out: str) -> None:
    """Refuse a day that lies more than so many calendar days ahead."""
    if day > today + timedelta(days=longest):
        raise PolicyRefusedError(f"{day} is more than {longest} days away; {way_out}", field="date")


_A_DAY = timedelta(days=1)
LEAST_LEFT = timedelta(hours=2)
"""With less of a day left nobody is asked to call on that day."""


def due_in_window(calendar: Calendar, now: datetime) -> datetime:
    """Find the end of today's contact window, or of the next one if little of it is left."""
    start = calendar.within(now)
    day = calendar.local_date(start)
    closing = calendar.closing(day)
    late = start > calendar.opening(day) and closing - start < LEAST_LEFT
    return calendar.closing(day + _A_DAY) if late else closing


def a_working_day_later(calendar: Calendar, at: datetime) -> datetime:
    """Find the end of the next working day's window after the day of an instant."""
    return calendar.closing(calendar.local_date(at) + _A_DAY)
