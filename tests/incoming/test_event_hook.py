"""SendGrid's events: signed or nothing, kept before they are understood, none lost (P14)."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, text

from adapters.config.settings import Settings, SettingsError
from adapters.config.settings_groups import SendGridSettings
from adapters.incoming.sendgrid.events import read_batch
from adapters.incoming.sendgrid.signed import SIGNATURE, TIMESTAMP, SignatureCheck
from adapters.ledger.core.engine import make_engine
from adapters.ledger.customers.contact_points import add_point
from domain.parties.people import Point
from starter.api.hooks.mail import MOST_EVENTS, mail_hooks
from starter.application import Application
from tests.activities.sending.post import Post
from tests.incoming.sendgrid import Hooks, Signer, element


def _kept(engine: Engine, message_id: str) -> list[tuple[str, str]]:
    query = text("SELECT kind, reason FROM provider_event WHERE message_id = :m ORDER BY kind")
    with engine.connect() as link:
        return [(row.kind, row.reason) for row in link.execute(query, {"m": message_id})]


def _body(mid: str) -> bytes:
    return json.dumps([element("delivered", mid)]).encode() + b"\r\n"


async def test_what_is_signed_is_kept_with_its_last_line_end_and_the_processor_is_told_once(
    hooks: Hooks, engine: Engine
) -> None:
    mid = str(uuid4())
    assert [await hooks.post("events", _body(mid)) for _ in range(3)] == [204, 204, 204]
    assert (_kept(engine, mid), hooks.rung) == ([("delivered", "")], ["ring"])


FORGED_ID = str(uuid4())
FORGED: dict[str, Callable[[dict[str, str]], dict[str, str]]] = {
    "no signature": lambda good: {TIMESTAMP: good[TIMESTAMP]},
    "no timestamp": lambda good: {SIGNATURE: good[SIGNATURE]},
    "bad base64": lambda good: good | {SIGNATURE: "%%%"},
    "half a character": lambda good: good | {SIGNATURE: "\xe9"},
    "empty": lambda good: good | {SIGNATURE: ""},
    "another time": lambda good: good | {TIMESTAMP: "1"},
    "very long": lambda good: good | {SIGNATURE: good[SIGNATURE] * 99},
    "another key": lambda good: good | Signer().headers(_body(FORGED_ID)),
    "another body": lambda good: good | Signer().headers(b"[]"),
}


@pytest.mark.parametrize("how", FORGED)
async def test_what_is_not_signed_for_us_changes_nothing(
    hooks: Hooks, engine: Engine, how: str
) -> None:
    """G4, row 46."""
    mid = FORGED_ID
    headers = FORGED[how](hooks.signer.headers(_body(mid)))
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    answer = await hooks.client.post("/hooks/sendgrid/events", content=_body(mid), headers=raw)

    assert (answer.status_code, _kept(engine, mid), hooks.rung) == (403, [], [])


@pytest.mark.parametrize("change", [b"", b"\n", b" \r\n", b"\r\n\r\n"])
async def test_the_very_bytes_count_and_not_what_they_mean(
    hooks: Hooks, engine: Engine, change: bytes
) -> None:
    """A body that somebody wrote anew says the same, and was not signed."""
    mid = str(uuid4())
    headers = hooks.signer.headers(_body(mid))
    assert await hooks.post("events", _body(mid).rstrip() + change, headers) == 403
    again = json.dumps(json.loads(_body(mid)), separators=(",", ":")).encode()
    assert await hooks.post("events", again, headers) == 403
    assert _kept(engine, mid) == []


async def test_two_signatures_are_none(hooks: Hooks, engine: Engine) -> None:
    mid = str(uuid4())
    good = list(hooks.signer.headers(_body(mid)).items())
    twice = [*good, (SIGNATURE, Signer().headers(_body(mid))[SIGNATURE])]
    answer = await hooks.client.post("/hooks/sendgrid/events", content=_body(mid), headers=twice)
    assert (answer.status_code, _kept(engine, mid)) == (403, [])


async def test_a_body_without_end_is_not_read_to_its_end(hooks: Hooks) -> None:
    assert await hooks.post("events", b"[" + b" " * MOST_EVENTS) == 413


def test_without_a_key_nothing_is_believed(signer: Signer) -> None:
    told = signer.headers(b"[]")
    assert not SignatureCheck("", "X").is_on(b"[]", [told[SIGNATURE]], [told[TIMESTAMP]])
    assert SignatureCheck(signer.public, "X").is_on(b"[]", [told[SIGNATURE]], [told[TIMESTAMP]])


@pytest.mark.parametrize("key", ["nonsense", "AAAA", "%"])
def test_a_key_that_is_none_is_refused_in_words(key: str) -> None:
    with pytest.raises(SettingsError, match="AMICABLE_SENDGRID__EVENT_KEY"):
        SignatureCheck(key, "AMICABLE_SENDGRID__EVENT_KEY")


BAD = ["text", 7, None, [], {}, {"event": 3}, {"event": "open", "am_mid": "not-ours"}]
BAD += [{"event": "bounce", "am_mid": ["x"]}]


@pytest.mark.parametrize("bad", BAD)
async def test_one_bad_element_in_a_thousand_is_kept_and_the_others_count(
    hooks: Hooks, engine: Engine, bad: object
) -> None:
    """Row 17, E3."""
    mid = str(uuid4())
    many = [element("open", mid, timestamp=1772436600 + n) for n in range(999)]
    many.insert(500, bad)  # type: ignore[arg-type]  # it is bad
    assert await hooks.tell(*many) == 204
    assert len(_kept(engine, mid)) == 999
    (strange,) = [event for event in read_batch(json.dumps(many).encode()) if not event.message_id]
    query = text("SELECT reason FROM provider_event WHERE dedupe_key = :k")
    with engine.connect() as link:
        assert link.execute(query, {"k": strange.dedupe_key}).scalar_one() == "unread"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'"x"', b"[1e999]"])
async def test_what_is_no_batch_is_kept_as_what_nobody_could_read(
    hooks: Hooks, body: bytes
) -> None:
    assert await hooks.post("events", body) == 204
    assert [event.reason for event in read_batch(body)] == ["unread"]


async def test_strange_characters_numbers_and_names_reach_the_ledger(
    hooks: Hooks, engine: Engine
) -> None:
    mid = str(uuid4())
    told = json.dumps(element("something new", mid, note="\x00\ud800")).encode()
    huge = told.replace(b"1772436600", b"9" * 5000)
    assert await hooks.post("events", b"[" + told + b"," + huge + b"]") == 204
    assert _kept(engine, mid) == [("other", ""), ("other", "")]


async def test_the_same_batch_fifty_times_at_once_is_kept_once(
    hooks: Hooks, post: Post, engine: Engine
) -> None:
    """Row 13; SendGrid gives a repeat another id of its own (sendgrid-nodejs, issue 1435)."""
    mid = post.message_id

    def batch(n: int) -> list[dict[str, object]]:
        told = [element("bounce", mid, type="bounce", status="5.1.1"), element("open", mid)]
        return [one | {"sg_event_id": f"id-{n}"} for one in (told if n % 2 else told[::-1])]

    assert set(await asyncio.gather(*(hooks.tell(*batch(n)) for n in range(50)))) == {204}
    assert _kept(engine, mid) == [("bounced", "5.1.1"), ("opened", "")]
    post.round()
    assert post.news() == [("bounced", "email/polite"), ("opened", "email/polite")]
    assert post.debtor.bad_points == ("bob@bob.example",)


SAID = [
    ({"event": "processed"}, ("accepted", "")),
    ({"event": "deferred", "attempt": "3"}, ("deferred", "")),
    ({"event": "bounce", "type": "bounce", "status": "5.0.0"}, ("bounced", "5.0.0")),
    ({"event": "bounce", "type": "blocked", "status": "5.7.1"}, ("failed", "5.7.1")),
    ({"event": "dropped", "reason": "Bounced Address"}, ("bounced", "bounced_address")),
    ({"event": "dropped", "reason": "Invalid"}, ("bounced", "invalid")),
    (
        {"event": "dropped", "reason": "Spam Reporting Address"},
        ("complained", "spam_reporting_address"),
    ),
    ({"event": "dropped", "reason": "Unsubscribed Address"}, ("opted_out", "unsubscribed_address")),
    ({"event": "dropped", "reason": "550 bob@bob.example is not here"}, ("failed", "")),
    ({"event": "click", "url": "https://pay.test"}, ("clicked", "")),
    ({"event": "spamreport"}, ("complained", "")),
    ({"event": "unsubscribe"}, ("opted_out", "")),
    ({"event": "group_unsubscribe"}, ("opted_out", "")),
    ({"event": "group_resubscribe"}, ("opted_in", "")),
    ({"event": "account_status_change", "type": "compliance_suspend"}, ("other", "")),
]


@pytest.mark.parametrize(("told", "means"), SAID)
def test_each_event_in_our_own_words(told: dict[str, str], means: tuple[str, str]) -> None:
    (event,) = read_batch(json.dumps([element("", str(uuid4())) | told]).encode())
    assert (event.kind, event.reason) == means


async def test_while_the_ledger_is_away_sendgrid_is_asked_to_come_again(signer: Signer) -> None:
    """2xx only after the commit."""
    nowhere = make_engine("postgresql://nobody@127.0.0.1:9/none")
    app = FastAPI()
    settings = Settings(sendgrid=SendGridSettings(event_key=signer.public))
    app.include_router(mail_hooks(Application(settings, nowhere), lambda: None))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        away = Hooks(client, signer)
        assert await away.tell(element("open", str(uuid4()))) == 503
        assert await away.bring(b"To: x", to=[]) == 403, "there is no key for mails"


async def test_two_late_bounces_at_one_second_are_two_addresses_and_both_are_marked(
    hooks: Hooks, post: Post
) -> None:
    """Late bounces carry neither our id nor SendGrid's; only the address tells them apart (P14)."""
    office = post.office
    first, second = (f"{who}@{office.creditor}.example" for who in ("first", "second"))
    office.known(replace(post.debtor, email=first))
    eve = Point(kind="email", point=second, person="Eve")
    add_point(office.engine, office.creditor, "C1", eve)
    late = [
        element("bounce", "", type="bounce", status="5.1.10", sg_message_id="", email=one)
        for one in (first, second)
    ]
    assert await hooks.tell(*late, *late) == 204
    await asyncio.to_thread(post.round)

    assert sorted(post.debtor.bad_points) == [first, second]
    assert post.debtor.reach("email") == ""


@pytest.mark.parametrize(
    ("said", "recipient"),
    [
        (" Bob@Bob.example ", "bob@bob.example"),
        ("<bob@bob.example>", "bob@bob.example"),
        ("no address", ""),
        ("a b@bob.example", ""),
        ("bob\x00@bob.example", ""),
        ("b" * 312 + "@bob.com", "b" * 312 + "@bob.com"),
        ("b" * 313 + "@bob.com", ""),
        (None, ""),
        (["bob@bob.example"], ""),
    ],
)
def test_the_address_of_a_report_is_an_address_or_nothing(said: object, recipient: str) -> None:
    told = read_batch(json.dumps([element("bounce", "", email=said)]).encode())
    assert [(one.reason, one.recipient) for one in told] == [("", recipient)]
