"""Erasing a person: the one change that facts allow, and only of what is personal in them."""

from alembic import op

revision = "0011"
down_revision: str | None = "0010"

PERSONAL = {
    "deed": ("why",),
    "evidence": ("name", "note", "by_whom", "body"),
    "payment": ("note",),
    "payment_refund": ("note",),
    "outbound_attempt": ("recipient", "detail"),
    "provider_event": ("raw",),
    "contact": ("by_whom",),
    "credit_change": ("why",),
    "account_flag": ("why",),
}
_OF_MESSAGES = "ARRAY['note', 'reason', 'by_whom', 'answer']"

# A column may only become empty, and only in a transaction that says that it erases.
_ONLY_ERASES = r"""
CREATE FUNCTION only_erases(before jsonb, after jsonb, personal text[])
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('amicable.erasing', true), '') = 'yes'
    AND after - personal = before - personal
    AND NOT EXISTS (
      SELECT FROM unnest(personal) AS name
      WHERE after->>name IS DISTINCT FROM before->>name
        AND coalesce(after->>name, '') NOT IN ('', '\x')
    )
$$
"""
_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {unless}
  RAISE EXCEPTION '% only grows: % is refused; record a new row that corrects the old one',
    TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""
_UNLESS = """IF TG_OP = 'UPDATE' AND TG_NARGS > 0
    AND only_erases(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV) THEN
    RETURN NEW;
  END IF;"""
_JUDGE = """
CREATE OR REPLACE FUNCTION refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {unless}
  IF to_jsonb(NEW) - 'status' - 'answer' IS DISTINCT FROM to_jsonb(OLD) - 'status' - 'answer' THEN
    RAISE EXCEPTION 'message % is a fact: only its status and answer may change', OLD.seq
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
"""
_UNLESS_MESSAGE = f"""IF only_erases(to_jsonb(OLD), to_jsonb(NEW), {_OF_MESSAGES}) THEN
    RETURN NEW;
  END IF;"""


def upgrade() -> None:
    """Let the guards tell erasing from changing."""
    op.execute(_ONLY_ERASES)
    op.execute(_REFUSE.format(unless=_UNLESS))
    op.execute(_JUDGE.format(unless=_UNLESS_MESSAGE))
    for table, columns in PERSONAL.items():
        _guard(table, ", ".join(f"'{name}'" for name in columns))


def downgrade() -> None:
    """Refuse every change again."""
    for table in PERSONAL:
        _guard(table, "")
    op.execute(_JUDGE.format(unless=""))
    op.execute(_REFUSE.format(unless=""))
    op.execute("DROP FUNCTION only_erases(jsonb, jsonb, text[])")


def _guard(table: str, personal: str) -> None:
    op.execute(f"DROP TRIGGER only_grows ON {table}")
    op.execute(
        f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change({personal})"
    )
