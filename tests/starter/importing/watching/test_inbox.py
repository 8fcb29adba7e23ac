"""A watched folder: what waits, what is moved where, and that nobody takes a file twice."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.errors import DomainError
from starter.importing.watching.inbox import STILL_SECONDS, WatchedFolder, file_state

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def put(folder: Path, name: str, seconds_ago: int = 60) -> Path:
    """A file that was written some time ago."""
    file = folder / name
    file.write_text(name)
    at = (NOW - timedelta(seconds=seconds_ago)).timestamp()
    os.utime(file, (at, at))
    return file


def test_only_whole_files_of_others_wait(tmp_path: Path) -> None:
    box = WatchedFolder(tmp_path)
    with box.held():
        for name in ("b.xml", "a.sta", ".hidden", "c.xml.part", "~d.xml"):
            put(tmp_path, name)
        put(tmp_path, "young.xml", STILL_SECONDS - 1)
        put(tmp_path, "still.xml", STILL_SECONDS)
        assert [one.name for one in box.waiting(NOW)] == ["a.sta", "b.xml", "still.xml"]


def test_a_file_is_moved_and_none_is_overwritten(tmp_path: Path) -> None:
    box = WatchedFolder(tmp_path)
    with box.held():
        for _ in range(2):
            box.done(box.begin(put(tmp_path, "a.xml")), "2026-11-30")
        box.failed(box.begin(put(tmp_path, "b.xml")), "line 3: is no amount")
    done = tmp_path / "done" / "2026-11-30"
    assert sorted(one.name for one in done.iterdir()) == ["a-1.xml", "a.xml"]
    assert (tmp_path / "failed" / "b.xml.why.txt").read_text() == "line 3: is no amount\n"
    assert not any(one.is_file() for one in (tmp_path / "working").iterdir())


def test_what_was_begun_before_a_crash_waits_again(tmp_path: Path) -> None:
    box = WatchedFolder(tmp_path)
    with box.held():
        box.begin(put(tmp_path, "a.xml"))
        assert box.waiting(NOW) == []
    with box.held():
        assert [one.name for one in box.waiting(NOW)] == ["a.xml"]


def test_a_folder_has_one_watcher(tmp_path: Path) -> None:
    refused = pytest.raises(DomainError, match="watched by another")
    with WatchedFolder(tmp_path).held(), refused, WatchedFolder(tmp_path).held():
        pass
    with WatchedFolder(tmp_path).held():
        pass


def test_what_is_mended_after_it_failed_waits_again(tmp_path: Path) -> None:
    """A program that still wrote to it, or a person: both find it where it lies."""
    box = WatchedFolder(tmp_path)
    with box.held():
        failed = box.failed(box.begin(put(tmp_path, "a.xml")), "line 3: this is no complete XML")
        assert box.waiting(NOW) == []
        put(failed.parent, "a.xml", seconds_ago=30)
        assert [one.name for one in box.waiting(NOW)] == ["a.xml"]
    assert not any((tmp_path / "failed").iterdir())


def test_the_longest_name_fails_like_any_other(tmp_path: Path) -> None:
    box = WatchedFolder(tmp_path)
    with box.held():
        for _ in range(2):
            box.failed(box.begin(put(tmp_path, f"{'ü' * 125}.xml")), "is empty")
    names = sorted(one.name for one in (tmp_path / "failed").iterdir())
    assert [name.lstrip("ü") for name in names] == [
        "-1.xml",
        "-1.xml.why.txt",
        ".xml",
        ".xml.why.txt",
    ]


def test_a_file_that_another_clock_dated_does_not_wait_for_years(tmp_path: Path) -> None:
    box = WatchedFolder(tmp_path)
    with box.held():
        put(tmp_path, "a.xml", seconds_ago=-86_400)
        assert [one.name for one in box.waiting(NOW)] == ["a.xml"]


def test_whoever_still_writes_changes_how_a_file_stands(tmp_path: Path) -> None:
    file = put(tmp_path, "a.sta")
    before = file_state(file)
    with file.open("a") as more:
        more.write("the rest")
    assert file_state(file) != before
