"""What the customer wrote about a case goes to its agency, and nothing that others wrote (P71)."""

from datetime import timedelta

from sqlalchemy import insert

from adapters.agency.dossier import dossier_json
from adapters.agency.summary import summary_of
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.tables.channels import reply
from domain.message_types import MessageType
from tests.activities.sending_harness import NINE, Office


def wrote(office: Office, key: str, said: str, **more: str) -> None:
    """Keep an answer as it came in by mail."""
    row = {"channel": "email", "sender": "bob@bob.example", "subject": "Re: R-1", "sort": "reply"}
    whose = {"creditor": office.creditor, "customer": "C1"}
    values = {**row, **whose, "key": f"{office.case}/{key}", "said": said, "state": "applied"}
    with office.engine.begin() as connection:
        connection.execute(insert(reply).values(**(values | more), at=office.now))


def test_its_answers_are_in_the_agencys_file_in_their_order(office: Office) -> None:
    office.remind()
    with SqlLedger(office.engine).account_of(office.case) as account:
        letter = account.outbound.of_step(office.case, "polite", 1)
    assert letter
    office.now = NINE + timedelta(hours=1)
    wrote(office, "a", "The pump is broken.", message_id=letter.id)
    office.now += timedelta(hours=1)
    wrote(office, "b", "When will you repair it?", case_id=office.case)
    wrote(office, "c", "Another invoice.", case_id=f"invoice/{office.creditor}/R-9")
    wrote(office, "d", "Somebody else.", case_id=office.case, customer="C-2")
    wrote(office, "e", "I am away.", case_id=office.case, sort="auto_reply")
    office.now = NINE + timedelta(days=10)
    office.say(MessageType.HANDOFF_APPROVED)
    office.deliver(step="plan-b-approved")

    (told,) = office.agency.got.values()
    filed = dossier_json(told)
    said = [(one["from"], one["text"]) for one in filed["data"]["replies"]]
    assert said == [
        ("bob@bob.example", "The pump is broken."),
        ("bob@bob.example", "When will you repair it?"),
    ]
    page = summary_of(filed)
    assert page.index("The pump is broken.") < page.index("When will you repair it?")
    assert "Another invoice" not in page
