"""A customer answers on 2 March 2026 and attaches the delivery note: it is evidence (P03, P40)."""

import pytest

from activities.ports.stores.tasks import TaskFilter
from adapters.ledger.evidence.evidence import body_of, evidence_of
from adapters.ledger.inbound.heard_back import content_of, find_answer, heard_back
from adapters.ledger.inbound.incoming import note_reply
from adapters.ledger.queries import reads
from adapters.ledger.tasks import desk
from domain.evidence.received import FileFate, received_files
from domain.message_types import MessageType
from tests.activities.sending.bundles import Several
from tests.activities.sending.post import Post
from tests.activities.sending_harness import Office

NO_KIND = "it is no PDF, picture, text or document of an office program"
NOTE = b"%PDF-1.7 delivery note of 5 January 2026, signed by nobody"
FILES = received_files([("note.pdf", NOTE), ("setup.exe", b"MZ\x90")])


def _answered(post: Post, said: str = "We never got this.") -> str:
    reply = post.reply(said=said)
    note_reply(post.office.engine, reply, files=FILES)
    post.round()
    return reply.key


def _details(office: Office) -> list[str]:
    found = desk.find_tasks(office.engine, TaskFilter(case=office.case, kind="reply"))
    return [row.task.detail for row in found]


@pytest.fixture
def post(office: Office) -> Post:
    """An office whose first reminder went out."""
    office.remind()
    return Post(office)


def test_it_is_kept_with_every_case_that_the_answer_is_about_and_listed_with_it(
    office: Office,
) -> None:
    several = Several(office, 0)
    office.remind()
    post = Post(office)
    key = _answered(post)
    post.round()

    engine = office.engine
    for case in several.cases:
        kept = [(one.name, one.media_type, one.note) for one in evidence_of(engine, case)]
        assert kept == [("note.pdf", "application/pdf", "came with an answer")]
        assert body_of(engine, case, FILES[0].sha256) == NOTE
    found = find_answer(engine, key)
    assert found is not None
    assert [(one.name, one.fate) for one in found.files] == [
        ("note.pdf", FileFate.KEPT),
        ("setup.exe", FileFate.UNKNOWN_KIND),
    ]
    assert content_of(engine, key, FILES[0].sha256) == NOTE, "it lies with the case, and only there"
    (heard,) = [one for one in heard_back(engine, office.case) if one.what == "reply"]
    assert [one.name for one in heard.files] == ["note.pdf", "setup.exe"]


def test_the_task_says_what_came_and_why_something_was_not_kept(post: Post, office: Office) -> None:
    _answered(post)
    (task,) = _details(office)

    assert task.splitlines() == [
        "We never got this.",
        f"attached: note.pdf, {len(NOTE)} bytes, kept as evidence",
        f"attached: setup.exe, 3 bytes, not kept: {NO_KIND}",
        "",
        "Amicable reads nothing in it that is beyond doubt: a person reads it",
    ]


def test_what_a_person_filed_before_is_not_filed_twice(post: Post, office: Office) -> None:
    _answered(post)
    _answered(post, "Once more.")

    assert len(evidence_of(office.engine, office.case)) == 1
    noted = reads.messages_of(office.engine, office.case)
    assert sum(one.message.kind is MessageType.CONTACT_NEWS for one in noted) == 2


def test_an_answer_that_names_none_of_our_messages_keeps_its_files_for_a_person(
    post: Post, office: Office
) -> None:
    reply = post.reply(message_id="")
    note_reply(office.engine, reply, files=FILES)
    post.round()

    assert evidence_of(office.engine, office.case) == ()
    assert content_of(office.engine, reply.key, FILES[0].sha256) == NOTE
    assert content_of(office.engine, reply.key, FILES[1].sha256) is None
