"""Whatever strangers send is taken or refused by name: no parser ends in an unforeseen error."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.parser import Parser
from tests.fuzz.parsers import PARSERS

SOAK = bool(os.environ.get("AMICABLE_SOAK"))
EXAMPLES = 20_000 if SOAK else 40

TRAPS = (
    *(b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\r\n", b"\r\n\r\n", b'"', b"'", b"\\", b"%00", b"%"),
    *(
        b"[" * 50,
        b"{" * 50,
        b"1" * 400,
        b"-1",
        b"1e999",
        b"NaN",
        b"null",
        b"\\ud800",
        b"=?utf-8?b?",
    ),
    *(b"=?x?q?=ff?=", b"charset=punycode", b"charset=idna", b"boundary=", b"base64", b"9999-99-99"),
    *(
        "𝟙٣".encode(),
        "İ".encode(),
        "\u202e".encode(),
        b"=1+1",
        b"../../",
        b"${jndi:x}",
        b"' OR 1=1--",
    ),
)
"""Bytes that have broken parsers before."""

_edits = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.one_of(st.sampled_from(TRAPS), st.binary(max_size=8)),
    ),
    min_size=1,
    max_size=6,
)
"""Each: where (as a share of the length), how many bytes go, and what comes in their place."""


def _changed(right: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for share, gone, put in edits:
        at = int(share * len(right))
        right = right[:at] + put + right[at + gone :]
    return right


def _bytes_for(parser: Parser) -> st.SearchStrategy[bytes]:
    spoilt = st.builds(_changed, st.sampled_from(parser.right), _edits)
    return st.one_of(spoilt, st.binary(max_size=300), st.text(max_size=200).map(str.encode))


def _outcome(parser: Parser, raw: bytes) -> str:
    try:
        parser.read(raw)
    except parser.no:
        return "refused"
    return "taken"


@pytest.mark.soak
@pytest.mark.timeout(7200 if SOAK else 120)
@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_no_bytes_of_a_stranger_end_in_an_unforeseen_error(parser: Parser) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=not SOAK,
        suppress_health_check=list(HealthCheck),
    )
    @given(raw=_bytes_for(parser))
    def whatever(raw: bytes) -> None:
        _outcome(parser, raw)

    whatever()


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_what_is_right_is_taken(parser: Parser) -> None:
    """Else a parser that refuses everything would pass."""
    wanted = "refused" if parser.name == "token of a person" else "taken"  # it has no issuer
    assert {_outcome(parser, raw) for raw in parser.right} == {wanted}
