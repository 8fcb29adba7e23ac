"""Letters by post: a PDF and a JSON each in the print queue, once, the address in the window."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from activities.ports.clock import LastLook
from activities.ports.types import Envelope, Found, Sent
from adapters.config.environment import SettingsError
from adapters.config.settings import Settings
from adapters.config.settings_groups import PostSettings
from adapters.outbox.print_queue import PrintQueue
from adapters.wiring.choose import channels
from domain.contact.routes import routes
from domain.parties.people import Debtor
from tests.adapters.letters.reading import LETTERS
from tests.adapters.letters.samples import NOW, letter

YOU = Debtor(
    id="c1", name="Globex GmbH", street="Weg 1", postcode="10115", town="Berlin", country="DE"
)
MM = 72 / 25.4


def envelope() -> Envelope:
    data = letter("formal", do="demand_letter", channel="post", debtor=YOU)
    written = LETTERS.write(data)
    return Envelope(
        id="0f9c-post", channel="post", to=YOU.point("post"), to_name=YOU.name, at=NOW,
        sender_name="Acme Supplies Ltd", subject=written.subject, text=written.text,
        attachments=written.attachments,
    )  # fmt: skip


def test_a_letter_lies_in_the_queue_once_as_a_pdf_and_what_is_known_of_it(tmp_path: Path) -> None:
    queue, told = PrintQueue(tmp_path, price="0.95 EUR"), envelope()

    receipts = [queue.send(told), PrintQueue(tmp_path).send(told)]

    assert [receipt.sent for receipt in receipts] == [Sent.ACCEPTED] * 2
    assert receipts[0].provider_id == "post-0f9c-post"
    assert queue.look_up(told, NOW) is Found.YES
    (listed,), (printed,) = tmp_path.glob("*/*.json"), tmp_path.glob("*/*.pdf")
    about = json.loads(listed.read_text(encoding="utf-8"))
    assert (about["to_name"], about["to"]) == ("Globex GmbH", "Weg 1, 10115 Berlin, DE")
    assert about["sha256"] == sha256(printed.read_bytes()).hexdigest()
    assert about["pages"] == len(PdfReader(printed).pages)
    assert about["price"] == "0.95 EUR"


def test_no_printer_sees_a_letter_whose_look_does_not_hold(tmp_path: Path) -> None:
    stale = PrintQueue(tmp_path).send(replace(envelope(), look=LastLook(is_held=lambda: False)))

    assert stale.sent is Sent.STALE
    assert list(tmp_path.glob("*/*.json")) == []
    assert PrintQueue(tmp_path).look_up(envelope(), NOW) is Found.NO


def test_a_letter_is_shown_to_the_printer_once_whichever_step_its_writer_dies_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is logged as accepted nobody sees it; after that, whoever finds out shows it."""
    dying, told = PrintQueue(tmp_path), envelope()
    monkeypatch.setattr(dying, "_release", _dies)
    with pytest.raises(RuntimeError):
        dying.send(told)
    assert list(tmp_path.glob("*/*.json")) == []

    assert PrintQueue(tmp_path).look_up(told, NOW) is Found.YES
    (listed,) = tmp_path.glob("*/*.json")
    listed.unlink()  # the printer has it
    PrintQueue(tmp_path).send(told)
    assert PrintQueue(tmp_path).look_up(told, NOW) is Found.YES
    assert list(tmp_path.glob("*/*.json*")) == []


def _dies(_: object) -> None:
    raise RuntimeError("killed")


def test_the_address_stands_in_the_window_of_the_envelope() -> None:
    """DIN 5008 form B: 20 to 105 mm from the left, 45 to 90 mm from the top."""
    found: dict[str, tuple[float, float]] = {}

    def visit(text: str, cm: Any, tm: Any, *_: Any) -> None:
        left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        low = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        for line in ("Globex GmbH", "Weg 1", "10115 Berlin"):
            if text.strip() == line and line not in found:
                found[line] = left / MM, 297 - low / MM

    body = envelope().attachments[-1].body
    PdfReader(BytesIO(body)).pages[0].extract_text(visitor_text=visit)

    assert set(found) == {"Globex GmbH", "Weg 1", "10115 Berlin"}
    assert all(20 <= left <= 60 and 45 <= top <= 90 for left, top in found.values()), found


def test_what_cannot_be_posted_is_refused(tmp_path: Path) -> None:
    queue = PrintQueue(tmp_path)

    homeless = queue.send(replace(envelope(), to=""))
    empty = queue.send(replace(envelope(), attachments=()))

    assert (homeless.sent, homeless.bad_point) == (Sent.REJECTED, True)
    assert (empty.sent, empty.bad_point) == (Sent.REJECTED, False)
    assert not list(tmp_path.glob("*/*"))


@pytest.mark.parametrize("missing", ["street", "town", "country"])
def test_post_is_a_way_to_whoever_has_a_whole_address(missing: str) -> None:
    homeless: Any = {missing: ""}
    ways = routes(replace(YOU, email="ap@globex.example"), ["email", "post"])

    assert [way.channel for way in ways] == ["email", "post"]
    assert routes(replace(YOU, **homeless), ["email", "post"]) == ()
    assert routes(replace(YOU, opted_out=("post",)), ["post"]) == ()


def test_an_installation_posts_only_where_it_says_so(tmp_path: Path) -> None:
    plain: dict[str, Any] = {"home": tmp_path, "_env_file": None}

    assert "post" not in channels(Settings(**plain))
    assert channels(Settings(**plain, post=PostSettings(provider="queue")))["post"].name == "post"
    with pytest.raises(SettingsError, match="AMICABLE_POST__FOLDER names no folder"):
        channels(Settings(**plain, live=True, post=PostSettings(provider="queue")))
