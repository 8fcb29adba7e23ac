"""Steps of a ladder as people say them, in English: their codes are for policies and programs."""

from __future__ import annotations

import re
from types import MappingProxyType

from domain.deed import AGAIN

STEP_WORDS = MappingProxyType(
    {
        "confirm_receipt": "asks whether it arrived",
        "final": "final letter",
        "formal": "formal letter",
        "gentle": "gentle reminder",
        "lawyer_letter": "letter of a lawyer",
        "plan_b": "Plan B",
        "polite": "polite reminder",
        "sales": "word to sales",
        "second": "second reminder",
    }
)
"""Steps of the shipped policies, with underscores where their names have dashes."""

STEP_PATTERNS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"agreement-\d+-call", "call about what was agreed"),
        (r"agreement-\d+-confirmed", "agreement in writing"),
        (r"agreement-\d+-reminder", "reminder of the day agreed"),
        (r"agreement-\d+-moved", "word that the day agreed has moved"),
        (r"correction-\d+-unsaid", "a correction that no letter can say"),
        (r"dispute-\d+-overdue", "dispute not settled in time"),
        (r"dispute-\d+-supervisor", "a supervisor decides the dispute"),
        (r"hardship-\d+-answered", "answer about hardship"),
        (r"inform-\d+", "word to the agency"),
        (r"instalment-\d+-(?P<n>\d+)-call", "call about instalment %(n)s"),
        (r"part-due-.+", "a part that the agency does not have"),
        (r"part-payment-\d+", "thanks for a part"),
        (r"recalled-\d+", "word that we deal with it again"),
        (r"statement-\d{4}-\d\d", "statement of account"),
        (r"instalment-\d+-(?P<n>\d+)-reminder", "reminder of instalment %(n)s"),
        (r"instalment-\d+-(?P<n>\d+)-missed", "instalment %(n)s missed"),
        (r"instalment-\d+-\d+-over", "the plan is over"),
        (r"promise-broken-\d+", "broken promise"),
        (r"dispute-\d+-received", "dispute received"),
        (r"renewed-dispute-settled-\d+", "answer to the dispute"),
        (r"renewed-money-back-\d+", "money that went back"),
        (r"review-\d+", "a person looks at it"),
        (r"sms-(?P<n>.+)", "text %(n)s"),
    )
)
"""Steps that follow from what was agreed or paid, each of which may come several times."""


def step_in_words(step: str) -> str:
    """Write a step as people say it; one that a policy named itself, without its dashes."""
    base, again, _ = step.partition(AGAIN)
    known = STEP_WORDS.get(base.replace("-", "_"))
    words = known or _by_pattern(base) or base.replace("_", " ").replace("-", " ")
    return f"{words}, again" if again else words


def _by_pattern(step: str) -> str:
    for pattern, words in STEP_PATTERNS:
        if found := pattern.fullmatch(step):
            return words % {name: step_in_words(told) for name, told in found.groupdict().items()}
    return ""
