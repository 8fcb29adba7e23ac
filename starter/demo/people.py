"""Invites a sample supervisor of the sample creditor to the console."""

from __future__ import annotations

from domain.parties.console import ConsoleRole
from starter.application import Application
from starter.console.server_address import invitation_link
from starter.console.services import ConsoleServices
from starter.demo.samples import DEMO_CREDITOR

DEMO_PERSON = "ann"


def link_of_the_demo(application: Application) -> str:
    """Make a link that opens the console once, with the worklist in order."""
    services = ConsoleServices(application)
    services.worklist.refresh(DEMO_CREDITOR.id)
    role, zone = ConsoleRole.SUPERVISOR, "Europe/London"
    secret = services.access.invite(DEMO_CREDITOR.id, DEMO_PERSON, role, by="the demo", zone=zone)
    return invitation_link(application.settings, secret)
