"""Applies delivery news to a case: which news count, and what they have to name."""

from __future__ import annotations

from dataclasses import replace

from domain.case.model import Case, Message
from domain.case.money import Ground
from domain.case.news import (
    CONTACT_NEWS,
    CONTACT_WISHES,
    DELIVERY_FAILURES,
    OPTED_IN,
    PROVIDER,
    REPLIED,
    DeliveryNews,
)
from domain.errors import InvalidError, RefusedError
from domain.ids import DeliveryRef
from domain.parties.people import CHANNELS

_NAMES = f"ref names the channel: {', '.join(CHANNELS)}; or channel/step, such as email/polite"


def contact_news(case: Case, message: Message, ground: Ground) -> Case:
    """Apply news about a message to a case; a wish about a channel changes nothing in it."""
    told = told_by(message)
    _check_reason(message)
    _check_names(told)
    if message.reason in CONTACT_WISHES:
        return case
    if message.reason == REPLIED:
        days = ground.policy.contact.reply_days
        told = replace(told, waits_until=ground.calendar.days_later(told.at, days))
    return replace(case, news=(*case.news, told))


def _check_reason(message: Message) -> None:
    if message.reason not in CONTACT_NEWS:
        raise InvalidError(f"the reason must be one of {', '.join(CONTACT_NEWS)}", field="reason")
    if message.reason == OPTED_IN and message.channel != PROVIDER:
        said = "only the customer's own START takes an opt-out back; it comes from the provider"
        raise RefusedError(said, field="reason")


def _check_names(told: DeliveryNews) -> None:
    """What did not arrive has to name its channel; a step alone says too little."""
    needs_channel = bool(told.step) or told.what in DELIVERY_FAILURES
    if told.channel not in CHANNELS and (told.channel or needs_channel):
        raise InvalidError(_NAMES, field="ref")


def told_by(message: Message) -> DeliveryNews:
    """What a message tells about another one, by the channel and step that it names."""
    named = DeliveryRef.parse(message.ref)
    return DeliveryNews(at=message.at, what=message.reason, channel=named.channel, step=named.step)
