"""Puts the service for acts on many customers together, for commands, gateway and console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activities.services.many.bulk import BulkService
from adapters.runtime.machine import machine_clock
from adapters.wiring.desk import looking_service, worklist_service

if TYPE_CHECKING:
    from activities.services.console.looking import LookingService
    from starter.application import Application


def notes_of(application: Application) -> LookingService:
    """Make the service that keeps notes about customers."""
    return looking_service(application.engine)


def bulk_of(application: Application) -> BulkService:
    """Make the service for what is done to many at once."""
    worklist = worklist_service(
        application.engine, application.cases, application.policies, machine_clock
    )
    return BulkService(
        cases=application.cases,
        say=application.desk.say,
        customers=application.customers,
        team=application.team,
        worklist=worklist,
        notes=notes_of(application),
        clock=machine_clock,
    )
