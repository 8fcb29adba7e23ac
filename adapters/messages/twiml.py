"""Makes TwiML with Twilio's own SDK, which escapes every name and number."""

from __future__ import annotations

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

from activities.ports.letter_data import CallWords

LONGEST = 4000
"""Characters of TwiML that Twilio takes along with a call."""

KEY = "1"
"""What somebody presses who is responsible for invoices, or wants to hear it again."""

ANSWER_KEYS = {
    "2": "pressed 2 in a call: has paid",
    "3": "pressed 3 in a call: would like to be called back",
    "4": "pressed 4 in a call: something is wrong",
}
"""What somebody answers by a key who has heard the details, in the words in which it is kept."""

_PATIENCE = 6
"""Seconds in which the key may be pressed."""

REGIONS = {
    "de": "de-DE",
    "en": "en-GB",
    "es": "es-ES",
    "fr": "fr-FR",
    "it": "it-IT",
    "nl": "nl-NL",
    "pl": "pl-PL",
    "ro": "ro-RO",
    "ru": "ru-RU",
    "sv": "sv-SE",
}
"""Where a language is from, unless the letter says it."""

_MORE = frozenset({"en-US", "en-AU", "en-CA", "en-IN", "fr-CA", "es-MX"})
"""Other regions that Twilio has voices for."""

VOICES = {"ro": "Polly.Carmen"}
"""Languages that the standard voice does not speak."""


def call(words: CallWords, pressed_url: str) -> str:
    """Say to anybody, person or machine, who calls, and which key to press."""
    response = VoiceResponse()
    response.append(_asking(words, words.greeting, pressed_url))
    _say(response, words.machine, words.language)
    response.hangup()
    return str(response)


def call_details(words: CallWords, spoken: str, pressed_url: str) -> str:
    """Say what the call is about, and by which keys it is heard again or answered."""
    response = VoiceResponse()
    _say(response, spoken, words.language)
    response.append(_asking(words, words.again, pressed_url))
    response.hangup()
    return str(response)


def key_noted(words: CallWords) -> str:
    """Say that an answer was noted, and end the call."""
    response = VoiceResponse()
    _say(response, words.noted, words.language)
    response.hangup()
    return str(response)


def call_back(words: CallWords | None) -> str:
    """Ask for a call back, and no more; nothing at all if nobody knows for whom."""
    response = VoiceResponse()
    if words:
        _say(response, words.machine, words.language)
    response.hangup()
    return str(response)


def no_answer() -> str:
    """Send no text message back: Twilio itself confirms a STOP."""
    return str(MessagingResponse())


def _asking(words: CallWords, said: str, pressed_url: str) -> Gather:
    gather = Gather(
        input="dtmf",
        num_digits=1,
        timeout=_PATIENCE,
        action=pressed_url,
        method="POST",
    )
    _say(gather, said, words.language)
    return gather


def _say(into: VoiceResponse | Gather, text: str, tag: str) -> None:
    language = tag[:2]
    region = tag if tag in _MORE else REGIONS.get(language, REGIONS["en"])
    into.say(text, language=region, voice=VOICES.get(language))
