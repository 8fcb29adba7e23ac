"""Finds for whom an assistant asks."""

from __future__ import annotations

from activities.ports.assistant.acts import OnBehalf
from activities.ports.stores.gateway import ApiKey
from domain.errors import DomainError
from starter.application import Application


def on_behalf(application: Application, key: ApiKey, person: str) -> OnBehalf:
    """Find for whom an assistant acts: somebody of the team of its key's creditor.

    Raises:
        DomainError: if that is nobody.
    """
    if not any(one.name == person for one in application.team.list(key.creditor)):
        raise DomainError("name somebody of the team for whom the assistant asks", field="person")
    return OnBehalf(creditor=key.creditor, person=person, key_id=key.id, label=key.label)
