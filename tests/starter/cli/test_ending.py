"""How a command ends: errors say what is wrong, the command line adds what to type."""

import pytest

from activities.case_service import NoSuchCaseError
from activities.payments.posting import StatedCreditNoteError
from domain.errors import DomainError
from starter.cli.ending import end
from starter.cli.exit_codes import ERROR, NOT_FOUND
from starter.importing.files.problems import FileError, ReadOption
from starter.missing import Missing, NotReadyError

TOLD = [
    (NotReadyError(Missing.ADDRESS, "no ledger"), ERROR, "no ledger: run `amicable up`, or set"),
    (NotReadyError(Missing.MIGRATION, "is at 1"), ERROR, "is at 1: run `amicable migrate`"),
    (NotReadyError(Missing.TEMPORAL, "silent"), ERROR, "silent: run `amicable up`, or check"),
    (NotReadyError(Missing.LEDGER, "cannot be reached"), ERROR, "✘ cannot be reached\n"),
    (NoSuchCaseError("there is no case X"), NOT_FOUND, "X; `amicable invoice list` shows"),
    (StatedCreditNoteError("R 1"), ERROR, "say it to the invoice: amicable invoice credit 'R 1'"),
    (FileError(["a.csv:2: due: no"], [ReadOption.DATE_FORMAT]), ERROR, "no\n--date-format DD/MM"),
    (FileError(["a.csv:2: due: no"]), ERROR, "✘ a.csv:2: due: no\n"),
    (DomainError("too much"), ERROR, "✘ too much\n"),
    (RuntimeError("odd"), ERROR, "odd (test_ending.py:"),
]


@pytest.mark.parametrize(("error", "code", "words"), TOLD)
def test_an_error_is_told_with_what_to_type(
    error: Exception, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(type(error)) as raised:
        raise error

    assert end(raised.value) == code
    assert words in capsys.readouterr().err


def test_every_option_that_a_file_may_need_has_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    end(FileError(["a.csv: no"], ReadOption))
    told = capsys.readouterr().err

    for option in ("--map", "--set", "--date-format", "--decimal-comma"):
        assert f"\n{option} " in told


def test_a_file_names_each_option_once() -> None:
    twice = [ReadOption.COLUMNS, ReadOption.CONSTANTS, ReadOption.COLUMNS]

    assert FileError([], twice).options == (ReadOption.COLUMNS, ReadOption.CONSTANTS)
