"""What an error of the ledger says: what is wrong, and nothing of what stands in rows."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

HER = "kanari@hidden.example"


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("INSERT INTO shy VALUES (:her), (:her)", "duplicate key value violates unique constraint"),
        ("INSERT INTO shy VALUES (:her || '!')", 'violates check constraint "shy_check"'),
        ("SELECT CAST(:her AS uuid)", "invalid input syntax for type uuid: …"),
        ("SELECT CAST(:her AS jsonb)", "invalid input syntax for type json (22P02)"),
        ("SELECT CAST(:her AS timestamptz)", "invalid input syntax for type timestamp"),
        ("DO $$ BEGIN RAISE EXCEPTION 'who is \"kanari@hidden.example\"?'; END $$", "who is …?"),
    ],
)
def test_an_error_names_the_fault_and_quotes_no_row(engine: Engine, sql: str, says: str) -> None:
    table = "CREATE TEMP TABLE shy (who text PRIMARY KEY, CONSTRAINT shy_check CHECK (who !~ '!'))"
    values = {"her": HER} if ":her" in sql else {}
    with engine.connect() as link:
        link.execute(text(table))
        with pytest.raises(DBAPIError) as caught:
            link.execute(text(sql), values)

    error = caught.value
    told = f"{error} {error.__cause__} {error.args} {getattr(error.__cause__, 'args', ())}"
    assert says in str(error)
    assert says in str(error.__cause__)
    assert "kanari" not in told.replace(sql, "")
