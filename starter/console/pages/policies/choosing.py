"""Which policy a form means: one that is shipped, one that cases follow, or a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from activities.ports.stores.policies import Version
from domain.errors import DomainError
from domain.policy.model import Policy
from domain.policy.policy_file import SHIPPED, parse_policy
from starter.console.acts.reading import files_of_form, text_of
from starter.console.security.visit import Visit
from starter.console.shown.tongue import Tongue
from starter.console.shown.words import said

LONGEST_POLICY = 19_000
"""Characters of a file: it comes back with the form by which it is applied."""

WHOLE_SHA = 64
"""Digits of a SHA-256: a form names a version by all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPolicy:
    """A policy, and how a form names it again: by a word, or by its whole text."""

    policy: Policy
    word: str = ""
    text: str = ""


def policy_of(visit: Visit, form: FormData, field: str) -> ChosenPolicy:
    """Read the policy that a form chose: a file, else a text, else a known one.

    Raises:
        DomainError: naming every fault of a file by its line, or that none was chosen.
        NotKnownError: if this creditor has no such version.
    """
    text = _text_of_file(form, f"{field}-file") or text_of(form, f"{field}-text")
    if text:
        return ChosenPolicy(policy=parse_policy(text, file="your file"), text=text)
    word = text_of(form, field)
    if not word:
        raise DomainError("choose a policy, or a file of one", field=field)
    policy = visit.application.policies.known(visit.creditor, word, WHOLE_SHA)
    return ChosenPolicy(policy=policy, word=word)


def choices_of(visit: Visit, versions: Sequence[Version]) -> list[tuple[str, str]]:
    """List what may be chosen: value and words of each."""
    tongue, shipped = visit.tongue, visit.gettext("%(policy)s, as it is shipped")
    own = [
        (one.sha256, f"{one.name} ({one.sha256[:8]}){_followed(one.running, tongue)}")
        for one in versions
    ]
    return [*own, *((name, shipped % {"policy": said(name, tongue)}) for name in SHIPPED)]


def _followed(running: int, tongue: Tongue) -> str:
    if not running:
        return ""
    return ", " + tongue.ngettext("%(n)d invoice", "%(n)d invoices", running) % {"n": running}


def _text_of_file(form: FormData, field: str) -> str:
    """The text of a file, with line ends as forms give them back.

    Raises:
        DomainError: if it is too long, or no UTF-8.
    """
    body = next((body for _, body in files_of_form(form, field)), b"")
    if len(body) > LONGEST_POLICY:
        raise DomainError(f"a policy has at most {LONGEST_POLICY} characters", field=field)
    try:
        return body.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise DomainError("the file is not UTF-8; save it as UTF-8", field=field) from None
