"""What was said and done stays: facts can be added, never changed or removed."""

from alembic import op

revision = "0004"
down_revision: str | None = "0003"

_FIXED = ("policy", "deed", "outbound_attempt", "provider_event", "payment", "payment_part")

_REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: % is refused; record a new row that corrects the old one',
    TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""

_JUDGE_ONLY = """
CREATE FUNCTION refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'status' - 'answer' IS DISTINCT FROM to_jsonb(OLD) - 'status' - 'answer' THEN
    RAISE EXCEPTION 'message % is a fact: only its status and answer may change', OLD.seq
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    """Guard the tables that hold facts."""
    op.execute(_REFUSE)
    op.execute(_JUDGE_ONLY)
    for table in _FIXED:
        _guard(table, "UPDATE OR DELETE", "refuse_change")
    _guard("message", "DELETE", "refuse_change")
    op.execute(
        "CREATE TRIGGER only_judged BEFORE UPDATE ON message "
        "FOR EACH ROW EXECUTE FUNCTION refuse_other_words()"
    )


def downgrade() -> None:
    """Let the tables be changed by anyone."""
    op.execute("DROP TRIGGER only_judged ON message")
    for table in (*_FIXED, "message"):
        op.execute(f"DROP TRIGGER only_grows ON {table}")
    op.execute("DROP FUNCTION refuse_other_words()")
    op.execute("DROP FUNCTION refuse_change()")


def _guard(table: str, events: str, function: str) -> None:
    op.execute(
        f"CREATE TRIGGER only_grows BEFORE {events} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
