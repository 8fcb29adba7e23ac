"""An endpoint is added only where all of it can be right, and never for an unknown creditor."""

import pytest

from activities.ports.stores.errors import NotKnownError, Sought
from activities.services.creditors import CreditorService
from activities.services.webhooks import WebhookService
from domain.errors import DomainError
from domain.parties.people import Creditor
from tests.activities.services.stores import Cases, Checks, Creditors, Endpoints, Line, clock

URL = "https://billing.example/hook"


@pytest.fixture
def endpoints() -> Endpoints:
    """Nobody listens yet."""
    return Endpoints()


@pytest.fixture
def service(endpoints: Endpoints) -> WebhookService:
    """The service, where acme is described and beta has a case."""
    creditors = CreditorService(
        Creditors({"acme": Creditor(id="acme")}), Cases({"beta": 1}), Checks()
    )
    return WebhookService(endpoints, creditors, Line(), clock)


def test_an_endpoint_is_shown_with_what_waits_for_it(service: WebhookService) -> None:
    added = service.add("acme", "billing", URL, ["credit.changed", "credit.changed"])
    assert (added.pending, added.delivered, added.given_up) == (2, 0, 0)
    assert added.endpoint.kinds == ("credit.changed",)
    assert service.list("acme") == (added,)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("no name", URL, []), "name"),
        (("billing", URL, ["money.found"]), "kinds"),
        (("billing", "http://billing.example", []), "url"),
    ],
)
def test_what_cannot_be_right_is_refused_by_its_field(
    service: WebhookService,
    endpoints: Endpoints,
    given: tuple[str, str, list[str]],
    field: str,
) -> None:
    with pytest.raises(DomainError) as refused:
        service.add("acme", *given)
    assert refused.value.field == field
    assert not endpoints.kept


def test_a_creditor_is_known_by_its_description_or_by_its_cases(service: WebhookService) -> None:
    service.add("beta", "billing", URL, [])
    with pytest.raises(NotKnownError) as refused:
        service.add("gamma", "billing", URL, [])
    assert refused.value.sought is Sought.CREDITOR


@pytest.mark.parametrize("verb", ["remove", "try_out"])
def test_another_creditors_endpoint_is_not_known(service: WebhookService, verb: str) -> None:
    service.add("acme", "billing", URL, [])
    with pytest.raises(NotKnownError, match="beta has no webhook billing"):
        getattr(service, verb)("beta", "billing")


def test_an_endpoint_is_tried_out_with_an_event_of_its_own_type(service: WebhookService) -> None:
    service.add("acme", "billing", URL, [])
    assert service.try_out("acme", "billing").detail == f"webhook.test to {URL}"
