"""Mails by Inbound Parse: signed, kept as they came, routed by our token, and never logged."""

import asyncio
import io
import logging
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from adapters.config.tokens import Tokens
from adapters.runtime.logs import set_up_logs
from tests.activities.sending.post import Post
from tests.incoming import mails
from tests.incoming.sendgrid import FORM, Hooks, element


def _said(engine: Engine, message_id: str) -> list[tuple[str, str]]:
    query = text("SELECT sort, said FROM reply WHERE message_id = :m")
    with engine.connect() as link:
        return [(row.sort, row.said) for row in link.execute(query, {"m": message_id})]


async def test_an_answer_goes_from_the_form_to_the_desk(
    hooks: Hooks, post: Post, tokens: Tokens
) -> None:
    to = tokens.reply_address(post.message_id, "r.test")
    body = "Grüße, schon bezahlt".encode("latin-1")
    raw = mails.typed(b"text/plain; charset=iso-8859-1", body)
    envelope = {"to": [to], "from": "bob@bob.example"}
    assert set(await asyncio.gather(*(hooks.bring(raw, **envelope) for _ in range(10)))) == {204}
    assert _said(post.office.engine, post.message_id) == [("reply", "Grüße, schon bezahlt")]
    assert hooks.rung == ["ring"]
    post.office.now = post.office.now.replace(year=2030)
    post.round()
    assert post.news() == [("replied", "email/polite")]


async def test_an_unsigned_mail_is_not_even_looked_at(
    hooks: Hooks, post: Post, tokens: Tokens
) -> None:
    body = b"--xYzZY\r\n\r\n--xYzZY--"
    other = hooks.signer.headers(b"something else")
    assert await hooks.post("inbound", body, other, kind=FORM) == 403
    assert await hooks.post("inbound", body, {}, kind=FORM) == 403


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data", "text/plain", "application/json"])
async def test_a_form_that_nobody_can_read_is_kept_for_a_person(
    hooks: Hooks, engine: Engine, kind: str
) -> None:
    mark = str(uuid4())
    body = f"--xYzZY\r\nbroken {mark}".encode()
    assert await hooks.post("inbound", body, kind=kind) == 204
    query = text("SELECT sort FROM reply WHERE position(CAST(:m AS bytea) IN raw) > 0")
    with engine.connect() as link:
        assert link.execute(query, {"m": mark.encode()}).scalar_one() == "unrouted"


async def test_neither_addresses_nor_words_reach_the_logs(
    hooks: Hooks, post: Post, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """G1, by canaries, at the lowest level."""
    heard = io.StringIO()
    monkeypatch.setattr("sys.stderr", heard)
    before = logging.getLogger().handlers[:]
    set_up_logs(as_json=True, level="DEBUG")
    try:
        to = tokens.reply_address(post.message_id, "r.test")
        raw = mails.mail(b"canary-words 4111 1111 1111 1111")
        await hooks.bring(raw, to=[to], **{"from": "canary@bob.example"})
        await hooks.tell(element("bounce", post.message_id, reason="canary@bob.example is gone"))
        await hooks.tell("canary-element", {"event": "bounce", "am_mid": "canary"})
        await hooks.bring(b"canary-stray", to=["canary@x"])
        post.round()
        logging.getLogger("canary").warning("the logs are on")
    finally:
        logging.getLogger().handlers[:] = before
    told = heard.getvalue()
    assert "the logs are on" in told
    for canary in ("canary-", "canary@", "bob@", "Bob", "4111", to.partition("@")[0]):
        assert canary not in told
