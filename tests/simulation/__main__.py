"""`make simulate`: 1,000 customers through a year, in groups of which each plays by itself.

``SEED=7 make simulate`` throws other dice; ``SEED=7-3 make simulate`` plays group 3 of them again,
and writes down all that happened in it, with ``EVERY_STEP=1`` each statement and call as well.
``CUSTOMERS`` and ``DAYS`` make it smaller.

``python -m tests.simulation FOLDER CUSTOMERS DAYS SEED …`` plays seeds one after another until a
promise is broken, on a server that runs and is written down in that folder: for planted bugs.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console

from infra.servers.postgres import PostgresServer
from tests import servers
from tests.simulation.ledger import start_server
from tests.simulation.year import Told, play, quiet

GROUP = 100
"""Customers who live in one ledger; more would only make each look of the reconciler longer."""

CONSOLE = Console(highlight=False)
_LOG = Path("var") / "simulation.log"


def main() -> int:
    """Play what the environment asks for; 1 if a promise was broken."""
    seed, days = os.environ.get("SEED", "1"), int(os.environ.get("DAYS", "365"))
    customers = int(os.environ.get("CUSTOMERS", "1000"))
    os.environ["PYTHONHASHSEED"] = "0"  # of the processes to come: sets keep their order
    seeds = [f"{seed}-{n}" for n in range(1, -(-customers // GROUP) + 1)]
    alone = "-" in seed
    figures, broken = Counter[str](), list[Told]()
    with servers.session_folder() as folder:
        server = start_server(folder)
        wanted = [seed] if alone else seeds
        every_step = bool(os.environ.get("EVERY_STEP"))
        for told in _played(server, wanted, (min(GROUP, customers), days), every_step=every_step):
            figures.update(told.figures)
            broken += [told] if told.broken else []
            _show(told)
            if alone:
                _LOG.parent.mkdir(exist_ok=True)
                _LOG.write_text("\n".join(told.log))
    for name, count in sorted(figures.items()):
        CONSOLE.print(f"  {name:28} {count:12,.0f}")
    for told in broken:
        CONSOLE.print(f"\nplay it again: SEED={told.seed} make simulate", style="bold")
    CONSOLE.print("every promise was kept" if not broken else f"broken in {len(broken)} groups")
    return 1 if broken else 0


def until_broken(folder: str, customers: int, days: int, seeds: list[str]) -> int:
    """Say which promise was broken first; 1 if any was."""
    server = pickle.loads((Path(folder) / "server").read_bytes())  # noqa: S301 - our own
    quiet()
    for seed in seeds:
        told = play(server, seed, customers, days)
        if told.broken:
            CONSOLE.print(f"{seed}: {told.broken}", markup=False, soft_wrap=True)
            return 1
    CONSOLE.print(f"{len(seeds)} groups, nothing broken")
    return 0


def _played(
    server: PostgresServer, seeds: list[str], world: tuple[int, int], *, every_step: bool
) -> Iterator[Told]:
    """Play groups side by side, each in a process of its own; the first that ends comes first."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), context, quiet, max_tasks_per_child=1) as pool:
        runs = [pool.submit(play, server, seed, *world, every_step=every_step) for seed in seeds]
        for done in as_completed(runs):
            yield done.result()


def _show(told: Told) -> None:
    cpu, cases = told.figures["cpu"], told.figures["cases"]
    CONSOLE.print(f"{told.seed:>6}: {cases:.0f} cases, {cpu:.0f} s of work, log {told.digest}")
    if told.broken:
        CONSOLE.print(told.broken, style="bold red", markup=False)


if __name__ == "__main__":
    if sys.argv[1:]:
        place, most, length = sys.argv[1:4]
        sys.exit(until_broken(place, int(most), int(length), sys.argv[4:]))
    sys.exit(main())
