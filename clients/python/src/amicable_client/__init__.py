"""Talks to Amicable's gateway: `Amicable`, `AsyncAmicable`, and what they are told."""

from amicable_client.async_client import AsyncAmicable
from amicable_client.client import Amicable
from amicable_client.lines import Line
from amicable_client.models import *  # noqa: F403 - every model is meant to be found here
from amicable_client.models import __all__ as _models
from amicable_client.paging import every, every_async
from amicable_client.problems import *  # noqa: F403
from amicable_client.problems import __all__ as _problems
from amicable_client.transport import Retries
from amicable_client.webhooks import Event, UnsignedEventError, read_event

__all__ = [  # noqa: PLE0604 - names, joined
    "Amicable",
    "AsyncAmicable",
    "Event",
    "Line",
    "Retries",
    "UnsignedEventError",
    "every",
    "every_async",
    "read_event",
    *_models,
    *_problems,
]
