"""Puts together what answers customers on their page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from activities.ports.clock import Clock
from activities.ports.types import Envelope, Sent
from activities.services.page.acts import CustomerWords
from activities.services.page.links import PageLinkService
from activities.services.page.proofs import PageProofService
from activities.services.page.view import CustomerPageService
from adapters.config.settings import Settings
from adapters.config.tokens import Tokens
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.page.links import SqlPageLinks
from adapters.ledger.page.proofs import SqlPageProofs
from adapters.ledger.stores.cases import SqlCaseFiles, SqlCaseLists
from adapters.ledger.stores.erasure import SqlErasureStore
from adapters.ledger.stores.evidence import SqlEvidenceStore
from adapters.runtime.machine import machine_clock
from adapters.wiring.callback_urls import page_url
from adapters.wiring.choose import channels
from adapters.wiring.online import OnlineServices


@dataclass(frozen=True, kw_only=True)
class PageServices:
    """What answers customers on their page.

    Attributes:
        shown: what a link shows.
        words: says to cases what customers say.
        links: the links themselves.
        proofs: addresses that are confirmed.
        send_mail: hands over a mail that a customer asked for; tells whether it was taken.
        online: paying online.
    """

    shown: CustomerPageService
    words: CustomerWords
    links: PageLinkService
    proofs: PageProofService
    send_mail: Callable[[Envelope], bool]
    online: OnlineServices


def page_services(engine: Engine, settings: Settings, clock: Clock = machine_clock) -> PageServices:
    """Make them, on one ledger."""
    links, files = SqlPageLinks(engine), SqlCaseFiles(engine)

    def send_mail(envelope: Envelope) -> bool:
        return channels(settings)["email"].send(envelope).sent is Sent.ACCEPTED

    return PageServices(
        shown=CustomerPageService(
            links=links,
            files=files,
            lists=SqlCaseLists(engine),
            evidence=SqlEvidenceStore(engine),
            erasure=SqlErasureStore(engine),
            clock=clock,
        ),
        words=CustomerWords(SqlLedger(engine), clock),
        links=PageLinkService(links, files, page_url(settings)),
        proofs=PageProofService(
            SqlPageProofs(engine), Tokens(settings.replies.secrets).seal, clock
        ),
        send_mail=send_mail,
        online=OnlineServices(engine, settings, clock),
    )
