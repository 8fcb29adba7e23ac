"""Renders the page behind the link that asks whether an invoice has arrived (P02).

It names nobody and nothing: whoever finds the link learns no more than that there is a letter.
Opening it does nothing, for mail scanners open every link; only the button says something.
"""

from __future__ import annotations

from enum import StrEnum

from jinja2 import Environment

from adapters.letters.text.catalogue import LANGUAGES, SOURCE, choose_language, translations
from adapters.letters.text.locale import LetterLocale

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""What a browser may do with the page: show it, and send its one form back."""

_PAGE = """<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{ title }}</title>
<style>
:root { color-scheme: light dark; }
body { font: 18px/1.5 system-ui, "Segoe UI", Arial, sans-serif; margin: 0; padding: 12vh 24px; }
main { max-width: 34em; margin: 0 auto; }
h1 { font-size: 1.4em; line-height: 1.3; margin: 0 0 1em; }
button { font: inherit; font-weight: 600; padding: 14px 28px; border: 0; border-radius: 6px;
  background: #1f5f5b; color: #fff; cursor: pointer; }
button:focus-visible { outline: 3px solid #e0a100; outline-offset: 2px; }
</style>
</head>
<body><main>
<h1>{{ title }}</h1>
{% if button %}<form method="post"><button type="submit">{{ button }}</button></form>{% endif %}
{% if words %}<p>{{ words }}</p>{% endif %}
</main></body>
</html>
"""
_TEMPLATE = Environment(autoescape=True, trim_blocks=True).from_string(_PAGE)


class ReceiptPage(StrEnum):
    """The words of the page."""

    QUESTION = "question"
    THANKS = "thanks"
    UNKNOWN = "unknown"


def receipt_page(language: str, shown: ReceiptPage) -> str:
    """Render the page in a language, such as ``de``; in English if the letters lack it."""
    known = language if language in LANGUAGES else SOURCE
    locale = LetterLocale(choose_language(known), translations(known))
    return _TEMPLATE.render(language=locale.tag, **_said(locale, shown))


def _said(locale: LetterLocale, shown: ReceiptPage) -> dict[str, str]:
    _ = locale.gettext
    if shown is ReceiptPage.QUESTION:
        title = _("Please confirm that our invoice has arrived")
        return {"title": title, "button": _("The invoice has arrived")}
    if shown is ReceiptPage.THANKS:
        words = _("There is nothing else to do. You can close this page.")
        return {"title": _("Thank you for telling us"), "words": words}
    words = _("Please answer the letter instead, or call us.")
    return {"title": _("This link is not valid"), "words": words}
