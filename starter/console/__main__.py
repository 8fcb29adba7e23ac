"""Runs the console: `python -m starter.console`."""

from adapters.config.settings import Settings
from adapters.runtime.machine import leave
from starter.cli.ending import end
from starter.console.server import console_application, serve_console


def _main() -> int:
    """Serve until told to stop; what stands in the way is told in words."""
    try:
        serve_console(console_application(Settings()))
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except Exception as error:  # noqa: BLE001 - a person gets words, never a traceback
        return end(error)
    return 0


if __name__ == "__main__":
    leave(_main())
