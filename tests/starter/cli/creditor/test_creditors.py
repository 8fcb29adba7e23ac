"""The company that is owed, described by a file: every wrong word is named with its key."""

import pytest

from tests.starter.cli.conftest import Shell

WHO = 'id = "fir"\nname = "Fir Ltd"\nemail = "billing@fir.example"\n'
WHOLE = """
iban = "GB33 BUKB 2020 1555 5555 55"
bic = "BUKBGB22"
pay_link = "https://pay.fir.example"
sender_name = "Fir accounts"
signature = "Ann Miller\\nFir Ltd"
languages = "de, fr-CH, en"
reference = "iso11649"
"""


def test_how_a_creditor_signs_and_is_paid_is_kept(shell: Shell) -> None:
    shell("creditor", "set", shell.write("fir.toml", WHO + WHOLE))
    told = shell("creditor", "show", "fir", "-o", "json").json
    assert (told["sender_name"], told["signature"]) == ("Fir accounts", "Ann Miller\nFir Ltd")
    assert (told["languages"], told["reference"]) == ("de, fr-CH, en", "iso11649")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('iban = "DE00"', "iban: is no valid IBAN"),
        ('bic = "BUK"', "bic: is no valid BIC"),
        ('pay_link = "javascript:alert(1)"', "pay_link: is no https link"),
        ('reference = "iso"', "reference: is no scheme"),
        ('languages = "de, klingon"', "languages: 'klingon' is no language; write tags such as"),
        ('languages = "de,,en"', "languages: '' is no language; write tags such as"),
        ('sender_name = "Fir\\nBcc: x"', "sender_name: holds a line break"),
        ("signature = 1", "signature must be a text in quotes"),
    ],
)
def test_what_is_wrong_is_named_with_its_key_and_nothing_is_kept(
    shell: Shell, line: str, complaint: str
) -> None:
    file = shell.write("elm.toml", WHO.replace('"fir"', '"elm"') + line + "\n")
    assert f"elm.toml: {complaint}" in " ".join(
        shell("creditor", "set", file, expect=1).err.split()
    )
    shell("creditor", "show", "elm", expect=3)
