"""Routes for webhooks: which systems are told what happens, and how that goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field

from activities.services.webhooks import EndpointState
from adapters.config.environment import SettingsError
from starter.api.dependencies import Asked, shown_json
from starter.api.errors import HttpProblem
from starter.api.fields import Name, Short, Strict
from starter.api.reading import named_object
from starter.api.schemas import Shown

_Name = Annotated[str, Path(description="The endpoint's name.", min_length=1)]
_EXAMPLE: dict[str, Any] = {
    "name": "billing",
    "url": "https://billing.example/amicable",
    "kinds": ["credit.changed"],
}


class NewEndpoint(Strict):
    """A system that is to be told; the same name again changes it, and switches it on."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: Name
    url: Annotated[str, Field(max_length=1000, description="https, to no address of your own.")]
    kinds: Annotated[
        list[Short], Field(max_length=50, description="Kinds of events; all unless given.")
    ] = Field(default_factory=list)


class EndpointShown(Shown):
    """An endpoint, and how many events wait, were delivered or given up."""

    name: str
    url: str


class EndpointList(Shown):
    """All endpoints of this creditor."""

    items: list[EndpointShown]


class EndpointTold(Shown):
    """What became of it."""

    name: str


class NoMore(Strict):
    """Nothing is needed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


def list_endpoints(ask: Asked) -> JSONResponse:
    """List the systems that are told, and how their queues stand."""
    found = ask.application.webhooks.list(ask.creditor)
    return shown_json({"items": [_line(one) for one in found]})


def add_endpoint(new: NewEndpoint, ask: Asked) -> JSONResponse:
    """Tell another system of events from now on; the same name again changes it."""
    with _secret_needed():
        added = ask.application.webhooks.add(ask.creditor, new.name, new.url, new.kinds)
    return shown_json(_line(added))


def try_endpoint(name: _Name, _nothing: NoMore, ask: Asked) -> JSONResponse:
    """Post one signed event of the type webhook.test now, and show what was answered."""
    named = named_object(name, "webhook")
    with _secret_needed():
        found = ask.application.webhooks.try_out(ask.creditor, named)
    told = {"taken": found.taken, "status": found.status, "detail": found.detail}
    return shown_json({"name": named, **told})


def retry_endpoint(name: _Name, _nothing: NoMore, ask: Asked) -> JSONResponse:
    """Try at once what an endpoint did not take, also what was given up."""
    named = named_object(name, "webhook")
    queued = ask.application.webhooks.retry(ask.creditor, named, None)
    return shown_json({"name": named, "queued": queued})


def remove_endpoint(name: _Name, _nothing: NoMore, ask: Asked) -> JSONResponse:
    """Tell an endpoint nothing more, and forget what still waited for it."""
    named = named_object(name, "webhook")
    ask.application.webhooks.remove(ask.creditor, named)
    return shown_json({"name": named, "removed": True})


@contextmanager
def _secret_needed() -> Iterator[None]:
    """Without a secret to sign by, nobody can be told: whoever runs this must set one."""
    try:
        yield
    except SettingsError:
        raise HttpProblem(
            "refused", "webhooks have no secret here; ask whoever runs this"
        ) from None


def _line(one: EndpointState) -> dict[str, Any]:
    told = one.endpoint
    counts = {name: getattr(one, name) for name in ("pending", "delivered", "given_up")}
    return {"name": told.name, "url": told.url, "kinds": list(told.kinds), **counts}
