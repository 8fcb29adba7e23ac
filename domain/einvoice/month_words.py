"""Reads days whose month is a word, in the languages in which payment terms are read."""

from __future__ import annotations

import re

# en de fr it es nl pt pl sv/da/nb fi ro cs; each word is the month's, or a beginning of it.
_MONTHS = (
    r"jan(?:uary|uari|uar)?|jänner|janvier|gennaio|enero|janeiro|stycznia|tammikuuta|ianuarie|ledna",
    (
        r"feb(?:ruary|ruari|ruar)?|févr(?:ier)?|febbraio|febrero|fevereiro|lutego|helmikuuta|"
        r"februarie|února"
    ),
    r"mar(?:ch|s|zo|t)?|märz|maart|março|marca|maaliskuuta|martie|března",
    r"apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|kwietnia|huhtikuuta|aprilie|dubna",
    r"may|mai|maj|mei|maggio|mayo|maio|maja|toukokuuta|května",
    r"jun[ei]?|juin|giugno|junio|junho|czerwca|kesäkuuta|iunie|června",
    r"jul[yi]?|juil(?:let)?|luglio|julio|julho|lipca|heinäkuuta|iulie|července",
    r"aug(?:ust|usti|ustus)?|août|agosto|sierpnia|elokuuta|srpna",
    r"sept?(?:ember)?|septembre|settembre|septiembre|setembro|września|syyskuuta|septembrie|září",
    r"o[ck]t(?:ober)?|octobre|ottobre|octubre|outubro|października|lokakuuta|octombrie|října",
    r"nov(?:ember)?|novembre|noviembre|novembro|listopada|marraskuuta|noiembrie",
    (
        r"de[cz](?:ember)?|déc(?:embre)?|dicembre|diciembre|dezembro|grudnia|joulukuuta|"
        r"decembrie|prosince"
    ),
)
_NAMED = "|".join(f"(?P<m{number}>{words})" for number, words in enumerate(_MONTHS, 1))
_DAY = re.compile(
    rf"(?<![\d.])(\d{{1,2}})(?:er|st|nd|rd|th|\.)? ?(?:of |de |den )?(?:{_NAMED})"
    r"\.?,? ?(?:de )?(\d{4})\b"
)
_AMERICAN = re.compile(rf"\b(?:{_NAMED})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b")


def with_plain_days(words: str) -> str:
    """Write days whose month is a word as figures: `2 december 2026` is `2026-12-02`."""
    return _AMERICAN.sub(_plain, _DAY.sub(_plain, words))


def _plain(found: re.Match[str]) -> str:
    month = int(next(name for name, said in found.groupdict().items() if said)[1:])
    day, year = (one for one in found.groups() if one and one.isdecimal())
    return f"{year}-{month:02d}-{int(day):02d}"
