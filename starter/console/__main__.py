"""Runs the console: `python -m starter.console`."""

from adapters.config.settings import Settings
from adapters.runtime.machine import leave
from starter.cli.ending import run_to_the_end
from starter.console.server import console_application, serve_console

if __name__ == "__main__":
    leave(run_to_the_end(lambda: serve_console(console_application(Settings()))))
