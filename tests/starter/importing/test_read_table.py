"""Broken, odd and hostile files: read exactly, or refused as a whole with the way out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import DomainError
from starter.importing.files.options import ReadOptions, pairs, with_mapping_file
from starter.importing.files.problems import SHOWN, FileError
from starter.importing.files.table import Fields, read_table

FIELDS = Fields(required=("number", "amount"), optional=("note",))
NOTHING_SAID = ReadOptions()


def written(folder: Path, content: bytes | str) -> Path:
    path = folder / "in.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(path: Path, options: ReadOptions = NOTHING_SAID) -> list[tuple[int, dict[str, str]]]:
    table = read_table(path, FIELDS, options)
    table.problems.refuse()
    return [(line.number, dict(line.cells)) for line in table.lines]


def refusal(path: Path, options: ReadOptions = NOTHING_SAID) -> str:
    with pytest.raises(FileError) as refused:
        cells(path, options)
    return str(refused.value).replace(f"{path}", "in.csv")


@pytest.mark.parametrize(
    "content",
    [
        "number,amount\n007,1.00\n",
        "\ufeffnumber,amount\n007,1.00\n",
        "number;amount\r\n007;1.00\r\n",
        '"number","amount"\n"007","1.00"',
        "Number , AMOUNT\n 007 , 1.00 \n",
        "amount,number,extra\n1.00,007,x\n",
        "number,amount,\n007,1.00,\n",
        "number,amount\n007,1.00\n,\n",
    ],
)
def test_the_same_invoice_is_read_however_the_file_is_written(tmp_path: Path, content: str) -> None:
    assert cells(written(tmp_path, content)) == [(2, {"number": "007", "amount": "1.00"})]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "in.csv: is empty; the first line must name the columns"),
        (b"\xef\xbb\xbf \n", "in.csv: is empty; the first line must name the columns"),
        ("number,amount\n1,2\n".encode("utf-16"), "in.csv: is UTF-16, not UTF-8; save it as"),
        ("number,amount\n1,2\n".encode("utf-16-le"), "in.csv:1: holds a NUL byte"),
        (b"number,amount\n1,2\n3\0,4\n", "in.csv:3: holds a NUL byte"),
        (
            "number,amount\nM\u00fcller,2\n".encode("cp1252"),
            "in.csv:2: byte 0xFC is not UTF-8 (in Windows-1252 it would be '\u00fc'); save it as",
        ),
        (b"number\tamount\n1\t2\n", "in.csv:1: is separated by tabs"),
        (b"number,amount,Number\n", "in.csv:1: number: is the name of two columns; rename one"),
        (b"number,amount\n1,2,3\n", "in.csv:2: has 3 cells where the header has 2; put a value"),
        (b'number,amount\n1,2\n"3,4\n', "in.csv:3: cannot be split into cells"),
        (b'number,amount\n"1"x,2\n', "in.csv:2: cannot be split into cells"),
        (b"number,amount\n1," + b"9" * 200_000, "in.csv:2: cannot be split into cells"),
        (b"number,sum\n", "in.csv:1: amount: this column is missing; if it has another name"),
        (b",\n", "in.csv:1: number: this column is missing"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_its_line_and_the_way_out(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    assert complaint in refusal(written(tmp_path, content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refusal(tmp_path / "in.csv")


def test_a_line_number_is_where_the_record_begins_even_after_line_breaks_in_cells(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, 'number,amount,note\n1,2,"a\nb"\n\n3,4,c\n')
    assert [number for number, _ in cells(path)] == [2, 5]
    assert cells(path)[0][1]["note"] == "a\nb"


def test_formulas_are_kept_as_the_text_they_are(tmp_path: Path) -> None:
    path = written(tmp_path, "number,amount,note\n1,2,=cmd()|'/c calc'!A1\n")
    assert cells(path)[0][1]["note"] == "=cmd()|'/c calc'!A1"


def test_other_headers_are_mapped_and_constants_fill_what_is_empty(tmp_path: Path) -> None:
    path = written(tmp_path, "Rechnung Nr;Betrag;note\n1;2;\n3;4;own\n")
    options = ReadOptions(
        columns=pairs(["number=Rechnung Nr", "amount = betrag"], "--map"),
        constants=pairs(["note=import"], "--set"),
    )
    assert cells(path, options) == [
        (2, {"number": "1", "amount": "2", "note": "import"}),
        (3, {"number": "3", "amount": "4", "note": "own"}),
    ]


def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "number,amount\n1,2\n")
    assert "there is no such column to map amount to" in refusal(
        path, ReadOptions(columns={"amount": "Betrag"})
    )
    assert "'sum' is no field here; the fields are number, amount, note" in refusal(
        path, ReadOptions(columns={"sum": "amount"})
    )


@pytest.mark.parametrize("words", [["number"], ["=x"], ["a="], ["a=b", "a=c"]])
def test_a_pair_that_is_not_understood_is_refused(words: list[str]) -> None:
    with pytest.raises(DomainError, match="--map"):
        pairs(words, "--map")


def test_a_mapping_file_says_the_same_and_the_command_line_wins(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(
        'date_format = "M/D/YYYY"\ndecimal_comma = true\ncountry = "DE"\nzone = "Europe/Berlin"\n'
        '[columns]\nnumber = "Nr"\namount = "Betrag"\n[constants]\ncurrency = "EUR"\n'
    )
    options = with_mapping_file(ReadOptions(columns={"number": "Beleg"}, country="AT"), path)
    assert options.columns == {"number": "Beleg", "amount": "Betrag"}
    assert (options.country, options.zone, options.date_format) == (
        "AT",
        "Europe/Berlin",
        "M/D/YYYY",
    )
    assert options.decimal_comma
    assert options.constants == {"currency": "EUR"}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("colour = 1", "colour: does not fit"), ("x", "this is not TOML"), ("zone = 1", "zone: ")],
)
def test_a_mapping_file_with_something_else_is_refused(
    tmp_path: Path, content: str, complaint: str
) -> None:
    path = tmp_path / "map.toml"
    path.write_text(content)
    with pytest.raises(FileError, match=complaint):
        with_mapping_file(NOTHING_SAID, path)


def test_a_person_reads_twenty_problems_and_hears_how_many_more_there_are(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "number,amount\n" + "1\n" * 25)
    shown = refusal(path).splitlines()
    assert len(shown) == SHOWN + 1
    assert shown[-1] == "… and 5 more"


words = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1).filter(
    lambda text: text == text.strip()
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(words, words, words)), sign=st.sampled_from(",;"), bom=st.booleans())
def test_what_a_spreadsheet_writes_is_read_back_exactly(
    tmp_path: Path, rows: list[tuple[str, str, str]], sign: str, *, bom: bool
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows([FIELDS.all, *rows])
    path = written(tmp_path, out.getvalue().encode("utf-8-sig" if bom else "utf-8"))
    assert [tuple(line.values()) for _, line in cells(path)] == rows
