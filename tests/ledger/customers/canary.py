"""A word that stands wherever something personal may stand: erasing must find all of them."""

from __future__ import annotations

from sqlalchemy import Engine, text

CANARY = "Zaphod Beeblebrox"


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
    with engine.begin() as link:
        link.execute(text(answer), row)
        link.execute(text(point), row)
        link.execute(text(reply), row)
        assert link.execute(text(unrouted), row).rowcount == 1


def loose_report(engine: Engine, creditor: str) -> None:
    """A late bounce that names only the address; nothing else says whose it is."""
    row = {"key": f"loose/{creditor}", "canary": CANARY}
    query = (
        "INSERT INTO provider_event (dedupe_key, provider, kind, raw, recipient) "
        "SELECT :key || '/' || kind, 'sendgrid', kind, :canary, lower(:canary || '@example.com') "
        "FROM unnest(ARRAY['bounced', 'failed']) AS kind"
    )
    with engine.begin() as link:
        link.execute(text(query), row)
