"""What a person may want to do about an answer, the likeliest first; nothing is decided by it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from types import MappingProxyType

from activities.ports.incoming import Reply

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

TELL = MappingProxyType(
    {
        "paid": ("says it is paid", "call record {} --result paid_claim"),
        "promise": ("promises a day", "promise record {} --channel {channel} --date"),
        "dispute": ("contests it", "dispute open {} --channel {channel} --reason"),
        "question": ("asks something", "case pause {} --reason question --until"),
    }
)


def suggested_commands(creditor: str, number: str, reply: Reply) -> tuple[str, ...]:
    """One line for each thing that an answer may mean, with the command that records it."""
    which = f"{shlex.quote(number)} --creditor {shlex.quote(creditor)}"
    told = ((what, *TELL[what]) for what in _likeliest(reply.said))
    return tuple(
        f"{means}: amicable {command.format(which, channel=reply.channel)}"
        for _, means, command in told
    )


def _likeliest(said: str) -> tuple[str, ...]:
    """Those with the most hints first; a question mark hints at a question."""
    words = said.casefold()
    score = {what: sum(hint in words for hint in hints) for what, hints in HINTS.items()}
    score["question"] = int("?" in words)
    return tuple(sorted(TELL, key=lambda what: -score[what]))
