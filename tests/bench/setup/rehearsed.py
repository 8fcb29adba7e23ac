"""Rehearses a folder in a process of its own: `python -m tests.bench.setup.rehearsed FOLDER`."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from domain.policy.policy_file import standard_policy
from starter.importing.files.options import ReadOptions
from starter.rehearsal.by_customer import RehearsalFiles, rehearsed_files
from tests.bench.setup import synthetic
from tests.bench.setup.figures import peak_mib


def files(folder: Path) -> RehearsalFiles:
    """The files of a folder, under the shipped policy."""
    return RehearsalFiles(
        invoices=folder / "invoices.csv",
        of_invoices=ReadOptions(),
        events=folder / "events.csv",
        of_events=ReadOptions(),
        policy=standard_policy(),
        until=synthetic.LAST_DAY,
    )


def main(folder: Path) -> None:
    """Tell how many lines came, in how many seconds, and how much memory it took at most."""
    began = time.perf_counter()
    with rehearsed_files(files(folder)) as lines:
        count = sum(1 for _ in lines)
    seconds = time.perf_counter() - began
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    told = {"lines": count, "seconds": seconds, "own": peak_mib(), "child": child}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
