"""The words of letters as they left; a case that is archived takes them along."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from infra.migrations.columns import recorded, words

revision = "0057"
down_revision: str | None = "0056"

_LEAVES = (
    "    ['outbound_attempt', 't.message_id = ANY($2)'],",
    """    ['sent_letter', 't.message_id = ANY($2)'],
    ['outbound_attempt', 't.message_id = ANY($2)'],""",
)
_COMES_BACK = ("'outbound_attempt',\n", "'outbound_attempt', 'sent_letter',\n")
_WITH_CHANGES = ("subject", "body", "html")
_MAY_LEAVE = (
    "'provider_event', 'contact', 'happening')",
    "'provider_event', 'contact', 'happening', 'sent_letter')",
)


def upgrade() -> None:
    """Keep them, and let them leave with their case alone."""
    op.create_table(
        "sent_letter",
        sa.Column("message_id", sa.Uuid, primary_key=True),
        sa.Column("attempt", sa.Integer, primary_key=True, autoincrement=False),
        words("subject"),
        words("body"),
        sa.Column("files", ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
        words("language"),
        recorded(),
    )
    op.execute(
        "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON sent_letter "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change('subject', 'body')"
    )
    # A letter that left with a change was kept with the change alone.
    op.execute(
        "INSERT INTO sent_letter (message_id, attempt, subject, body) SELECT DISTINCT ON (m.id)"
        " m.id, m.attempt, e.subject, e.body FROM letter_change_end AS e"
        " JOIN outbound_message AS m ON m.id::text = e.message_id WHERE e.body <> ''"
        " ORDER BY m.id, e.at"
    )
    for name in _WITH_CHANGES:
        op.drop_column("letter_change_end", name)
    _swap("archive_case(text)", *_LEAVES)
    _swap("bring_back_case(text)", *_COMES_BACK)
    _swap("refuse_change()", *_MAY_LEAVE)


def downgrade() -> None:
    """Forget them."""
    op.execute("SELECT bring_back_case(case_id) FROM archived_case")
    for name, (before, after) in (
        ("refuse_change()", _MAY_LEAVE),
        ("bring_back_case(text)", _COMES_BACK),
        ("archive_case(text)", _LEAVES),
    ):
        _swap(name, after, before)
    for name in _WITH_CHANGES:
        op.add_column("letter_change_end", words(name))
    op.execute(
        "UPDATE letter_change_end AS e SET subject = s.subject, body = s.body FROM sent_letter AS s"
        " WHERE s.message_id::text = e.message_id"
    )
    op.drop_table("sent_letter")


def _swap(function: str, before: str, after: str) -> None:
    """Change a few words of a function; all else of it stays as it is."""
    link = op.get_bind()
    query = sa.text("SELECT pg_get_functiondef(CAST(:name AS regprocedure))")
    body = link.execute(query, {"name": function}).scalar_one()
    if before not in body:
        raise LookupError(f"{function} does not say {before.strip()}")
    # A driver reads a single per cent sign as the place of a parameter.
    link.exec_driver_sql(body.replace(before, after).replace("%", "%%"))
