"""Indexes for the screens of a million cases: answers, payments, tasks, parked and by policy."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision: str | None = "0055"
_TASKS, _DONE = "ix_task_urgent", "ix_task_done_by"
_PARKED = "ix_case_file_parked"
_PLAIN = {
    "ix_reply_newest": ("reply", ["creditor", "at", "key"]),
    "ix_reply_message_id": ("reply", ["message_id"]),
    "ix_payment_newest": ("payment", ["creditor", "at"]),
    "ix_case_file_policy": ("case_file", ["creditor", "policy_sha", "outcome"]),
    "ix_evidence_sha256": ("evidence", ["sha256"]),
}


def upgrade() -> None:
    """Make them: without them each of these pages read all rows that there are."""
    for name, (table, columns) in _PLAIN.items():
        op.create_index(name, table, columns)
    parked = sa.text("parked")
    op.create_index(_PARKED, "case_file", ["creditor", "case_id"], postgresql_where=parked)
    urgent = [sa.text("(passed_on < 3)"), sa.text("coalesce(due_at, 'infinity'::timestamptz)")]
    op.create_index(
        _TASKS, "task", [*urgent, sa.text("key")], postgresql_where=sa.text("status = 'open'")
    )
    done = sa.text("status = 'done'")
    op.create_index(_DONE, "task", ["done_by", "done_at"], postgresql_where=done)


def downgrade() -> None:
    """Forget them."""
    op.drop_index(_DONE, "task")
    op.drop_index(_TASKS, "task")
    op.drop_index(_PARKED, "case_file")
    for name, (table, _) in reversed(_PLAIN.items()):
        op.drop_index(name, table)
