"""A word that stands wherever something personal may stand: erasing must find all of them."""

# One thing: every place of the ledger in which something personal may stand.

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, LargeBinary, Text, cast, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from activities.cases.session import Session
from activities.payments.posting import post
from activities.ports.stores.customers import Erased
from activities.ports.types import OutboundState, Receipt, Sent, Task
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import people
from adapters.ledger.erasure import erasure
from adapters.ledger.inbound.events import ProviderEvent, note_event
from adapters.ledger.tables import METADATA
from domain.message_types import MessageType
from domain.parties.people import Debtor
from domain.parties.tasks import TaskKind
from tests.ledger import factories

CANARY = "Zaphod Beeblebrox"
TEXTS = (Text, ARRAY, JSONB, LargeBinary)
HOUR = timedelta(hours=1)
TAKEN = Receipt(sent=Sent.ACCEPTED, provider_id="SG", detail=CANARY)
PERSON = Debtor(
    id="C-1",
    name=f"{CANARY} Ltd",
    email=f"{CANARY}@example.com",
    phone=f"+49 {CANARY}",
    sales_rep=CANARY,
    bad_points=(CANARY,),
    zone="Europe/Berlin",
)

HEARD = (MessageType.DISPUTE_OPENED, MessageType.DISPUTE_SETTLED, MessageType.CALL_RESULT)


def evidence(engine: Engine, case: str, role: str) -> None:
    row = {"case": case, "canary": CANARY, "body": CANARY.encode(), "role": role}
    query = (
        "INSERT INTO evidence (case_id, name, note, by_whom, sha256, body, role) "
        "VALUES (:case, :canary, :canary, :canary, 'abc', :body, :role)"
    )
    with engine.begin() as link:
        link.execute(text(query), row)


def other_ways(engine: Engine, creditor: str) -> None:
    row = {"creditor": creditor, "key": f"r/{creditor}", "canary": CANARY, "raw": CANARY.encode()}
    point = (
        "INSERT INTO contact_point (creditor, customer, kind, point, person, role) "
        "VALUES (:creditor, 'C-1', 'email', :canary, :canary, :canary)"
    )
    reply = (
        "INSERT INTO reply (key, creditor, customer, sender, subject, said, raw, at) VALUES "
        "(:key, :creditor, 'C-1', :canary, :canary, :canary, :raw, clock_timestamp())"
    )
    answer = (
        "INSERT INTO idempotency (creditor, key, status, body) VALUES (:creditor, 'K-1', 201, "
        """'{"case":"invoice/' || :creditor || '/R-1","customer_name":"' || :canary || '"}')"""
    )
    unrouted = (
        "INSERT INTO reply (key, message_id, sender, subject, said, raw, at) "
        "SELECT :key || '/new', "
        "id, :canary, :canary, :canary, :raw, clock_timestamp() FROM outbound_message "
        "WHERE creditor = :creditor LIMIT 1"
    )
    attached = (
        "INSERT INTO reply_file (reply, sha256, name, fate, body) "
        "VALUES (:key, 'abc', :canary, 'kept', :raw), (:key || '/new', 'abc', :canary, '', :raw)"
    )
    with engine.begin() as link:
        link.execute(text(answer), row)
        link.execute(text(point), row)
        link.execute(text(reply), row)
        assert link.execute(text(unrouted), row).rowcount == 1
        link.execute(text(attached), row)
    a_note(engine, creditor)


def a_note(engine: Engine, creditor: str) -> None:
    query = (
        "INSERT INTO note (creditor, customer, said, by_whom) "
        "VALUES (:creditor, 'C-1', :canary, 'ann')"
    )
    with engine.begin() as link:
        link.execute(text(query), {"creditor": creditor, "canary": CANARY})


def changed_letter(engine: Engine, creditor: str) -> None:
    """Words of a colleague in a letter, and that a letter left with them."""
    change = (
        "INSERT INTO letter_change (id, creditor, customer, case_id, passage, instead, recipient, "
        "ground, cases, at) SELECT gen_random_uuid(), creditor, customer, case_id, :canary, true, "
        ":canary, "
        "'{}', ARRAY[case_id], now() FROM case_file WHERE creditor = :creditor"
    )
    left = (
        "INSERT INTO letter_change_end (change_id, how) SELECT id, 'used' FROM letter_change "
        "WHERE creditor = :creditor"
    )
    row = {"creditor": creditor, "canary": CANARY}
    with engine.begin() as link:
        link.execute(text(change), row)
        link.execute(text(left), row)


def sent_letters(engine: Engine, creditor: str) -> None:
    """The words of each message that left."""
    query = (
        "INSERT INTO sent_letter (message_id, attempt, subject, body) SELECT id, 1, :canary, "
        ":canary FROM outbound_message WHERE creditor = :creditor ON CONFLICT DO NOTHING"
    )
    with engine.begin() as link:
        link.execute(text(query), {"creditor": creditor, "canary": CANARY})


def before_credit(engine: Engine, creditor: str) -> None:
    """Why a limit was set, and what a bureau wrote."""
    limit = (
        "INSERT INTO credit_limit (creditor, customer, currency, amount, why, by_whom, at) "
        "VALUES (:creditor, 'C-1', 'EUR', 1, :canary, 'ann', now())"
    )
    report = (
        "INSERT INTO bureau_report (creditor, customer, source, day, said, by_whom, at) "
        "VALUES (:creditor, 'C-1', 'a bureau', '2026-01-01', :canary, 'ann', now())"
    )
    row = {"creditor": creditor, "canary": CANARY}
    with engine.begin() as link:
        link.execute(text(limit), row)
        link.execute(text(report), row)


