"""A print service reports by files: what arrived is evidence, what came back asks (P14)."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from activities.ports.incoming_ports import MailboxError
from activities.ports.stores.tasks import TaskFilter
from adapters.incoming.boxes import Boxes
from adapters.incoming.print.reports import PRINT_REPORTS, PrintReports
from adapters.ledger.inbound.heard_back import heard_back
from adapters.ledger.tasks.desk import find_tasks
from tests.activities.sending.post import Post
from tests.activities.sending_harness import MINUTE, Office

HOME = "Highgate 1\n1010 Vienna"


@pytest.fixture
def posted(office: Office) -> Post:
    """An office whose first reminder went by post."""
    office.remind()
    post = Post(office)
    query = text(
        "INSERT INTO outbound_attempt (message_id, attempt, channel, recipient, result, at) "
        "SELECT message_id, attempt + 1, 'post', :home, result, at FROM outbound_attempt "
        "WHERE message_id = :id"
    )
    with office.engine.begin() as link:
        link.execute(query, {"id": post.message_id, "home": HOME})
    office.now += timedelta(days=2)
    return post


def _reports(post: Post, folder: Path, status: str, **more: str) -> PrintReports:
    place = folder / PRINT_REPORTS
    place.mkdir(exist_ok=True)
    told = {"id": post.message_id, "status": status, "at": post.office.now.isoformat()} | more
    (place / f"{status}.json").write_text(json.dumps(told))
    return PrintReports(post.office.engine, folder, post.office.clock)


def test_a_letter_that_arrived_is_evidence_once(posted: Post, tmp_path: Path) -> None:
    reports = _reports(posted, tmp_path, "delivered")
    first = reports.round()
    _reports(posted, tmp_path, "delivered")
    again = reports.round()
    posted.round()

    assert (first, again) == (1, 0)
    assert [one.what for one in heard_back(posted.office.engine, posted.office.case)] == [
        "delivered"
    ]
    assert posted.outcomes() == ["applied"]
    assert not list((tmp_path / PRINT_REPORTS).glob("*.json"))


def test_a_letter_that_came_back_asks_a_person_for_the_right_address(
    posted: Post, tmp_path: Path
) -> None:
    _reports(posted, tmp_path, "returned", reason="unknown").round()
    for _ in range(2):
        posted.round()
        posted.office.now += MINUTE

    assert [reason for reason, _ in posted.news()] == ["bounced"]
    wanted = TaskFilter(creditor=posted.office.creditor, kind="question")
    asked = [row.task.title for row in find_tasks(posted.office.engine, wanted)]
    assert [title for title in asked if "came back: find the right postal address" in title]


@pytest.mark.parametrize(
    "words",
    [
        "{",
        "[]",
        '{"id": "x"}',
        '{"id": "x", "status": "lost", "at": "2026-03-02T09:00:00Z"}',
        '{"id": "x", "status": "delivered", "at": "2026-03-02T09:00:00"}',
        '{"id": "x", "status": "delivered", "at": "0001-01-01T00:00:00+23:59"}',
        '{"id": "cut \\ud83d", "status": "delivered", "at": "2026-03-02T09:00:00Z"}',
        '{"id": "a\\u0000b", "status": "delivered", "at": "2026-03-02T09:00:00Z"}',
        "[" * 50_000,
    ],
)
def test_what_cannot_be_understood_is_laid_aside(
    words: str, office: Office, tmp_path: Path
) -> None:
    place = tmp_path / PRINT_REPORTS
    place.mkdir()
    (place / "odd.json").write_text(words)
    assert PrintReports(office.engine, tmp_path, office.clock).round() == 0
    assert [path.name for path in place.iterdir()] == ["odd.unread"]


def test_one_box_that_cannot_be_read_keeps_no_other_from_it(posted: Post, tmp_path: Path) -> None:
    class Broken:
        def round(self) -> int:
            raise MailboxError("no mailbox")

    with pytest.raises(MailboxError, match="no mailbox"):
        Boxes((Broken(), _reports(posted, tmp_path, "delivered"))).round()

    assert len(heard_back(posted.office.engine, posted.office.case)) == 1


def test_a_report_that_is_no_file_holds_up_no_other(posted: Post, tmp_path: Path) -> None:
    (tmp_path / PRINT_REPORTS / "a.json").mkdir(parents=True)

    assert _reports(posted, tmp_path, "delivered").round() == 1
    assert (tmp_path / PRINT_REPORTS / "a.unread").is_dir()
