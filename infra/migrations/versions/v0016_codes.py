"""What became of a message, and how a case ended: as a code of its own, beside the words."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0016"
down_revision: str | None = "0015"

_JUDGE = """
CREATE OR REPLACE FUNCTION refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF only_erases(to_jsonb(OLD), to_jsonb(NEW), ARRAY['note', 'reason', 'by_whom', 'answer']) THEN
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - ARRAY[{judged}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{judged}] THEN
    RAISE EXCEPTION 'message % is a fact: only its status and answer may change', OLD.seq
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    """Add the codes; what was recorded before has none, and its status says enough."""
    op.add_column("message", Column("code", Text))
    op.add_column("deed", Column("outcome", Text))
    op.execute(_JUDGE.format(judged="'status', 'answer', 'code'"))


def downgrade() -> None:
    """Take them away."""
    op.execute(_JUDGE.format(judged="'status', 'answer'"))
    op.drop_column("deed", "outcome")
    op.drop_column("message", "code")
