"""Telling other systems, from the command line."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adapters.webhooks.signing import secret_of
from tests.receiver import Receiver, listening
from tests.starter.cli.conftest import Shell

MASTER = "only-for-tests-0123456789"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as receiver:
        yield receiver


@pytest.fixture
def telling(shell: Shell, receiver: Receiver) -> Shell:
    """A command line that may call the receiver."""
    shell("creditor", "set", shell.write("acme.toml", 'id = "acme"\nemail = "a@acme.example"\n'))
    told = {"AMICABLE_WEBHOOK__SECRET": MASTER}
    told["AMICABLE_WEBHOOK__ALLOW"] = f"127.0.0.1:{receiver.port}"
    return replace(shell, env={**shell.env, **told})


def test_an_endpoint_is_added_tried_out_and_removed(telling: Shell, receiver: Receiver) -> None:
    kind = ("--kind", "credit.changed")
    added = telling("webhook", "add", "billing", receiver.url, *kind, "-o", "json").json
    assert (added["active"], added["kinds"]) == (True, ["credit.changed"])

    secret = telling("webhook", "secret", "acme", "-o", "json").json["secret"]
    assert telling("webhook", "test", "billing", "-o", "json").json["status"] == 204
    assert secret == secret_of(MASTER, "acme")
    assert receiver.got[0].is_signed_with(secret)
    assert receiver.kinds == ["webhook.test"]

    receiver.will(500)
    assert "answered 500" in telling("webhook", "test", "billing", expect=1).err
    (line,) = telling("webhook", "list", "-o", "json").json
    assert (line["name"], line["pending"], line["given_up"]) == ("billing", 0, 0)
    telling("webhook", "remove", "billing")
    for words in (("remove", "billing"), ("test", "billing"), ("retry", "billing")):
        telling("webhook", *words, expect=3)


def test_what_an_endpoint_missed_is_queued_when_asked_for(
    telling: Shell, receiver: Receiver
) -> None:
    when = ("--issued", "2026-01-01", "--due", "2026-01-31")
    what = ("--customer", "C-8", "--amount", "119.00", "--currency", "EUR")
    telling("invoice", "open", "W-1", *what, *when, "--email", "pay@birch.example")
    telling("webhook", "add", "late", receiver.url)
    assert telling("webhook", "retry", "late", "-o", "json").json["queued"] == 0
    ago = ("--since", "2026-01-01", "-o", "json")
    assert telling("webhook", "retry", "late", *ago).json["queued"] >= 1
    telling("webhook", "retry", "late", "--since", "yesterday", expect=2)
    telling("webhook", "remove", "late")


def test_what_cannot_be_told_is_refused_in_words(telling: Shell, receiver: Receiver) -> None:
    inside = telling("webhook", "add", "x", "https://169.254.169.254/latest", expect=1)
    assert "metadata" in inside.err
    assert "https://" in telling("webhook", "add", "x", "http://billing.example/", expect=1).err
    assert "credit.changed" in telling(
        "webhook", "add", "x", receiver.url, "--kind", "credit", expect=2
    ).err  # fmt: skip
    telling("webhook", "add", "a b", receiver.url, expect=2)
    telling("webhook", "add", "x", receiver.url, "--creditor", "nobody", expect=3)
    bare = replace(telling, env={**telling.env, "AMICABLE_WEBHOOK__SECRET": ""})
    assert "AMICABLE_WEBHOOK__SECRET" in bare("webhook", "secret", "acme", expect=1).err
    short = replace(telling, env={**telling.env, "AMICABLE_WEBHOOK__SECRET": "hunter2"})
    refused = short("webhook", "secret", "acme", expect=1)
    assert "at least 24" in refused.err
    assert "hunter2" not in refused.err + refused.out
