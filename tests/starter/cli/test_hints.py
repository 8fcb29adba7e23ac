"""What is not there is told with the command that shows what is."""

import pytest

from activities.ports.stores.errors import NotKnownError, Sought
from starter.cli.ending import end
from starter.cli.exit_codes import NOT_FOUND, USAGE
from starter.cli.hints import with_hint


@pytest.mark.parametrize("sought", list(Sought))
def test_everything_that_may_not_be_there_has_a_hint(sought: Sought) -> None:
    told = with_hint(NotKnownError(sought, "there is no such thing"))
    assert told.startswith("there is no such thing; ")


def test_what_is_not_there_ends_a_command_with_its_own_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert end(NotKnownError(Sought.KEY, "there is no key 7")) == NOT_FOUND != USAGE
    assert capsys.readouterr().err == (
        "✘ there is no key 7; `amicable key list` shows what there is\n"
    )
