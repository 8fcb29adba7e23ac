"""What the tests of telling other systems share."""

from datetime import timedelta

from sqlalchemy import Engine, text

from activities.ports.events import Endpoint
from activities.webhooks.sender import WebhookSender
from adapters.config.settings_groups import WebhookSettings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.webhooks.deliveries import SqlDeliveryQueue
from adapters.ledger.webhooks.endpoints import put_endpoint
from adapters.webhooks.signed_post import SignedPost
from tests.ledger.cases.test_domain_events import event
from tests.receiver import Receiver

MASTER = "only-for-tests-0123456789"
OLD = "the-one-before-0123456789"


def sender(engine: Engine, receiver: Receiver, **more: str) -> WebhookSender:
    """A postman with the tests' secret, who may call the receiver."""
    settings = WebhookSettings.model_validate(
        {"secret": MASTER, "allow": f"127.0.0.1:{receiver.port}", **more}
    )
    return WebhookSender(SqlDeliveryQueue(engine), SignedPost(settings))


def listen(engine: Engine, creditor: str, receiver: Receiver, *kinds: str) -> Endpoint:
    """Let a creditor's billing system listen."""
    endpoint = Endpoint(creditor=creditor, name="billing", url=receiver.url, kinds=kinds)
    put_endpoint(engine, endpoint)
    return endpoint


def announce(ledger: SqlLedger, case: str, mark: str = "1", kind: str = "case.closed") -> None:
    """Let something happen on a case."""
    with ledger.account_of(case) as account:
        assert account.events.announce(event(case, mark, kind))


def sooner(engine: Engine, by: timedelta) -> None:
    """Let time pass for the queue, by the database's clock."""
    with engine.begin() as link:
        link.execute(text("UPDATE webhook_delivery SET next_at = next_at - :by"), {"by": by})