def saved_search(engine: Engine, creditor: str) -> None:
    """A search for the customer that a colleague keeps."""
    person = "INSERT INTO console_person (creditor, name, role) VALUES (:creditor, 'ann', 'sales')"
    view = (
        "INSERT INTO console_view (creditor, name, label, sought) "
        "VALUES (:creditor, 'ann', :canary, :canary)"
    )
    row = {"creditor": creditor, "canary": CANARY}
    with engine.begin() as link:
        link.execute(text(person), row)
        link.execute(text(view), row)


def of_the_page(engine: Engine, creditor: str) -> None:
    """A link for somebody, and an address that was confirmed by one."""
    row = {"creditor": creditor, "canary": CANARY}
    page = (
        "INSERT INTO page_link (id, creditor, customer, recipient, cases) "
        "VALUES (gen_random_uuid(), :creditor, 'C-1', :canary, '[]')"
    )
    proof = (
        "INSERT INTO page_proof (id, link, creditor, customer, address, at, until) VALUES "
        "(gen_random_uuid(), gen_random_uuid(), :creditor, 'C-1', :canary, now(), now())"
    )
    with engine.begin() as link:
        link.execute(text(page), row)
        link.execute(text(proof), row)


def bank_entry(engine: Engine, creditor: str) -> None:
    row = {"creditor": creditor, "canary": CANARY}
    entry = (
        "INSERT INTO bank_entry (creditor, id, account, kind, currency, amount, is_credit, booked, "
        "valued, end_to_end, structured, lines, payer_name, payer_account, returned, state, "
        "customer) VALUES (:creditor, 'E-1', 'DE1', 'statement', 'EUR', 1, true, '2026-01-01', "
        "'2026-01-01', :canary, ARRAY[:canary], ARRAY[:canary], :canary, :canary, ARRAY[:canary], "
        "'posted', 'C-1')"
    )
    payer = (
        "INSERT INTO bank_payer (creditor, customer, account, name) "
        "VALUES (:creditor, 'C-1', :canary, :canary)"
    )
    with engine.begin() as link:
        link.execute(text(entry), row)
        link.execute(text(payer), row)


def loose_report(engine: Engine, creditor: str) -> None:
    """A late bounce that names only the address; nothing else says whose it is."""
    bank_entry(engine, creditor)
    row = {"key": f"loose/{creditor}", "canary": CANARY}
    query = (
        "INSERT INTO provider_event (dedupe_key, provider, kind, raw, recipient) "
        "SELECT :key || '/' || kind, 'sendgrid', kind, :canary, lower(:canary || '@example.com') "
        "FROM unnest(ARRAY['bounced', 'failed']) AS kind"
    )
    with engine.begin() as link:
        link.execute(text(query), row)


def further_places(engine: Engine, creditor: str) -> None:
    """Ways to the customer, answers, the page, and a report that names no message."""
    other_ways(engine, creditor)
    of_the_page(engine, creditor)
    changed_letter(engine, creditor)
    sent_letters(engine, creditor)
    saved_search(engine, creditor)
    before_credit(engine, creditor)
    loose_report(engine, creditor)


def lived_case(ledger: SqlLedger, engine: Engine, creditor: str) -> str:
    """A case in which the canary stands wherever people write; it is paid in the end."""
    people.upsert_debtor(engine, creditor, PERSON)
    case = factories.opened(ledger, factories.invoice(creditor))
    with ledger.account_of(case) as account:
        session = Session(account, case, factories.NOON)
        for kind in HEARD:
            said = replace(factories.said(kind.value, kind), note=CANARY, by=CANARY, reason=CANARY)
            session.add(said)
        flown = account.outbound.take_off(case, "polite", 1, "email", CANARY)
        account.outbound.land(flown, OutboundState.ACCEPTED, TAKEN)
        session.act(replace(factories.deed(), why=CANARY))
        account.tasks.add(
            Task(key=f"t/{case}", kind=TaskKind.QUESTION, case=case, title="?", detail=CANARY)
        )
        account.customer.set_flag("vulnerable", on=True, why=CANARY, by="ann")
        session.decide()
    note_event(
        engine,
        ProviderEvent(
            dedupe_key=f"e/{case}", message_id=flown.id, provider="x", kind="open", raw=CANARY
        ),
    )
    evidence(engine, case, "")
    evidence(engine, case, "invoice")
    further_places(engine, creditor)
    paid = replace(factories.money_in(creditor, minor=12000), note=CANARY)
    post(ledger, paid, factories.NOON + HOUR)
    with ledger.account_of(case) as account:
        Session(account, case, factories.NOON + 2 * HOUR).decide()
    return case


def sightings(engine: Engine) -> list[str]:
    """Every column of the whole database in which the canary stands."""
    found = []
    with engine.connect() as link:
        for name, table in METADATA.tables.items():
            for column in table.columns:
                if not isinstance(column.type, TEXTS):
                    continue
                shown: Any = cast(column, Text)
                if isinstance(column.type, LargeBinary):
                    shown = func.encode(column, "escape")
                if link.execute(select(func.count()).where(shown.contains(CANARY))).scalar():
                    found.append(f"{name}.{column.name}")
    return found


def forget(engine: Engine, creditor: str) -> Erased:
    return erasure.erase_customer(engine, creditor, "C-1", by="ann", why="asked to on 1 March")
