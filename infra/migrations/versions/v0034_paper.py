"""What a company's paper needs: postal addresses of both, register data, tax number, bank."""

from typing import Any

from alembic import op
from sqlalchemy import Column

from infra.migrations.columns import words

revision = "0034"
down_revision: str | None = "0033"
_POSTAL = ("street", "postcode", "town")


def upgrade() -> None:
    """Add the columns."""
    for table, columns in _columns().items():
        for column in columns:
            op.add_column(table, column)


def downgrade() -> None:
    """Take them away, with all they hold."""
    for table, columns in _columns().items():
        for column in columns:
            op.drop_column(table, column.name)


def _columns() -> dict[str, list[Column[Any]]]:
    company = (*_POSTAL, "country", "register", "tax_number", "bank")
    customer = (*_POSTAL, "attention", "vat_id")
    return {
        "creditor": [words(name) for name in company],
        "account": [words(name) for name in customer],
    }
