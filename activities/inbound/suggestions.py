"""Suggests what a person may do about an answer, the likeliest first; nothing is decided by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from activities.ports.incoming import Reply
from domain.calls.results import CallResult
from domain.suggestion import Act, Suggestion

HINTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "paid": (
            *("paid", "transferred", "wired", "remitted"),
            *("bezahlt", "überwiesen", "beglichen", "gezahlt"),
            *("payé", "réglé", "viré", "pagato", "saldato", "bonifico"),
            *("pagado", "transferido", "pagada", "betaald", "overgemaakt", "voldaan"),
            *("betalat", "betald", "överfört", "zapłac", "przelew", "opłac"),
            *("plătit", "achitat", "virat", "оплат", "перевел", "перечис"),
        ),
        "dispute": (
            *("dispute", "wrong", "incorrect", "damaged", "defective", "complain", "cancelled"),
            *("falsch", "fehler", "mangel", "beschädigt", "reklam", "widersprech", "storn"),
            *("erreur", "contest", "défectueux", "litige", "errore", "difettos", "reclamo"),
            *("defectuos", "reclamación", "fout", "onjuist", "klacht", "betwist"),
            *("felaktig", "bestrid", "trasig", "błęd", "reklamac", "uszkodz"),
            *("greșit", "contestă", "defect", "ошиб", "неверн", "претенз", "брак"),
        ),
        "promise": (
            *("will pay", "pay on", "pay by", "pay next", "next week"),
            *("werde zahlen", "zahle am", "zahlen am", "nächste woche", "ende des monats"),
            *("paierai", "réglerai", "semaine prochaine", "pagherò", "settimana prossima"),
            *("pagaré", "próxima semana", "semana que viene", "zal betalen", "volgende week"),
            *("ska betala", "betalar den", "nästa vecka", "zapłacę", "przyszłym tygodniu"),
            *("voi plăti", "săptămâna viitoare", "оплачу", "заплачу", "следующей неделе"),
        ),
    }
)
"""Beginnings of words in the languages that letters are shipped in."""

_A_DAY = MappingProxyType({"date": "the day"})
_MEANINGS: Mapping[str, Suggestion] = MappingProxyType(
    {
        "paid": Suggestion(
            act=Act.CALL_RESULT,
            means="says it is paid",
            fields={"reason": CallResult.PAID_CLAIM.value},
        ),
        "promise": Suggestion(act=Act.PROMISE, means="promises a day", needed=_A_DAY),
        "dispute": Suggestion(
            act=Act.DISPUTE_OPENED, means="contests it", needed={"reason": "what is wrong"}
        ),
        "question": Suggestion(
            act=Act.PAUSE, means="asks something", fields={"reason": "question"}, needed=_A_DAY
        ),
    }
)
_WITH_A_CHANNEL = (Act.PROMISE, Act.DISPUTE_OPENED)


def suggested_acts(case_id: str, reply: Reply) -> tuple[Suggestion, ...]:
    """List one act for each thing that a reply may mean, the likeliest first."""
    found = (replace(_MEANINGS[what], case=case_id) for what in _likeliest(reply.said))
    return tuple(
        replace(one, fields={"channel": reply.channel}) if one.act in _WITH_A_CHANNEL else one
        for one in found
    )


def _likeliest(said: str) -> tuple[str, ...]:
    """Those with the most hints first; a question mark hints at a question."""
    words = said.casefold()
    score = {what: sum(hint in words for hint in hints) for what, hints in HINTS.items()}
    score["question"] = int("?" in words)
    return tuple(sorted(_MEANINGS, key=lambda what: -score[what]))
