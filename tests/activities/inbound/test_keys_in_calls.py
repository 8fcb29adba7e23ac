"""What somebody answers by a key in a call lies with a person (P13)."""

import pytest

from activities.ports.stores.tasks import TaskFilter
from adapters.ledger.tasks.desk import find_tasks
from adapters.messages.twiml import ANSWER_KEYS
from tests.activities.sending.post import Post
from tests.activities.sending_harness import Office


@pytest.fixture
def post(office: Office) -> Post:
    """An office whose first reminder went out."""
    office.remind()
    return Post(office)


@pytest.mark.parametrize(("key", "act"), [("2", "call_result"), ("4", "dispute_opened")])
def test_a_key_in_a_call_lies_with_a_person_as_every_other_answer(
    key: str, act: str, post: Post
) -> None:
    post.came(said=ANSWER_KEYS[key], channel="voice")
    post.round()

    (task,) = find_tasks(
        post.office.engine, TaskFilter(creditor=post.office.creditor, kind="reply")
    )
    assert task.task.title.endswith("an answer by a key in a call")
    assert task.task.suggestions[0].act == act
    assert post.news() == [("replied", "voice/polite")]
