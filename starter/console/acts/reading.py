"""Reads what people wrote into forms; a field that is empty was not filled."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from domain.errors import DomainError

FIELDS_OF_A_FORM = 600
"""Enough for an act on as many customers as may be chosen at once."""

FILES_OF_A_FORM = 10
LONGEST_FIELD = 20_000


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """Read a form; asynchronous, so that no thread waits for somebody's line."""
    async with request.form(
        max_files=FILES_OF_A_FORM, max_fields=FIELDS_OF_A_FORM, max_part_size=LONGEST_FIELD
    ) as form:
        yield form


GivenForm = Annotated[FormData, Depends(read_form)]


def text_of(form: FormData, name: str) -> str:
    """Read a field of text; empty if there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def files_of_form(form: FormData, name: str) -> tuple[tuple[str, bytes], ...]:
    """Read the files of a field: the name and the content of each; empty ones were not chosen."""
    given = (one for one in form.getlist(name) if isinstance(one, UploadFile) and one.filename)
    return tuple((str(one.filename), one.file.read()) for one in given)


def day_of(form: FormData, name: str) -> date | None:
    """Read a day; None if none was given.

    Raises:
        DomainError: if it is no day.
    """
    return day_in(text_of(form, name), name)


def day_in(text: str, field: str) -> date | None:
    """Read a day that was written into a field; None if none was.

    Raises:
        DomainError: if it is no day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DomainError(f"{text} is no day; write it like 2026-12-31", field=field) from None


_GROUPED = re.compile(r"\d{1,3}(?:([,. '])\d{3})(?:\1\d{3})*(?:[.,]\d{1,3})?")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")


def plain_amount(text: str) -> str:
    """Write an amount as ledgers do: 1,234.50 and 1.234,50 become 1234.50.

    What could mean two things, such as 1,234 alone, stays as it is and is refused in words.
    """
    bare = text.strip()
    if _DECIMAL_COMMA.fullmatch(bare):
        return bare.replace(",", ".")
    decimals = max(bare.rfind("."), bare.rfind(","))
    found = _GROUPED.fullmatch(bare)
    if found is None or bare[decimals] == found[1] or decimals < 0:
        return bare
    return "".join(char for char in bare[:decimals] if char.isdigit()) + f".{bare[decimals + 1 :]}"
