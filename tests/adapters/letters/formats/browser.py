"""Looks at pages in a headless Chromium: each in a frame of its own, all in one start."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any

from tests.chromium import CHROMIUM

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--dump-dom",
)

_SHOWN = """<pre id="seen"></pre><script>
addEventListener("load", () => {
  %s
  document.getElementById("seen").textContent = JSON.stringify(seen);
});
</script>"""


def looked_at(
    folder: Path, frames: Iterable[str], script: str, *flags: str
) -> list[dict[str, Any]]:
    """Load frames, run a script that fills ``seen`` when all are there, and answer it."""
    page = folder / "mails.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8>{''.join(frames)}{_SHOWN % script}", "utf-8"
    )
    profile = f"--user-data-dir={folder / 'profile'}"
    done = subprocess.run(
        [CHROMIUM, *FLAGS, *flags, profile, page.as_uri()],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    found = re.search(r'<pre id="seen">(.+?)</pre>', done.stdout)
    assert found, done.stderr
    pages: list[dict[str, Any]] = json.loads(unescape(found[1]))
    return pages
