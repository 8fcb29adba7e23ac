"""How often one customer may hear from us, over all invoices: the limits and their presets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRules:
    """How often one customer may hear from us, over all invoices and channels (P82).

    Attributes:
        messages_per_week: messages in any seven days; None is no limit.
        calls_per_week: calls in any seven days; None is no limit.
        quiet_days: calendar days of quiet after a real conversation.
        bundle_days: reminders due within so many days go out as one message.
        silence_days: messages unanswered for so many days go another way; 0 is never (P14).
        reply_days: working days for which an answer lets the next step wait.
        settle_minutes: minutes for which a message waits after a further invoice was opened; 0 is
            none.
        spread_minutes: minutes from the opening of a window over which what is due then is spread,
            customer by customer; 0 is none.
    """

    messages_per_week: int | None = 3
    calls_per_week: int | None = 3
    quiet_days: int = 2
    bundle_days: int = 0
    silence_days: int = 0
    reply_days: int = 2
    # Versions that were kept before there was such a wait go on meaning what they meant: none.
    settle_minutes: int = 0
    spread_minutes: int = 0

    @property
    def settling(self) -> timedelta:
        """For how long a message waits after a further invoice of the customer was opened."""
        return timedelta(minutes=self.settle_minutes)

    @property
    def spread(self) -> timedelta:
        """Over how much time the deeds of a window's opening are spread."""
        return timedelta(minutes=self.spread_minutes)


COURTEOUS = ContactRules(settle_minutes=15)
"""The preset of a creditor who wants to keep the customer."""

US_REG_F = ContactRules(messages_per_week=7, calls_per_week=7, quiet_days=7, settle_minutes=15)
"""12 CFR 1006.14(b): no more than seven calls in seven days, none for seven after a conversation;
messages are limited alike."""

UNLIMITED = ContactRules(messages_per_week=None, calls_per_week=None, quiet_days=0)
"""No limits but the minimum gap: for a policy that says so, or whose minimum gap is zero."""

PRESETS = {"courteous": COURTEOUS, "us-reg-f": US_REG_F, "unlimited": UNLIMITED}
"""The presets by the names that policies use."""
