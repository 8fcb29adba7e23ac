"""What became of a message: which one is meant, and what counts when news contradict each other."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from domain.case.news import CONTACT_NEWS, CONTACT_WISHES, DeliveryNews, meant_deed, with_news
from domain.deed import Deed
from domain.message_types import ActionType, MessageType, Result
from tests.stories.contact.ways import BOTH
from tests.stories.story import Story

NINE = datetime(2026, 2, 5, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def said(step: str, hours: int, channel: str = "email", episode: int = 1) -> Deed:
    """A message so many hours after nine."""
    at, how = NINE + hours * HOUR, Result.ACCEPTED if channel else Result.REJECTED
    return Deed(
        step=step, do=ActionType.REMIND, at=at, episode=episode, result=how, channel=channel
    )


DEEDS = (said("one", 0), said("two", 5, "sms"), said("three", 10), said("four", 15, ""))


@pytest.mark.parametrize(
    ("hours", "channel", "step", "meant"),
    [
        (0, "email", "", None),
        (1, "email", "", "one"),
        (10, "email", "", "one"),
        (11, "email", "", "three"),
        (99, "email", "", "three"),
        (99, "sms", "", "two"),
        (99, "", "", "three"),
        (99, "voice", "", None),
        (99, "email", "one", "one"),
        (0, "email", "three", "three"),
        (99, "sms", "one", None),
        (99, "email", "four", None),
    ],
)
def test_the_message_that_news_are_about(
    hours: int, channel: str, step: str, meant: str | None
) -> None:
    """The newest of its channel before the news, or the very step; what came at once came first."""
    told = DeliveryNews(at=NINE + hours * HOUR, what="bounced", channel=channel, step=step)
    deed = meant_deed(DEEDS, told)

    assert (deed.step if deed else None) == meant


def test_of_two_episodes_the_one_before_the_news_is_meant() -> None:
    deeds = (said("one", 0), said("one", 10, episode=2))
    told = DeliveryNews(at=NINE + 5 * HOUR, what="bounced", channel="email", step="one")

    assert [deed.failed_at is not None for deed in with_news(deeds, [told])] == [True, False]


FATES = {
    ("bounced",): (True, False),
    ("unreached",): (True, False),
    ("delivered",): (False, False),
    ("opened",): (False, True),
    ("delivered", "bounced"): (True, False),
    ("delivered", "unreached"): (False, False),
    ("bounced", "opened"): (False, True),
    ("unreached", "confirmed"): (False, True),
    ("bounced", "unreached", "delivered"): (True, False),
    ("delivered", "opened", "bounced", "replied", "unreached"): (False, True),
}


@pytest.mark.parametrize(("news", "fate"), FATES.items())
def test_every_order_of_the_same_news_has_the_same_end(
    news: tuple[str, ...], fate: tuple[bool, bool]
) -> None:
    """Whoever read it has it; a dead address is certain; else what was delivered arrived."""
    for order in permutations(news):
        world = Story(policy=BOTH).until("2026-02-05")
        for number, word in enumerate(order):
            key = f"n{number}"
            world.says(
                "2026-02-06 00:00",
                MessageType.CONTACT_NEWS,
                reason=word,
                ref="email/polite",
                key=key,
            )
        deed = world.case.deeds[-1]
        assert (deed.failed_at is not None, deed.receipt_at is not None) == fate, order
        assert deed.reached_debtor is not fate[0]


REFUSED = {
    ("read", "email"): "the reason must be one of",
    ("bounced", ""): "ref names the channel",
    ("unreached", ""): "ref names the channel",
    ("bounced", "fax"): "ref names the channel",
    ("opened", "fax/polite"): "ref names the channel",
    ("opened", "/polite"): "ref names the channel",
    ("opted_in", "sms"): "only the customer's own START",
}


@pytest.mark.parametrize(("news", "why"), REFUSED.items())
def test_news_that_cannot_be_understood_are_refused(news: tuple[str, str], why: str) -> None:
    world = Story(policy=BOTH)
    reason, ref = news

    assert why in world.says("2026-01-09 10:00", MessageType.CONTACT_NEWS, reason=reason, ref=ref)
    assert world.case.news == ()


@pytest.mark.parametrize("reason", [word for word in CONTACT_NEWS if word not in CONTACT_WISHES])
def test_news_about_a_message_that_nobody_sent_change_no_deed(reason: str) -> None:
    world = Story(policy=BOTH)
    world.says("2026-01-06 10:00", MessageType.CONTACT_NEWS, reason=reason, ref="sms/polite")

    assert len(world.case.news) == 1
    assert world.case.deeds == ()


def test_a_step_that_is_said_again_in_a_later_episode_begins_anew() -> None:
    """What failed in the first episode is no reason to skip the word that opens the second."""
    world = Story(policy=BOTH).until("2026-02-05")
    world.says("2026-02-06 08:00", MessageType.CONTACT_NEWS, reason="unreached", ref="email")
    world.until("2026-02-06")
    world.says("2026-02-07 08:00", MessageType.PAYMENT, "1000.00", key="p")
    world.says("2026-02-10 08:00", MessageType.PAYMENT_REVERSED, ref="p")
    world.until("2026-02-24")

    assert [line for line in world.since("2026-02-07") if "remind" in line] == [
        "2026-02-13 remind renewed-money-back-1",
        "2026-02-23 remind second",
    ]
