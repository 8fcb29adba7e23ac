"""Where something went wrong, for a log that repeats no value of anybody's."""

from __future__ import annotations

import traceback
from pathlib import PurePath

_OTHERS = frozenset({"site-packages", "lib", "concurrent", "asyncio"})
"""Folders of code that is not ours."""


def place_of(error: BaseException) -> str:
    """File and line of a fault in our own code; never its text, which may hold anything."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if not _OTHERS & set(PurePath(frame.filename).parts)]
    last = (ours or frames)[-1:]
    return "".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in last)
