"""A complaint about a file names the line on which whoever wrote it will find the mistake."""

import pytest

from domain.interest.toml_lines import line_of, line_of_error

TEXT = """name = "odd"

[calendar]
window = "09:00-17:00"
[[step]]
id = "first"
[[step]]
id = "second"
on = "due+5"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 1),
        (("calendar",), 3),
        (("calendar", "window"), 4),
        (("step", 0, "id"), 6),
        (("step", 1), 7),
        (("step", 1, "on"), 9),
        (("step", 1, "missing"), 7),  # the nearest table around it
        (("nowhere", "at all"), 1),
    ],
)
def test_a_key_is_found_or_else_the_table_around_it(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, path) == line


@pytest.mark.parametrize(
    ("text", "complaint", "line"),
    [
        (TEXT, "Expected '=' (at line 3, column 5)", 3),
        (TEXT, "Unterminated string (at end of document)", 9),
        ("", "Expected a value (at end of document)", 1),
        (TEXT, "something else is wrong", 1),
    ],
)
def test_the_line_is_the_one_that_the_parser_names(text: str, complaint: str, line: int) -> None:
    assert line_of_error(text, complaint) == line
