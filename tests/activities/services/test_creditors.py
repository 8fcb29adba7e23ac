"""A creditor is described only by what letters can be written with."""

import pytest

from activities.ports.stores.errors import NotKnownError
from activities.services.creditors import CreditorService
from domain.errors import DomainError
from domain.parties.people import Creditor
from tests.activities.services.stores import Cases, Checks, Creditors


@pytest.fixture
def service() -> CreditorService:
    """The service, to which nobody is known."""
    return CreditorService(Creditors(), Cases(), Checks())


@pytest.mark.parametrize(
    ("company", "field"),
    [
        (Creditor(id=""), "id"),
        (Creditor(id="a/b", email="a@acme.example"), "id"),
        (Creditor(id="acme"), "email"),
    ],
)
def test_what_no_letter_can_be_written_with_is_refused_by_its_field(
    service: CreditorService, company: Creditor, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        service.describe(company)
    assert refused.value.field == field
    assert not service.is_known(company.id)


def test_what_was_described_is_shown(service: CreditorService) -> None:
    with pytest.raises(NotKnownError):
        service.show("acme")
    service.describe(Creditor(id="acme", email="a@acme.example"))
    assert service.show("acme").email == "a@acme.example"
