"""Makes the callback URLs of an installation."""

from __future__ import annotations

from activities.ports.callback_urls import CallbackUrl, CallbackUrls, closed
from adapters.config.settings import Settings, SettingsError
from adapters.config.tokens import RECEIPT, Tokens
from adapters.http.address_checks import misspelt_email, safe_url

_PAGE = "/r/"


def callback_urls(settings: Settings) -> CallbackUrls:
    """Make the address for answers and the page for receipts of each message.

    Raises:
        SettingsError: if one is named that cannot work.
    """
    tokens = Tokens(settings.replies.secrets)
    return CallbackUrls(answers=_answers(settings, tokens), receipt=_receipt(settings, tokens))


def _answers(settings: Settings, tokens: Tokens) -> CallbackUrl:
    domain = settings.replies.domain
    if not domain:
        return closed
    if not tokens:
        raise SettingsError("AMICABLE_REPLIES__DOMAIN also needs AMICABLE_REPLIES__SECRET")
    if misspelt_email(f"reply@{domain}"):
        raise SettingsError("AMICABLE_REPLIES__DOMAIN: no domain; write it like reply.acme.example")
    return lambda message_id: tokens.reply_address(message_id, domain)


def _receipt(settings: Settings, tokens: Tokens) -> CallbackUrl:
    """Without a secret no link could be told from a guess: then there is no page."""
    if not (settings.api.public_url and tokens):
        return closed
    try:
        base = safe_url(settings.api.public_url, "AMICABLE_API__PUBLIC_URL")
    except ValueError as error:
        raise SettingsError(str(error)) from None
    return lambda message_id: f"{base}{_PAGE}{tokens.sign(RECEIPT, message_id)}"
