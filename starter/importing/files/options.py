"""Options for files with other words for columns, dates and amounts than ours."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.errors import DomainError
from domain.interest.toml_lines import parse_toml
from starter.importing.files.problems import FileError, refuse_file


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the reader of a file is told beforehand.

    Attributes:
        columns: our field name to the file's header.
        constants: our field name to the value of every line whose own cell is empty or absent.
        date_format: such as ``M/D/YYYY`` or ``%d.%m.%Y``; empty means ISO (2026-03-31).
        decimal_comma: whether amounts are written ``1.234,56``.
        country: ISO 3166 country of debtors and phone numbers that name none.
        zone: IANA time zone of debtors that name none.
        source: who reports payments, where the file does not say.
        creditor: id of the company that is owed.
        encoding: how the letters of an export are written; found out if empty.
        separator: what stands between the cells of an export; found out if empty.
        sheet: which sheet of a spreadsheet; the only one that is filled if empty.
        profile: the program that exported the file; found out if empty.
        ignored: headers that are left out on purpose; ``*`` means all that are not known.
        meanings: a word in the status column to what it means: ``open``, ``paid``, ``draft`` …
        lines: whether each line item repeats the invoice's ``total`` or they make the ``sum``.
        decimal_point: whether amounts are surely written ``1,234.56``.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    date_format: str = ""
    decimal_comma: bool = False
    country: str = ""
    zone: str = "UTC"
    source: str = "file"
    creditor: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    profile: str = ""
    ignored: tuple[str, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    lines: str = ""
    decimal_point: bool = False


_WORDS = ("encoding", "separator", "sheet", "profile", "lines")


class _MappingFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    date_format: str = ""
    decimal_comma: bool = False
    country: str = ""
    zone: str = "UTC"
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    profile: str = ""
    lines: str = ""
    decimal_point: bool = False
    ignore: list[str] = []
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    status: dict[str, str] = {}


def pairs(words: Iterable[str], option: str) -> dict[str, str]:
    """Read repeated options such as ``number=invoiceNumber``; ``option`` is what they are called.

    Raises:
        DomainError: if one is not of the form name=value, or a name comes twice.
    """
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = (part.strip() for part in word.partition("="))
        if not (name and sign and value):
            raise DomainError(f"{option} {word} is not understood; write {option} name=value")
        if name in found:
            raise DomainError(f"{option} {name} is given twice; keep one of them")
        found[name] = value
    return found


def with_mapping_file(options: ReadOptions, path: Path) -> ReadOptions:
    """Options completed from a TOML mapping file; what was said on the command line wins.

    The file may hold date_format, decimal_comma, country, zone, the tables [columns] and
    [constants], and for an export encoding, separator, sheet, profile, lines, decimal_point, a list
    ignore and the table [status].

    Raises:
        FileError: if the file cannot be read or holds something else.
    """
    given = _mapping_file(path)
    nothing_said = ReadOptions()
    return replace(
        options,
        columns={**given.columns, **options.columns},
        constants={**given.constants, **options.constants},
        date_format=options.date_format or given.date_format,
        decimal_comma=options.decimal_comma or given.decimal_comma,
        country=options.country or given.country,
        zone=given.zone if options.zone == nothing_said.zone else options.zone,
        ignored=(*options.ignored, *given.ignore),
        meanings={**given.status, **options.meanings},
        decimal_point=options.decimal_point or given.decimal_point,
        **{name: getattr(options, name) or getattr(given, name) for name in _WORDS},
    )


def _mapping_file(path: Path) -> _MappingFile:
    try:
        content = parse_toml(path.read_text(encoding="utf-8-sig"))
        return _MappingFile.model_validate(content)
    except OSError as error:
        raise refuse_file(str(path), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise refuse_file(str(path), "is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise refuse_file(str(path), f"this is not TOML: {error}") from None
    except ValidationError as error:
        keys = ", ".join(_MappingFile.model_fields)
        places = (".".join(str(part) for part in found["loc"]) for found in error.errors())
        way_out = f"does not fit; the keys are {keys}, and values stand in quotes"
        raise FileError([f"{path}: {place}: {way_out}" for place in places]) from None
