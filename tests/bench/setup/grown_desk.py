"""What people look at beside the cases of a grown ledger: letters, answers, money, agreements."""

from __future__ import annotations

from sqlalchemy import Engine, text

from tests.bench.setup.grown import CREDITOR, NOW

# Pages tell the time by the clock: what comes next is put as far from it as it was from NOW.
# A letter of each case that was delivered and one in three opened, an answer to each (one in
# fifty waits for a person), a payment of each tenth (one in ten of them lies on the account); of a
# hundred cases five are promised, three contested, one is with the agency, one has a note.
_ROWS = (
    """UPDATE case_file SET next_at = next_at + (now() - CAST(:now AS timestamptz)),
        stage = CASE WHEN n % 20 = 3 THEN 'promised' WHEN n % 33 = 5 THEN 'disputed'
                     WHEN n % 100 = 9 THEN 'with_agency' ELSE stage END
      FROM generate_series(:first, :last - 1) n
      WHERE case_id = 'invoice/' || :creditor || '/R-' || n""",
    """INSERT INTO outbound_message (id, creditor, customer, state, attempt, channel, recorded_at)
    SELECT md5('m' || n)::uuid, :creditor, 'C-' || n / 5, 'accepted', 1, 'email',
      CAST(:now AS timestamptz) - interval '9 days' - n % 200 * interval '1 day'
    FROM generate_series(:first, :last - 1) n""",
    """INSERT INTO outbound_item (case_id, step, episode, message_id)
    SELECT 'invoice/' || :creditor || '/R-' || n, 'polite', 1, md5('m' || n)::uuid
    FROM generate_series(:first, :last - 1) n""",
    """INSERT INTO provider_event (dedupe_key, message_id, provider, kind, at)
    SELECT kind || n, md5('m' || n)::uuid::text, 'sendgrid', kind,
      CAST(:now AS timestamptz) - interval '9 days'
    FROM generate_series(:first, :last - 1) n, (VALUES ('delivered', 1), ('opened', 3)) k(kind, one)
    WHERE n % one = 0""",
    """INSERT INTO reply (key, channel, creditor, customer, case_id, message_id, sort, sender,
      subject, said, at, state)
    SELECT 'mail/' || n, 'email', :creditor, 'C-' || n / 5, 'invoice/' || :creditor || '/R-' || n,
      md5('m' || n)::uuid::text, CASE WHEN n % 10 = 0 THEN 'auto_reply' ELSE 'reply' END,
      'pay@customer.example', 'Re: your invoice', 'we paid R-' || n || ' 200.00',
      CAST(:now AS timestamptz) - interval '8 days' + n % 600 * interval '1 minute', 'applied'
    FROM generate_series(:first, :last - 1) n""",
    """INSERT INTO task (key, kind, case_id, title, due_at)
    SELECT 'reply/mail/' || n, 'reply', 'invoice/' || :creditor || '/R-' || n, 'an answer',
      CAST(:now AS timestamptz) + n % 600 * interval '1 minute'
    FROM generate_series(:first, :last - 1) n WHERE n % 50 = 11""",
    """INSERT INTO task (key, kind, case_id, title, due_at, status, done_by, done_at)
    SELECT 'done/' || n, 'call', 'invoice/' || :creditor || '/R-' || n, 'call',
      CAST(:now AS timestamptz) - interval '9 days', 'done', 'ann',
      CAST(:now AS timestamptz) - n % 200 * interval '1 day'
    FROM generate_series(:first, :last - 1) n WHERE n % 10 = 3""",
    """INSERT INTO payment (creditor, source, id, customer, currency, amount, at, invoices)
    SELECT :creditor, 'bank', 'P-' || n, 'C-' || n / 5, 'EUR', 1000,
      CAST(:now AS timestamptz) - interval '5 days' - n % 600 * interval '1 minute',
      ARRAY['R-' || n]
    FROM generate_series(:first, :last - 1) n WHERE n % 10 = 1""",
    """INSERT INTO payment_part (creditor, source, id, case_id, amount)
    SELECT :creditor, 'bank', 'P-' || n, 'invoice/' || :creditor || '/R-' || n, 1000
    FROM generate_series(:first, :last - 1) n WHERE n % 10 = 1 AND n % 100 <> 11""",
    """INSERT INTO note (creditor, customer, case_id, said, by_whom, recorded_at)
    SELECT :creditor, 'C-' || n / 5, 'invoice/' || :creditor || '/R-' || n, 'will call back', 'ann',
      CAST(:now AS timestamptz) - n % 200 * interval '1 day'
    FROM generate_series(:first, :last - 1) n WHERE n % 100 = 21""",
    """INSERT INTO message (case_id, key, kind, at, reason, by_whom, status)
    SELECT 'invoice/' || :creditor || '/R-' || n, 'd-1', 'dispute_opened',
      CAST(:now AS timestamptz) - n % 200 * interval '1 day', 'goods', 'ann', 'applied'
    FROM generate_series(:first, :last - 1) n WHERE n % 33 = 5""",
    """UPDATE account SET owner = 'ann', credit = CASE WHEN c % 500 = 7 THEN 'hold' ELSE credit END
      FROM generate_series(:first / 5, :last / 5 - 1) c
      WHERE creditor = :creditor AND customer = 'C-' || c AND c % 50 = 7""",
)


def furnish(engine: Engine, first: int, last: int) -> None:
    """Add what was written, said and paid of the cases from one number up to another."""
    given = {"creditor": CREDITOR, "first": first, "last": last, "now": NOW}
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        for rows in _ROWS:
            statement = text(rows)
            names = statement.compile().params
            connection.execute(statement, {name: given[name] for name in names})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))
