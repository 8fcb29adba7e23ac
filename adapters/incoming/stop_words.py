"""Words that stop text messages and let them come again, in every shipped language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from activities.ports.incoming import ReplyKind

STOP: Mapping[str, str] = {
    "en": "stop stopall quit end revoke optout cancel unsubscribe remove",
    "de": "stopp stoppen abmelden abbestellen austragen ende beenden aufhören widerruf widerrufen",
    "fr": "arrêt arrêter arrêtez désabonner désabonnez désinscrire désinscrivez fin résilier"
    " désabonnement désinscription",
    "it": "basta ferma fermate fermare cancella cancellami cancellatemi disiscrivi"
    " disiscrivimi annulla revoca revoco",
    "ro": "oprește opriți oprire dezabonare dezabonează dezabonați anulare anulează renunț",
    "sv": "stoppa sluta slut avsluta avbryt avregistrera avregistrering avanmäl",
    "es": "parar pare alto basta cancelar cancela detener baja fin terminar anular",
    "pl": "koniec zatrzymaj przestań przestańcie anuluj wypisz rezygnuję rezygnacja cofam odwołuję",
    "nl": "stoppen stopzetten einde afmelden uitschrijven annuleren opzeggen beëindigen ophouden",
    "ru": "стоп стой хватит отписаться отписка отпишите отмена отменить прекратите прекратить"
    " конец отказ отказываюсь",
}
"""Each stands for a STOP when nothing but courtesy is around it."""

STRONG = (
    "stop stopall optout unsubscribe stopp stoppen abmelden abbestellen désabonner désinscrire"
    " dezabonare dezabonați avregistrera wypisz afmelden uitschrijven стоп отписаться отпишите"
    " disiscrivi disiscrivimi stoppa"
)
"""These mean a STOP in any short message, whatever else it says."""

START: Mapping[str, str] = {
    "en": "start unstop restart resume",
    "de": "starten fortsetzen",
    "fr": "reprendre recommencer",
    "it": "riprendi riprendere iniziare inizia",
    "ro": "reluare reia reluați începe",
    "sv": "starta återuppta",
    "es": "reanudar iniciar empezar comenzar",
    "pl": "wznów wznowić zacznij",
    "nl": "hervatten starten",
    "ru": "старт возобновить начать",
}
"""Only alone, but for courtesy: a wish to hear from us again must be plain. "Yes" is an answer."""

COURTESY = (
    "please pls plz thanks thank you now sms text texts message messages me the it all"
    " bitte danke jetzt sofort alle nachrichten merci maintenant svp s il vous plait les messages"
    " per favore grazie adesso messaggi prego ora mulțumesc vă rog acum mesaje tack snälla nu"
    " meddelanden por favor gracias ahora mensajes dar darse proszę dziękuję teraz wiadomości"
    " alsjeblieft alstublieft dank u wel berichten пожалуйста спасибо сейчас смс сообщения"
)

TWO_WORDS = {"opt out": "optout", "stop all": "stopall", "de baja": "baja"}

FREE: Mapping[str, str] = {
    "en": r"(stop|quit|no more|don t|do not|never) .{0,20}(text|sms|messag|contact)"
    r"|(text|sms|messag)\w* .{0,20}no more|take me off|leave me alone",
    "de": r"(keine|nicht|nie) .{0,25}(sms|nachricht|schreib|kontaktier|textnachricht)"
    r"|(sms|nachricht)\w* .{0,20}(nicht mehr|einstellen|unterlassen)|horen sie auf|lassen sie mich",
    "fr": r"(plus|pas|cessez|arretez|stoppez) .{0,25}(sms|message|texto|ecri|contact)"
    r"|laissez moi",
    "it": r"(non|niente|basta|nessun|smett\w+) .{0,25}(sms|messagg|scriv|contatt)"
    r"|lasciatemi in pace",
    "ro": r"(nu|fara|opriti|incetati) .{0,25}(sms|mesaj|scrie|contact)|lasati ma in pace",
    "sv": r"(inga|inte|sluta) .{0,25}(sms|meddelande|skriv|skicka|kontakt)|lamna mig i fred",
    "es": r"(no|dejen?|deje|basta|ningun) .{0,25}(sms|mensaje|escrib|contact|texto)"
    r"|dejenme en paz",
    "pl": r"(nie|zadnych|przestan\w*|prosze nie) .{0,25}(sms|wiadomosc|pis[az]|pisz|kontakt|wysyl)"
    r"|dajcie mi spokoj",
    "nl": r"(geen|niet|stop) .{0,25}(sms|bericht|stuur|sturen|contact)|laat me met rust",
    "ru": r"(не|больше не|хватит|прекратите) .{0,25}(смс|sms|сообщен|пишите|писать|присыла|беспоко)"
    r"|оставьте меня",
}
"""Sentences that ask for no more messages, without marks and accents; rather one too many."""

_SHORT = 5
"""Words of a message in which one strong word is enough."""

_LONGEST = 40
"""Words of a message in which a sentence is looked for; a letter is for a person to read."""


@dataclass(frozen=True, slots=True)
class StopWish:
    """The wish in a text message.

    Attributes:
        sort: a stop, a start, or a reply.
        plain: whether it says nothing else; if not, a person reads it as a reply, too.
    """

    sort: ReplyKind
    plain: bool = True


def wish_of(text: str, opt_out_type: str = "") -> StopWish:
    """Read the wish in a text message; in doubt it is a stop, and a person reads it.

    Args:
        text: what was written.
        opt_out_type: Twilio's own verdict, if it gave one: STOP, START or HELP.
    """
    told = opt_out_type.strip().upper()
    said = _words(text)
    left = [word for word in said if word not in _COURTESY]
    if left and set(left) <= _STOP:
        return StopWish(ReplyKind.STOP)
    if told == "STOP" or _in_doubt(said):
        return StopWish(ReplyKind.STOP, plain=False)
    if told == "START" or (left and set(left) <= _START):
        return StopWish(ReplyKind.START)
    return StopWish(ReplyKind.REPLY)


def _in_doubt(said: list[str]) -> bool:
    if len(said) <= _SHORT and _STRONG & set(said):
        return True
    return len(said) <= _LONGEST and bool(_FREE.search(" ".join(said)))


def _words(text: str) -> list[str]:
    """The words without case, accents and marks; two that mean one are one."""
    flat = unicodedata.normalize("NFKD", text[:2000].casefold().replace("ł", "l"))
    plain = "".join(char for char in flat if not unicodedata.combining(char))
    spaced = " ".join(re.findall(r"\w+", plain))
    for two, one in TWO_WORDS.items():
        spaced = re.sub(rf"\b{two}\b", one, spaced)
    return _joined(spaced.split())


def _joined(said: list[str]) -> list[str]:
    """S.T.O.P. and S T O P are STOP, too."""
    letters = "".join(said)
    return [letters] if len(said) > 1 and all(len(word) == 1 for word in said) else said


_STOP = frozenset(word for words in STOP.values() for word in _words(words))
_STRONG = frozenset(_words(STRONG))
_START = frozenset(word for words in START.values() for word in _words(words))
_COURTESY = frozenset(_words(COURTESY)) - _STOP - _START
_FREE = re.compile("|".join(rf"\b(?:{pattern})" for pattern in FREE.values()))
