"""Makes the callback URLs of an installation."""

from __future__ import annotations

from activities.ports.callback_urls import AnswerAddress, CallbackUrl, CallbackUrls, closed
from adapters.config.creditors import own_settings
from adapters.config.settings import Settings, SettingsError
from adapters.config.tokens import RECEIPT, Tokens
from adapters.http.address_checks import misspelt_email, safe_url

_BELOW = "/r/"


def callback_urls(settings: Settings) -> CallbackUrls:
    """Make the address for answers and the customer's page of each message.

    Raises:
        SettingsError: if one is named that cannot work.
    """
    tokens = Tokens(settings.replies.secrets)
    return CallbackUrls(answers=_answers(settings, tokens), page=page_url(settings))


def _answers(settings: Settings, tokens: Tokens) -> AnswerAddress:
    shared = settings.replies.domain
    domains = {name: own.settings.replies.domain for name, own in own_settings(settings).items()}
    if not (shared or any(domains.values())):
        return closed
    if not tokens:
        raise SettingsError("AMICABLE_REPLIES__DOMAIN also needs AMICABLE_REPLIES__SECRET")
    for domain in filter(None, (shared, *domains.values())):
        if misspelt_email(f"reply@{domain}"):
            way_out = "no domain; write it like reply.acme.example"
            raise SettingsError(f"AMICABLE_REPLIES__DOMAIN: {way_out}")

    def answers(message_id: str, creditor: str) -> str:
        domain = domains.get(creditor, shared)
        return tokens.reply_address(message_id, domain) if domain else ""

    return answers


def page_url(settings: Settings) -> CallbackUrl:
    """Make the links to the customer's page; without a secret none could be told from a guess.

    Raises:
        SettingsError: if the gateway's public address is none.
    """
    tokens = Tokens(settings.replies.secrets)
    if not (settings.api.public_url and tokens):
        return closed
    try:
        base = safe_url(settings.api.public_url, "AMICABLE_API__PUBLIC_URL")
    except ValueError as error:
        raise SettingsError(str(error)) from None
    return lambda message_id: f"{base}{_BELOW}{tokens.sign(RECEIPT, message_id)}"
