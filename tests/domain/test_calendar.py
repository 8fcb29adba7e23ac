"""The debtor's calendar at its edges: windows, weekends, holidays, and clocks that jump."""

from datetime import UTC, date, datetime

import pytest

from domain.calendar import Calendar, check_place, is_working_day, zone
from domain.errors import DomainError

BERLIN = Calendar("Europe/Berlin", "DE")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "first"),
    [
        ("2026-02-05 07:59:59", "2026-02-05 08:00:00"),  # 08:59:59 in Berlin
        ("2026-02-05 08:00:00", "2026-02-05 08:00:00"),  # it opens
        ("2026-02-05 08:00:01", "2026-02-05 08:00:01"),
        ("2026-02-05 15:59:59", "2026-02-05 15:59:59"),
        ("2026-02-05 16:00:00", "2026-02-06 08:00:00"),  # 17:00: it has closed
        ("2026-02-06 16:00:00", "2026-02-09 08:00:00"),  # Friday evening: Monday
        ("2026-02-07 10:00:00", "2026-02-09 08:00:00"),  # Saturday
        ("2026-02-08 23:30:00", "2026-02-09 08:00:00"),  # Monday 00:30 in Berlin
        ("2026-12-24 16:00:00", "2026-12-28 08:00:00"),  # Christmas, then a weekend
        ("2026-12-31 16:00:00", "2027-01-04 08:00:00"),  # New Year, then a weekend
    ],
)
def test_the_window_opens_at_nine_closes_at_five_and_rolls_forward(
    instant: str, first: str
) -> None:
    assert BERLIN.within(utc(instant)) == utc(first)


@pytest.mark.parametrize(
    ("day", "opening"),
    [
        ("2026-04-02", "2026-04-02 07:00:00"),  # Thursday before Easter, summer time
        ("2026-04-03", "2026-04-07 07:00:00"),  # Good Friday to Easter Monday
        ("2026-04-06", "2026-04-07 07:00:00"),
        ("2026-04-07", "2026-04-07 07:00:00"),
        ("2026-05-01", "2026-05-04 07:00:00"),
        ("2026-10-23", "2026-10-23 07:00:00"),
        ("2026-10-26", "2026-10-26 08:00:00"),  # winter time again
    ],
)
def test_a_day_opens_at_nine_of_its_own_or_the_next_working_day(day: str, opening: str) -> None:
    assert BERLIN.opening(date.fromisoformat(day)) == utc(opening)


def test_a_subdivision_has_holidays_of_its_own() -> None:
    corpus_christi = date(2026, 6, 4)

    assert is_working_day(corpus_christi, "DE")
    assert not is_working_day(corpus_christi, "DE", "BY")
    assert is_working_day(corpus_christi, "DE", "BE")


@pytest.mark.parametrize(
    ("country", "friday", "saturday", "sunday"),
    [("DE", True, False, False), ("IL", False, False, True), ("EG", False, False, True)],
)
def test_countries_rest_on_their_own_days(
    country: str, friday: bool, saturday: bool, sunday: bool
) -> None:
    week = [is_working_day(date(2026, 2, day), country) for day in (6, 7, 8)]

    assert week == [friday, saturday, sunday]


def test_without_a_country_there_are_only_weekends() -> None:
    assert Calendar().is_open_day(date(2026, 12, 25))
    assert not Calendar().is_open_day(date(2026, 12, 26))


def test_a_calendar_for_any_day_knows_neither_weekends_nor_holidays() -> None:
    any_day = Calendar("Europe/Berlin", "DE", working_days_only=False)

    assert any_day.opening(date(2026, 12, 25)) == utc("2026-12-25 08:00:00")


def test_a_window_around_the_clock_never_closes() -> None:
    always = Calendar("Europe/Berlin", opens=0, closes=1440, working_days_only=False)

    assert always.within(utc("2026-02-07 22:59:59")) == utc("2026-02-07 22:59:59")
    assert always.opening(date(2026, 2, 7)) == utc("2026-02-06 23:00:00")


