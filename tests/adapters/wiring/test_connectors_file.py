"""The file of connectors: each is made, its secrets come from files or the environment alone."""

from pathlib import Path

import pytest

from adapters.config.environment import SettingsError
from adapters.config.settings import Settings
from adapters.runtime.machine import machine_clock
from adapters.wiring.billing.connectors import CONNECTOR_KINDS, connectors_of

BOOKS = '[books]\ncreditor = "acme"\nurl = "https://books.example"\nkey_env = "BOOKS_KEY"\n'


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKS_KEY", "secret-of-the-books")


def _settings(folder: Path, text: str) -> Settings:
    file = folder / "connectors.toml"
    file.write_text(text)
    return Settings(connectors_file=file)


@pytest.mark.parametrize("kind", CONNECTOR_KINDS)
def test_each_kind_is_made(tmp_path: Path, kind: str) -> None:
    text = f'{BOOKS}kind = "{kind}"\npush = true\n'
    (one,) = connectors_of(_settings(tmp_path, text), machine_clock)
    assert (one.name, one.creditor, one.connector.kind, one.pushes) == (
        "books",
        "acme",
        kind,
        True,
    )
    assert connectors_of(Settings(), machine_clock) == ()


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k\n")
    told = BOOKS.replace('key_env = "BOOKS_KEY"', f'key_file = "{tmp_path / "key"}"')
    assert connectors_of(_settings(tmp_path, f'{told}kind = "lago"\n'), machine_clock)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOOKS, "kind"),
        (f'{BOOKS}kind = "xero"\n', "xero"),
        (f'{BOOKS}kind = "lago"\nkey = "k"\n', "key"),
        (f'{BOOKS}kind = "lago"\nkey_file = "/nowhere"\n', "keep one of them"),
        (BOOKS.replace("BOOKS_KEY", "NOWHERE") + 'kind = "lago"\n', "NOWHERE is not set"),
        (BOOKS.replace("https:", "http:") + 'kind = "lago"\n', "http URL refused"),
        (BOOKS.replace('creditor = "acme"', "") + 'kind = "lago"\n', "whose invoices"),
        (BOOKS.replace("books]", "Books of us]") + 'kind = "lago"\n', "cannot be read"),
        ('books = "lago"\n', "such as"),
        ('[books]\nkind = "lago"\ncreditor = "a"\nurl = "https://x.example"\n', "key is missing"),
        ("[", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason) as refused:
        connectors_of(_settings(tmp_path, text), machine_clock)
    assert "AMICABLE_CONNECTORS_FILE" in str(refused.value)
    assert "secret-of-the-books" not in str(refused.value)
