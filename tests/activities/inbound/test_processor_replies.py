"""An answer is a claim: each case hears of it, a person reads it, no money moves (P13, P40)."""

import shlex
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text
from typer.main import get_command

from activities.ports.incoming import ReplyKind, ReportKind
from activities.ports.stores.tasks import TaskFilter, TaskRow
from adapters.ledger.inbound.heard_back import heard_back
from adapters.ledger.tasks.desk import find_task, find_tasks
from domain.parties.people import Debtor
from starter.cli.main import app
from starter.cli.suggested import task_shown
from tests.activities.sending.bundles import Several
from tests.activities.sending.post import Post
from tests.activities.sending_harness import DEBTOR, MINUTE, Office


@pytest.fixture
def post(office: Office) -> Post:
    """An office whose first reminder went out."""
    office.remind()
    return Post(office)


def _tasks(post: Post) -> list[TaskRow]:
    wanted = TaskFilter(creditor=post.office.creditor, kind="reply")
    return list(find_tasks(post.office.engine, wanted))


def _row(post: Post, key: str) -> tuple[str, str, str]:
    query = text("SELECT state, creditor, case_id FROM reply WHERE key = :k")
    with post.office.engine.connect() as link:
        row = link.execute(query, {"k": key}).one()
    return row.state, row.creditor, row.case_id


def test_every_case_of_the_message_hears_of_the_answer_and_one_task_says_what_to_do(
    office: Office,
) -> None:
    several = Several(office, 0)
    office.remind()
    post = Post(office)
    post.came(said="Das haben wir schon überwiesen.")
    for _ in range(3):
        post.round()

    assert [post.news(case) for case in several.cases] == [[("replied", "email/polite")]] * 2
    assert sorted(post.woken) == sorted(several.cases)
    (task,) = _tasks(post)
    assert task.task.title == "R-1, 119.00 EUR open (and 1 more invoices): an answer by e-mail"
    assert "überwiesen" in task.task.detail
    assert task.task.due_at == office.now


def test_no_answer_ever_moves_money_or_records_a_promise(post: Post, office: Office) -> None:
    post.came(said="Paid! We promise to pay 119.00 on 2026-03-09. This invoice is wrong.")
    post.round()
    with office.engine.connect() as link:
        query = text("SELECT kind FROM message WHERE case_id = :c")
        assert list(link.execute(query, {"c": office.case}).scalars()) == ["contact_news"]


HINTS = [
    ("We paid this on Monday", "says it is paid"),
    ("Das ist bereits bezahlt", "says it is paid"),
    ("Nous avons déjà réglé", "says it is paid"),
    ("Abbiamo già pagato", "says it is paid"),
    ("Ya hemos pagado", "says it is paid"),
    ("Wij hebben al betaald", "says it is paid"),
    ("Vi har redan betalat", "says it is paid"),
    ("Już zapłaciliśmy przelewem", "says it is paid"),
    ("Am achitat deja", "says it is paid"),
    ("Мы уже оплатили", "says it is paid"),
    ("Wir zahlen am Freitag", "promises a day"),
    ("Die Ware war beschädigt, wir widersprechen", "contests it"),
    ("Which order was this?", "asks something"),
]


@pytest.mark.parametrize(("said", "likeliest"), HINTS)
def test_the_likeliest_is_suggested_first_and_nothing_is_left_out(
    post: Post, said: str, likeliest: str
) -> None:
    post.came(said=said)
    post.round()
    (task,) = _tasks(post)
    suggested = task.task.suggestions

    assert suggested[0].means == likeliest
    assert f"\u00ab{said}\u00bb" in task.task.detail, "the words that it rests on"
    assert {one.means for one in suggested} == {
        *("says it is paid", "promises a day", "contests it", "asks something")
    }


def test_the_suggested_commands_are_commands(post: Post) -> None:
    post.came(said="?")
    post.round()
    detail = task_shown(_tasks(post)[0])["detail"]
    lines = [line for line in detail.splitlines() if ": amicable " in line]
    assert len(lines) == 4
    root = get_command(app)
    for line in lines:
        noun, verb, *rest = shlex.split(line.partition(": amicable ")[2])
        command = root.commands[noun].commands[verb]  # type: ignore[attr-defined]  # groups of typer
        known = {option for one in command.params for option in one.opts}
        assert {word for word in rest if word.startswith("--")} <= known


def test_a_machine_that_answers_is_kept_and_bothers_nobody(post: Post) -> None:
    away = post.came(ReplyKind.AUTO_REPLY, "I am away")
    back = post.came(ReplyKind.BOUNCE, "returned")
    post.round()

    assert (post.news(), post.woken, _tasks(post)) == ([], [], [])
    assert _row(post, away.key)[0] == _row(post, back.key)[0] == "applied"