@pytest.mark.parametrize(
    ("place", "opens", "day", "instant"),
    [
        ("Europe/Berlin", 150, "2026-03-29", "2026-03-29 01:30:00"),  # 02:30 is skipped: 03:30
        ("Europe/Berlin", 150, "2026-10-25", "2026-10-25 00:30:00"),  # 02:30 comes twice: first
        ("Australia/Lord_Howe", 135, "2026-10-04", "2026-10-03 15:45:00"),  # half an hour skipped
        ("Australia/Lord_Howe", 105, "2026-04-05", "2026-04-04 14:45:00"),  # and half an hour twice
        ("America/Santiago", 0, "2026-09-06", "2026-09-06 04:00:00"),  # no midnight: 01:00
        ("Africa/Cairo", 0, "2026-04-24", "2026-04-23 22:00:00"),  # no midnight: 01:00
        ("Asia/Kathmandu", 540, "2026-03-02", "2026-03-02 03:15:00"),  # a quarter of an hour
        ("Pacific/Kiritimati", 540, "2026-03-02", "2026-03-01 19:00:00"),  # far ahead
        ("Pacific/Pago_Pago", 540, "2026-03-02", "2026-03-02 20:00:00"),  # far behind
    ],
)
def test_clocks_that_jump_move_the_opening_forward_and_never_back(
    place: str, opens: int, day: str, instant: str
) -> None:
    calendar = Calendar(place, opens=opens, closes=1440, working_days_only=False)
    opening = calendar.opening(date.fromisoformat(day))

    assert opening == utc(instant)
    assert calendar.local_date(opening) == date.fromisoformat(day)
    assert calendar.within(opening) == opening


@pytest.mark.parametrize(
    ("place", "day", "hours"),
    [
        ("Europe/Berlin", "2026-03-28", 24),
        ("Europe/Berlin", "2026-03-29", 23),
        ("Europe/Berlin", "2026-10-25", 25),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("America/Santiago", "2026-09-06", 23),
    ],
)
def test_a_day_ends_where_the_next_one_begins(place: str, day: str, hours: float) -> None:
    calendar, date_ = Calendar(place), date.fromisoformat(day)
    length = calendar.end_of(date_) - calendar.start_of(date_)

    assert length.total_seconds() == hours * 3600


def test_the_date_is_the_one_on_the_debtors_wall() -> None:
    evening = utc("2026-02-05 23:30:00")

    assert BERLIN.local_date(evening) == date(2026, 2, 6)
    assert Calendar("America/New_York").local_date(evening) == date(2026, 2, 5)


def test_a_holiday_too_far_away_to_be_known_is_refused() -> None:
    with pytest.raises(DomainError, match="not known past 2050"):
        BERLIN.opening(date(2051, 1, 3))


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (("Europe/Bielefeld", "DE", ""), "timezone"),
        (("../etc/passwd", "DE", ""), "timezone"),
        (("Europe/Berlin", "XX", ""), "country"),
        (("Europe/Berlin", "DE", "ZZ"), "country"),
    ],
)
def test_an_unknown_place_is_refused_by_name(place: tuple[str, str, str], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_place(*place)

    assert refused.value.field == field


def test_a_known_place_is_accepted() -> None:
    check_place("Europe/Berlin", "DE", "BY")
    assert zone("Europe/Berlin").key == "Europe/Berlin"


@pytest.mark.parametrize(
    "name",
    [
        "localtime",
        "Factory",
        "posixrules",
        "right/UTC",
        "right/Europe/Berlin",
        "posix/UTC",
        "right",
    ],
)
def test_a_zone_that_names_no_place_is_refused_on_entry(name: str) -> None:
    """Each exists on some machines, and means another clock on each of them."""
    with pytest.raises(DomainError, match="is no place's time zone"):
        check_place(name, "", "")


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
def test_a_zone_of_a_place_is_taken(name: str) -> None:
    check_place(name, "", "")
