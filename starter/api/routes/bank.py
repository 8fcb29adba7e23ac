"""The route that takes in a bank statement, as a file in a JSON body."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any

from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from adapters.bank.bank_files import read_bank_file
from adapters.bank.tables.csv_profile import read_profile
from starter.api.dependencies import Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Name, Strict
from starter.views.bank_lines import taken_line

_EXAMPLE: dict[str, Any] = {"name": "statement.sta", "content": "OjIwOlNUQVJUVU1T…"}


class NewStatement(Strict):
    """A file as the bank made it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: Annotated[Name, Field(description="The file's name; errors name it.")]
    content: Annotated[str, Field(min_length=4, description="The file itself, in Base64.")]
    unbalanced: Annotated[
        bool, Field(description="Take it in although its entries do not add up.")
    ] = False
    profile: Annotated[
        str,
        Field(max_length=20_000, description="How the bank writes its table, as TOML; for CSV."),
    ] = ""


def import_statement(new: NewStatement, ask: Asked) -> JSONResponse:
    """Take in a bank statement; what was reported before, in any file, changes nothing."""
    own = [read_profile("profile", new.profile.encode())] if new.profile else []
    statements = read_bank_file(new.name, _body(new.content), own)
    taken = ask.application.bank.statements.take_in(
        ask.creditor, statements, unbalanced=new.unbalanced
    )
    ask.wake(*taken.woken)
    return shown_json(taken_line(taken))


def _body(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise HttpProblem("invalid", "content: is no Base64", field="content") from None
