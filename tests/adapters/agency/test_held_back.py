"""No agency gets a case any more once the account's lock is gone, however late that is seen."""

from dataclasses import replace
from pathlib import Path

from activities.ports.clock import LastLook
from activities.ports.types import Sent
from adapters.agency.agency import AgencyFolder
from adapters.agency.debitura import DebituraApi
from tests.adapters.agency.dossiers import DOSSIER
from tests.adapters.agency.test_debitura import described
from tests.peers.debitura import debitura


def _gone_after(looks: int) -> LastLook:
    """A look whose lock is gone after it was asked for so often."""
    answers = iter([True] * looks)
    return LastLook(is_held=lambda: next(answers, False))


def test_a_folder_gets_no_case_when_the_lock_goes_while_its_files_are_written(
    tmp_path: Path,
) -> None:
    receipt = AgencyFolder(tmp_path).deliver(replace(DOSSIER, look=_gone_after(1)))

    assert receipt.sent is Sent.STALE
    assert list(tmp_path.glob("*/*.json")) == []


def test_debitura_gets_no_case_when_the_lock_goes_while_it_is_looked_for(tmp_path: Path) -> None:
    with debitura() as (address, account):
        api = DebituraApi(described(tmp_path, address))
        dossier = replace(DOSSIER, debtor=replace(DOSSIER.debtor, country="DE"))
        receipt = api.deliver(replace(dossier, look=_gone_after(1)))

        assert (receipt.sent, account.cases) == (Sent.STALE, {})
        assert api.deliver(replace(dossier, look=_gone_after(2))).sent is Sent.ACCEPTED
        assert len(account.cases) == 1
