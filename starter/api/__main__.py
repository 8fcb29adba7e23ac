"""Runs the gateway: `python -m starter.api`."""

from adapters.config.settings import Settings
from adapters.runtime.machine import leave
from starter.api.server import application_of, serve_gateway
from starter.cli.ending import end


def _main() -> int:
    """Serve until told to stop; what stands in the way is told in words."""
    try:
        serve_gateway(application_of(Settings()))
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except Exception as error:  # noqa: BLE001 - a person gets words, never a traceback
        return end(error)
    return 0


if __name__ == "__main__":
    leave(_main())
