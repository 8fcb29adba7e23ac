"""A part of pytest that tells which tests run a line, and runs only those, the quickest first.

It is loaded with `-p tests.mutants.directed`: `--write-down FILE` writes how long each test takes
and tells coverage which one runs; `--order FILE` reads which tests to run, each with its limit;
`--first-failure FILE` writes what failed first.
"""

import functools
import gc
import json
import time
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest
from hypothesis import HealthCheck, Phase, settings

EXAMPLES = 25
"""As many lives or figures does a property draw here: a bug that needs more is not caught."""


def pytest_addoption(parser: pytest.Parser) -> None:
    for option in ("--write-down", "--order", "--first-failure"):
        parser.addoption(option, type=Path)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Draw the same examples each time, and look for no smaller one once a bug is seen."""
    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EXAMPLES,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
    if to := config.getoption("--write-down"):
        config.pluginmanager.register(_WritesDown(to))
    if to := config.getoption("--first-failure"):
        config.pluginmanager.register(_TellsTheFirstFailure(to))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that were asked for, in their order."""
    for item in items:
        drawing = getattr(getattr(item, "obj", None), "_hypothesis_internal_use_settings", None)
        if drawing is not None and drawing.max_examples > EXAMPLES:
            fewer = settings(drawing, max_examples=EXAMPLES)
            item.obj._hypothesis_internal_use_settings = fewer  # type: ignore[attr-defined]
    if order := config.getoption("--order"):
        limits: dict[str, float] = json.loads(order.read_text())
        places = {name: place for place, name in enumerate(limits)}
        items[:] = sorted(
            (item for item in items if item.nodeid in limits), key=lambda i: places[i.nodeid]
        )
        for item in items:
            item.add_marker(pytest.mark.timeout(limits[item.nodeid], method="thread"))


class _WritesDown:
    """Which test runs, for coverage, and how long each that passes takes."""

    def __init__(self, to: Path) -> None:
        self._to = to
        self._seconds: dict[str, float] = {}
        self._caches: list[functools._lru_cache_wrapper[object]] = []

    def pytest_collection_finish(self) -> None:
        self._caches = _caches()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for one in self._caches:
            one.cache_clear()  # so that every test that needs the value runs its line
        watching = coverage.Coverage.current()
        assert watching is not None
        watching.switch_context(item.nodeid)
        began = time.monotonic()
        result = yield
        watching.switch_context("")
        if item.nodeid in self._seconds:
            self._seconds[item.nodeid] = time.monotonic() - began
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self._seconds[report.nodeid] = report.duration
        if report.failed:
            self._seconds.pop(report.nodeid, None)

    def pytest_sessionfinish(self) -> None:
        self._to.write_text(json.dumps(self._seconds))


def _caches() -> "list[functools._lru_cache_wrapper[object]]":
    """Every function of ours that keeps what it once found out."""
    kept = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
    return [one for one in kept if one.__module__.partition(".")[0] in {"domain", "activities"}]


class _TellsTheFirstFailure:
    def __init__(self, to: Path) -> None:
        self._to = to

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._look(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._look(report)

    def _look(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        if report.failed and not self._to.exists():
            self._to.write_text(report.nodeid)
