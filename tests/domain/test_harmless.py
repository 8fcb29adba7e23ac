"""Text from strangers plays no tricks with the terminal on which it is shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.harmless import escaped_for_json, harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Müller & Söhne", "Müller & Söhne"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("\x9b31m", "\\x9b31m"),
        ("a\rb", "a\\rb"),
        ("bell\x07", "bell\\x07"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\u200b", "\\u200b"),
        ("\u0646\u200c\u0645", "\u0646\u200c\u0645"),
    ],
)
def test_what_a_terminal_would_obey_is_spelt_out(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text())
def test_nothing_that_is_left_is_obeyed(text: str) -> None:
    assert not {sign for sign in harmless(text) if ord(sign) < 32 and sign not in "\n\t"}
    assert "\x7f" not in harmless(text)


@given(st.text(st.characters(codec="utf-8")))
def test_json_means_the_same_and_holds_nothing_that_is_obeyed(text: str) -> None:
    written = escaped_for_json(json.dumps({"name": text}, ensure_ascii=False))
    assert json.loads(written) == {"name": text}
    assert not {sign for sign in written if ord(sign) < 32 or 0x7F <= ord(sign) <= 0x9F}
