"""The archive of closed cases: what nobody counts with leaves its tables, and comes back by itself.

A case is archived whole, in one row, with its SHA-256. Money, messages and deeds stay where they
are: every report, statement and balance reads them alone. Whoever adds a fact to an archived case,
by whatever door, finds it as it was: a trigger brings it back first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from infra.migrations.columns import instant, recorded, words

revision = "0042"
down_revision: str | None = "0041"

# A fact may leave its table only while its case is archived.
_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_NARGS > 0
    AND only_erases(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV) THEN
    RETURN NEW;
  END IF;
  {unless}
  RAISE EXCEPTION '% only grows: % is refused; record a new row that corrects the old one',
    TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""
_UNLESS = """IF TG_OP = 'DELETE'
    AND coalesce(current_setting('amicable.archiving', true), '') = 'yes'
    AND TG_TABLE_NAME IN ('outbound_attempt', 'provider_event', 'contact', 'happening') THEN
    RETURN OLD;
  END IF;"""

# Each table in the order in which its rows may leave, and which of them are the case's own. A
# message about several cases leaves with the last of them.
_ARCHIVE = """
CREATE FUNCTION archive_case(wanted text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  mine case_file%ROWTYPE;
  sent uuid[];
  told text[];
  moves text[][] := ARRAY[
    ['webhook_delivery', 't.happening = ANY($3)'],
    ['happening', 't.id = ANY($3)'],
    ['event_outcome', 't.dedupe_key IN (SELECT e.dedupe_key FROM provider_event AS e'
      ' WHERE e.message_id = ANY($2::text[]))'],
    ['provider_event', 't.message_id = ANY($2::text[])'],
    ['outbound_attempt', 't.message_id = ANY($2)'],
    ['outbound_item', 't.message_id = ANY($2)'],
    ['outbound_message', 't.id = ANY($2)'],
    ['contact', 't.creditor = $4 AND t.customer = $5 AND t.case_id = $1'],
    ['task', 't.case_id = $1 AND t.status = ''done''']];
  move text[];
  part jsonb;
  gone integer;
  count integer := 0;
  found jsonb := '{}';
BEGIN
  SELECT * INTO STRICT mine FROM case_file WHERE case_id = wanted;
  SELECT coalesce(array_agg(DISTINCT i.message_id), '{}') INTO sent
    FROM outbound_item AS i JOIN outbound_message AS m ON m.id = i.message_id
    WHERE i.case_id = wanted AND m.state NOT IN ('new', 'in_flight')
      AND NOT EXISTS (SELECT FROM outbound_item AS o WHERE o.message_id = i.message_id
        AND o.case_id <> wanted AND NOT EXISTS (
          SELECT FROM archived_case AS a WHERE a.case_id = o.case_id));
  SELECT coalesce(array_agg(h.id), '{}') INTO told FROM happening AS h
    WHERE h.creditor = mine.creditor AND h.customer = mine.customer AND h.case_id = wanted
      AND NOT EXISTS (SELECT FROM webhook_delivery AS d
        WHERE d.happening = h.id AND d.state = 'pending');
  PERFORM set_config('amicable.archiving', 'yes', true);
  FOREACH move SLICE 1 IN ARRAY moves LOOP
    EXECUTE format('WITH gone AS (DELETE FROM %I AS t WHERE %s RETURNING t.*)'
      ' SELECT jsonb_agg(to_jsonb(gone) ORDER BY to_jsonb(gone)), count(*) FROM gone',
      move[1], move[2])
      INTO part, gone USING wanted, sent, told, mine.creditor, mine.customer;
    IF gone > 0 THEN
      found := found || jsonb_build_object(move[1], part);
      count := count + gone;
    END IF;
  END LOOP;
  PERFORM set_config('amicable.archiving', '', true);
  INSERT INTO archived_case (case_id, creditor, customer, year, with_cases, rows, sha256, last)
  SELECT wanted, mine.creditor, mine.customer,
    extract(year FROM coalesce(mine.settled_at, mine.recorded_at) AT TIME ZONE 'UTC'),
    ARRAY(SELECT DISTINCT i->>'case_id' FROM jsonb_array_elements(found->'outbound_item') AS i
      WHERE i->>'case_id' <> wanted ORDER BY 1),
    found, encode(sha256(convert_to(found::text, 'UTF8')), 'hex'),
    (SELECT max((r->>'recorded_at')::timestamptz)
      FROM jsonb_each(found) AS t, jsonb_array_elements(t.value) AS r);
  RETURN count;
END $$
"""

# Columns that were added since are filled with their defaults, those that went are left out.
_BRING_BACK = """
CREATE FUNCTION bring_back_case(wanted text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  kept archived_case%ROWTYPE;
  place text;
  part jsonb;
  names text;
  cases integer := 0;
BEGIN
  FOR kept IN SELECT a.* FROM archived_case AS a JOIN case_file AS f
      ON f.creditor = a.creditor AND f.customer = a.customer
    WHERE f.case_id = wanted AND (a.case_id = wanted OR wanted = ANY(a.with_cases))
    FOR UPDATE OF a
  LOOP
    FOREACH place IN ARRAY ARRAY['outbound_message', 'outbound_item', 'outbound_attempt',
      'provider_event', 'event_outcome', 'happening', 'webhook_delivery', 'contact', 'task']
    LOOP
      part := kept.rows -> place;
      CONTINUE WHEN part IS NULL;
      SELECT string_agg(quote_ident(a.attname), ', ') INTO names FROM pg_attribute AS a
        WHERE a.attrelid = place::regclass AND a.attnum > 0 AND NOT a.attisdropped
          AND (part -> 0) ? a.attname;
      EXECUTE format('INSERT INTO %1$I (%2$s) OVERRIDING SYSTEM VALUE'
        ' SELECT %2$s FROM jsonb_populate_recordset(NULL::%1$I, $1) AS t WHERE %3$s'
        ' ON CONFLICT DO NOTHING', place, names,
        CASE place WHEN 'webhook_delivery' THEN 'EXISTS (SELECT FROM webhook_endpoint AS e'
          ' WHERE e.creditor = t.creditor AND e.name = t.endpoint)' ELSE 'true' END) USING part;
    END LOOP;
    DELETE FROM archived_case WHERE case_id = kept.case_id;
    PERFORM write_archive_book(kept.creditor, kept.year, 'brought_back', '');
    cases := cases + 1;
  END LOOP;
  RETURN cases;
END $$
"""

_BOOK = """
CREATE FUNCTION write_archive_book(whose text, of_year integer, why text, who text)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO archive_book (creditor, year, cases, sha256, what, by_whom)
  SELECT whose, of_year, count(*),
    encode(sha256(convert_to(coalesce(string_agg(sha256, '' ORDER BY case_id), ''), 'UTF8')),
      'hex'), why, who
  FROM archived_case WHERE creditor = whose AND year = of_year
$$
"""
_TRIGGER = """
CREATE FUNCTION bring_back_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM archived_case AS a WHERE a.case_id = NEW.case_id) THEN
    PERFORM bring_back_case(NEW.case_id);
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    """Make the archive and its book, and let rules of keeping be carried out by themselves."""
    # The longest first, while nothing else is locked.
    op.create_index("ix_happening_account_case", "happening", ["creditor", "customer", "case_id"])
    months = sa.CheckConstraint("archive_months BETWEEN 0 AND 1200", name="archive_months")
    op.add_column(
        "retention_rule",
        sa.Column("archive_months", sa.Integer, months, nullable=False, server_default="0"),
    )
    op.add_column(
        "retention_rule",
        sa.Column("by_itself", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    _tables()
    op.execute(_REFUSE.format(unless=_UNLESS))
    for function in (_BOOK, _ARCHIVE, _BRING_BACK, _TRIGGER):
        op.execute(function)
    for table in ("message", "deed"):
        op.execute(
            f"CREATE TRIGGER out_of_the_archive BEFORE INSERT ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION bring_back_first()"
        )


def _tables() -> None:
    op.create_table(
        "archived_case",
        sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), primary_key=True),
        words("creditor"),
        words("customer"),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("with_cases", ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("rows", JSONB, nullable=False),
        words("sha256"),
        instant("last", nullable=True),
        recorded(),
        sa.Index("ix_archived_case_account", "creditor", "customer"),
        sa.Index("ix_archived_case_year", "creditor", "year", "case_id"),
    )
    op.create_table(
        "archive_book",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        words("creditor"),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("cases", sa.Integer, nullable=False),
        words("sha256"),
        words("what"),
        words("by_whom"),
        recorded(),
        sa.CheckConstraint("what IN ('archived', 'brought_back')", name="what"),
        sa.Index("ix_archive_book_year", "creditor", "year", "id"),
    )
    op.create_table(
        "retention_run",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        words("creditor"),
        sa.Column("due", sa.Integer, nullable=False),
        sa.Column("erased", sa.Integer, nullable=False),
        sa.Column("archived", sa.Integer, nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        words("by_whom"),
        recorded(),
        sa.Index("ix_retention_run_creditor", "creditor", "id"),
    )


def downgrade() -> None:
    """Bring every case back, and take the archive away."""
    op.execute("SELECT bring_back_case(case_id) FROM archived_case")
    for table in ("message", "deed"):
        op.execute(f"DROP TRIGGER out_of_the_archive ON {table}")
    for function in ("bring_back_first()", "bring_back_case(text)", "archive_case(text)"):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP FUNCTION write_archive_book(text, integer, text, text)")
    op.execute(_REFUSE.format(unless=""))
    op.drop_index("ix_happening_account_case", "happening")
    for table in ("retention_run", "archive_book", "archived_case"):
        op.drop_table(table)
    op.drop_column("retention_rule", "by_itself")
    op.drop_column("retention_rule", "archive_months")
