"""Runs the gateway: `python -m starter.api`."""

from adapters.config.settings import Settings
from adapters.runtime.machine import leave
from starter.api.server import application_of, serve_gateway
from starter.cli.ending import run_to_the_end

if __name__ == "__main__":
    leave(run_to_the_end(lambda: serve_gateway(application_of(Settings()))))
