"""Where people find the console."""

from __future__ import annotations

from adapters.config.settings import Settings


def console_address(settings: Settings) -> str:
    """Find the address that people open: passkeys want a name, so it is never a number."""
    return settings.console.address


def invitation_link(settings: Settings, secret: str) -> str:
    """Make the link of an invitation."""
    return f"{console_address(settings)}/enter/{secret}"
