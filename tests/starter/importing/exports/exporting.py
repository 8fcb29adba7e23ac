"""Files as programs export them, made for a test, and what is read of them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest

from starter.importing.exports.export import Export
from starter.importing.exports.reader import read_export
from starter.importing.files.options import ReadOptions
from starter.importing.files.problems import FileError

HEADER = "number,customer,issued,due,currency,amount"
GOOD = "R-1,C1,2026-01-02,2026-02-01,EUR,119.00"
NOTHING_SAID = ReadOptions()

Content = str | bytes


def written(folder: Path, content: Content, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def export(folder: Path, content: Content, *, partial: bool = False, **told: Any) -> Export:
    """What is read of a file; options by their names."""
    options = replace(NOTHING_SAID, **told)
    return read_export(written(folder, content), options, partial=partial)


def refused(folder: Path, content: Content, **told: Any) -> FileError:
    with pytest.raises(FileError) as error:
        export(folder, content, **told)
    return error.value


def refusal(folder: Path, content: Content, **told: Any) -> str:
    return str(refused(folder, content, **told)).replace(str(folder / "in.csv"), "in.csv")


def hinted(folder: Path, content: Content, **told: Any) -> set[tuple[str, str]]:
    """What a person is told to say of the file: each option with its value."""
    error = refused(folder, content, **told)
    return {(hint.option.value, hint.value) for hint in error.hints}


def opened(found: Export) -> list[tuple[str, str, str]]:
    """Number, amount and what is open of each invoice that is to be opened."""
    return [(row.number, row.amount.plain, row.open.plain) for row in found.rows]


def left(found: Export) -> list[tuple[int, str]]:
    """The lines that are left out, and why."""
    return [(one.line, one.why) for one in found.left_out]


_SCHEMAS = "http://schemas.openxmlformats.org"
_TYPES = f"""<Types xmlns="{_SCHEMAS}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"""
_MAIN = f"{_SCHEMAS}/spreadsheetml/2006/main"
_DOC = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PKG = f"{_SCHEMAS}/package/2006/relationships"
_RELS = (
    f'<Relationships xmlns="{_PKG}"><Relationship Id="rId1" Type="{_DOC}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>"
)

Cell = str | int | float | None


def workbook(sheets: dict[str, list[list[Cell]]], dates: frozenset[int] = frozenset()) -> bytes:
    """An XLSX file; the columns in ``dates`` hold days as numbers, as spreadsheets keep them."""
    out = BytesIO()
    with ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr("_rels/.rels", _RELS)
        file.writestr("xl/styles.xml", _STYLES)
        names, rels = "", ""
        for at, (name, rows) in enumerate(sheets.items(), start=1):
            names += f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>'
            rels += (
                f'<Relationship Id="rId{at}" Type="{_DOC}/worksheet"'
                f' Target="worksheets/sheet{at}.xml"/>'
            )
            file.writestr(f"xl/worksheets/sheet{at}.xml", _sheet(rows, dates))
        rels += f'<Relationship Id="rId99" Type="{_DOC}/styles" Target="styles.xml"/>'
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets>{names}</sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PKG}">{rels}</Relationships>'
        )
    return out.getvalue()


def _sheet(rows: list[list[Cell]], dates: frozenset[int]) -> str:
    lines = ""
    for number, row in enumerate(rows, start=1):
        cells = (_cell(cell, number, at, dates) for at, cell in enumerate(row))
        lines += f'<row r="{number}">{"".join(cells)}</row>'
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(cell: Cell, row: int, at: int, dates: frozenset[int]) -> str:
    place = f"{chr(ord('A') + at)}{row}"
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    style = ' s="1"' if at in dates else ""
    return f'<c r="{place}"{style}><v>{cell}</v></c>'
