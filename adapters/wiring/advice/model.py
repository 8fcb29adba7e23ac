"""Puts together what lets a model read answers, where somebody switched one on."""

from __future__ import annotations

from activities.inbound.model_readings import ModelBounds, ModelReadings
from activities.ports.clock import Clock
from adapters.config.environment import SettingsError
from adapters.config.settings_groups import ModelSettings
from adapters.ledger.core.engine import Engine
from adapters.ledger.inbound.readings import SqlReadings
from adapters.model.chat import ChatReader


def model_readings(engine: Engine, settings: ModelSettings, clock: Clock) -> ModelReadings | None:
    """Make it; None if no address is named, or nobody switched it on.

    Raises:
        SettingsError: if its address is not safe.
    """
    if not settings.url or not settings.switched_on:
        return None
    bounds = ModelBounds(creditors=settings.switched_on, per_day=settings.per_day)
    try:
        reader = ChatReader(settings)
    except ValueError as error:
        raise SettingsError(str(error)) from None
    return ModelReadings(reader, SqlReadings(engine), clock, bounds)
