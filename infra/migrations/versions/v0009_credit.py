"""Credit: which cases hold it, so that an account's credit is found without reading its cases."""

from alembic import op
from sqlalchemy import Column, Integer, text

revision = "0009"
down_revision: str | None = "0008"

_HOLDS = """
UPDATE case_file SET credit_hold = held.broken FROM (
  SELECT case_id, count(*) FILTER (WHERE step LIKE 'promise-broken-%') AS broken,
    max(at) FILTER (WHERE "do" = 'hold_credit') AS since,
    max(at) FILTER (WHERE "do" = 'release_credit') AS until
  FROM deed GROUP BY case_id
) AS held
WHERE held.case_id = case_file.case_id AND held.since IS NOT NULL
  AND (held.until IS NULL OR held.until < held.since)
"""
_ACCOUNTS = """
UPDATE account SET credit = CASE WHEN held.broken > 0 THEN 'cash_only' ELSE 'held' END FROM (
  SELECT creditor, customer, sum(credit_hold) AS broken FROM case_file
  WHERE credit_hold IS NOT NULL GROUP BY creditor, customer
) AS held
WHERE held.creditor = account.creditor AND held.customer = account.customer
"""


def upgrade() -> None:
    """Add the column, fill it from the deeds, and let accounts say what follows."""
    op.add_column("case_file", Column("credit_hold", Integer))
    op.execute(_HOLDS)
    op.execute(_ACCOUNTS)
    who = ["creditor", "customer"]
    holding = text("credit_hold IS NOT NULL")
    op.create_index(
        "ix_case_file_credit_hold", "case_file", [*who, "credit_hold"], postgresql_where=holding
    )
    owing = text("open > 0 AND outcome = '' AND NOT withdrawn")
    op.create_index("ix_case_file_owing", "case_file", who, postgresql_where=owing)


def downgrade() -> None:
    """Take them away; the accounts keep what they said."""
    op.drop_index("ix_case_file_owing", "case_file")
    op.drop_index("ix_case_file_credit_hold", "case_file")
    op.drop_column("case_file", "credit_hold")
