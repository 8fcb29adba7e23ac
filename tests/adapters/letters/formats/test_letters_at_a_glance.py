"""Every letter of the gallery on a phone, in a browser: what is to be paid stands above the fold.

And at any width nothing breaks inside a number, an account, a reference or an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from adapters.letters.formats.html import html_of
from adapters.letters.text.catalogue import LANGUAGES
from starter.letters.samples import samples
from tests.adapters.letters.formats.browser import looked_at
from tests.adapters.letters.reading import LETTERS
from tests.chromium import CHROMIUM

FOLD = 844
"""The height of a phone of 390 pixels."""

OWN_HEAD = 200
"""What a mail program itself shows above a letter: its bar, subject and sender."""

MEASURE = """
const number = "[+]?[A-Z0-9][A-Z0-9\\u00a0-]*\\\\d[A-Z0-9\\u00a0-]*";
const whole = new RegExp(number + "|(?:[A-Z0-9]{2,5} ){2,}[A-Z0-9]{1,5}", "g");
const lines = (range) => new Set([...range.getClientRects()].filter((box) => box.width)
  .map((box) => Math.round(box.top))).size;
const broken = (page) => {
  const found = [], walk = page.createTreeWalker(page.body, 4), range = page.createRange();
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.textContent.includes("://")) continue;
    for (const hit of node.textContent.matchAll(whole)) {
      range.setStart(node, hit.index); range.setEnd(node, hit.index + hit[0].length);
      if (lines(range) > 1) found.push(hit[0]);
    }
  }
  return found;
};
const seen = [...document.querySelectorAll("iframe")].map((frame) => {
  const page = frame.contentDocument, root = page.documentElement;
  const glance = page.querySelector(".g");
  const button = glance && glance.parentElement.querySelector(".b a");
  const foot = (it) => it.getBoundingClientRect().bottom;
  const end = Math.max(...[glance, button].filter(Boolean).map(foot));
  return {
    name: frame.name, end: glance ? Math.ceil(end) : 0, broken: broken(page),
    width: root.clientWidth, needs: Math.max(root.scrollWidth, page.body.scrollWidth),
  };
});
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium; install one (apt: chromium)"),
]

ASKS_NOTHING = re.compile(" (thanks|hardship)")


def _frames(width: int, wanted: Iterator[tuple[str, str]]) -> Iterator[str]:
    for name, html in wanted:
        yield (
            f'<iframe name="{name} {width}" style="width:{width}px;height:{FOLD}px;border:0"'
            f' srcdoc="{escape(html)}"></iframe>'
        )


def _letters(language: str, names: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for sample in samples(language):
        if not names or sample.name in names:
            yield f"{language} {sample.name}", html_of(LETTERS.content(sample.data))


@pytest.mark.timeout(300)
def test_amount_day_and_way_are_above_the_fold_of_a_phone_in_every_letter(tmp_path: Path) -> None:
    """The whole gallery at 390 pixels, where no number is broken either."""
    frames = (frame for one in LANGUAGES for frame in _frames(390, _letters(one)))
    seen = looked_at(tmp_path, frames, MEASURE)

    assert len(seen) == sum(1 for one in LANGUAGES for _ in samples(one))
    asking = [page for page in seen if not ASKS_NOTHING.search(page["name"])]
    assert not [page["name"] for page in asking if not 0 < page["end"] <= FOLD - OWN_HEAD]
    _whole(seen)


@pytest.mark.timeout(300)
def test_no_number_account_or_reference_breaks_at_any_width(tmp_path: Path) -> None:
    names = ("formal-final", "several-firm", "agreement-plan", "confirm", "payment_returned-refund")
    frames = (
        frame
        for language in LANGUAGES
        for width in (320, 360, 480, 800)
        for frame in _frames(width, _letters(language, names))
    )
    _whole(looked_at(tmp_path, frames, MEASURE))


def _whole(seen: list[dict[str, Any]]) -> None:
    assert not [(page["name"], page["broken"]) for page in seen if page["broken"]]
    assert not [page["name"] for page in seen if page["needs"] > page["width"]]
