"""A mail as a phone and a desk show it, by day and by night."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Any

import pytest

from adapters.letters.formats.html import html_of
from adapters.letters.letter import LetterContent
from tests.adapters.letters.contents import SHEETS
from tests.adapters.letters.formats.browser import looked_at
from tests.chromium import CHROMIUM

WIDTHS = (320, 360, 390, 1280)
PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(26, 30, 29)"}

MEASURE = """
  const seen = [...document.querySelectorAll("iframe")].map((frame) => {
    const page = frame.contentDocument, root = page.documentElement;
    const look = (what) => frame.contentWindow.getComputedStyle(page.querySelector(what));
    const button = page.querySelector(".b a");
    return {
      name: frame.name,
      width: root.clientWidth,
      needs: Math.max(root.scrollWidth, page.body.scrollWidth),
      paper: look(".c").backgroundColor,
      ink: look(".f table").color,
      button: button ? button.offsetWidth : 0,
      figures: page.querySelector(".f table").offsetWidth,
      blank: [...page.images].filter((image) => !image.naturalWidth).length,
    };
  });
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium; install one (apt: chromium)"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mail_fits_any_screen_and_is_easy_on_the_eye_at_night(
    tmp_path: Path, scheme: str
) -> None:
    seen = _look(tmp_path, scheme)

    assert len(seen) == len(WIDTHS) * len(SHEETS)
    assert not [page["name"] for page in seen if page["needs"] > page["width"]]
    assert {page["paper"] for page in seen} == {PAPER[scheme]}
    assert not [page for page in seen if page["blank"]]
    phones = [page for page in seen if page["width"] < 400 and page["button"]]
    assert phones
    assert not [page for page in phones if page["button"] != page["figures"]]


def _look(folder: Path, scheme: str) -> list[dict[str, Any]]:
    """Every sample in a frame of every width, and what a small script finds there."""
    frames = "".join(
        f'<iframe name="{name} {width}" style="width:{width}px;height:900px;border:0"'
        f' srcdoc="{escape(_with_pictures(content))}"></iframe>'
        for name, content in SHEETS.items()
        for width in WIDTHS
    )
    scheme_flag = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
    return looked_at(folder, [frames], MEASURE, scheme_flag)


def _with_pictures(content: LetterContent) -> str:
    """A browser has no parts of a mail to look into."""
    html = html_of(content)
    for code in content.codes:
        data = f"data:{code.media_type};base64,{b64encode(code.body).decode()}"
        html = html.replace(f"cid:{code.name}", data)
    return html