def test_what_names_no_message_of_ours_is_for_a_person_who_finds_no_words_in_the_task(
    post: Post,
) -> None:
    stray = post.came(ReplyKind.UNROUTED, "my secret words", message_id="")
    lost = post.came(said="my secret words", message_id=str(uuid4()))
    post.round()

    assert _row(post, stray.key)[0] == _row(post, lost.key)[0] == "unmatched"
    task = find_task(post.office.engine, f"unrouted/email/{post.office.now.date()}")
    assert task is not None
    assert "secret" not in f"{task.task.title} {task.task.detail}"


def test_an_answer_of_a_sort_that_nobody_knows_holds_up_no_other(post: Post) -> None:
    strange = str(uuid4())
    query = text("INSERT INTO reply (key, sort, at) VALUES (:k, 'new sort', clock_timestamp())")
    with post.office.engine.begin() as link:
        link.execute(query, {"k": strange})
    kept = post.came(said="paid")
    post.round()

    assert (_row(post, strange)[0], _row(post, kept.key)[0]) == ("unmatched", "applied")


def _texted(office: Office) -> Post:
    """The reminder went out as a text message."""
    office.known(replace(_number(office), opted_out=("email",)))
    office.remind()
    return Post(office)


def _number(office: Office) -> Debtor:
    number = f"+49151{uuid4().int % 10**8:08}"
    found = replace(DEBTOR, phone=number)
    office.known(found)
    return found


def test_stop_closes_text_messages_for_every_account_with_that_number(office: Office) -> None:
    """One word, from one number, for all invoices and all who write to it."""
    post = _texted(office)
    other = Office(office.engine, f"{office.creditor}-too")
    other.known(post.debtor)
    answer = post.came(
        ReplyKind.STOP, "STOP", message_id="", channel="sms", sender=post.debtor.phone
    )
    post.round()

    assert "sms" in post.debtor.opted_out
    assert "sms" in Post(other).debtor.opted_out
    assert post.news() == [("opted_out", "sms/polite")]
    assert _row(post, answer.key)[0] == "applied"


@pytest.mark.parametrize("written", [True, False])
def test_stop_counts_for_an_account_that_never_wrote_and_is_told_to_the_one_that_did(
    office: Office, *, written: bool
) -> None:
    """The newest text message to the number came from another account, or none ever did."""
    if not written:
        office.remind()  # by mail, before anybody knew a number
    phone = _number(office).phone
    post = _texted(office) if written else Post(office)
    phone = post.debtor.phone or phone
    other = Office(office.engine, f"{office.creditor}-b")
    other.known(replace(DEBTOR, phone=phone))
    answer = post.came(ReplyKind.STOP, "STOP", message_id="", channel="sms", sender=phone)
    post.round()

    assert "sms" in post.debtor.opted_out
    assert "sms" in Post(other).debtor.opted_out
    assert post.news() == ([("opted_out", "sms/polite")] if written else [])
    assert Post(other).news() == []
    assert _row(post, answer.key)[0] == "applied"


def test_start_opens_them_again_and_an_older_one_does_not(office: Office) -> None:
    post = _texted(office)
    phone = post.debtor.phone
    post.came(ReplyKind.START, "START", message_id="", channel="sms", sender=phone)
    office.now += MINUTE
    post.came(ReplyKind.STOP, "STOP", message_id="", channel="sms", sender=phone)
    post.round()
    assert "sms" in post.debtor.opted_out
    office.now += MINUTE
    post.came(ReplyKind.START, "START", message_id="", channel="sms", sender=phone)
    post.round()

    assert "sms" not in post.debtor.opted_out
    assert ("opted_in", "sms/polite") in post.news()


def test_a_text_message_answers_the_newest_one_that_went_to_its_number(office: Office) -> None:
    post = _texted(office)
    post.came(said="paid", message_id="", channel="sms", sender=post.debtor.phone)
    post.round()

    assert post.news() == [("replied", "sms/polite")]
    assert _tasks(post)[0].task.title.endswith("an answer by text message")


def test_what_came_back_is_seen_beside_the_case_without_a_word_of_it(
    post: Post, office: Office
) -> None:
    """P02: sent, delivered, opened, answered, each with its instant."""
    for minutes, kind in enumerate((ReportKind.ACCEPTED, ReportKind.DELIVERED, ReportKind.OPENED)):
        post.told(kind, at=office.now + minutes * MINUTE)
    office.now += 3 * MINUTE
    post.came(said="my secret words")
    post.round()
    seen = heard_back(office.engine, office.case)

    assert [one.what for one in seen] == ["accepted", "delivered", "opened", "reply"]
    assert {(one.step, one.channel) for one in seen} == {("polite", "email")}
    assert "secret" not in repr(seen)


def test_a_busy_account_is_left_for_the_next_round(post: Post, office: Office) -> None:
    kept = post.came(said="paid")
    with office.ledger.account_of(office.case):
        assert post.round().busy == 1
        assert _row(post, kept.key)[0] == "new"
    post.round()

    assert _row(post, kept.key) == ("applied", office.creditor, office.case)
