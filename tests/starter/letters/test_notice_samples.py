"""The gallery shows the last demand of every law that we know, in each language of its words."""

from __future__ import annotations

from pathlib import Path

from adapters.letters.notices import notices
from adapters.letters.text.catalogue import LANGUAGES
from starter.letters.notice_samples import notice_samples, notice_writer
from tests.adapters.letters.test_letters_tact import pattern


def test_every_notice_is_in_the_gallery_in_each_of_its_languages(tmp_path: Path) -> None:
    """P20, P26: calm there too; and nothing of a plain demand is left in its subject."""
    letters, seen = notice_writer(tmp_path), set()
    for language in LANGUAGES:
        for sample in notice_samples(language):
            country, kind = sample.data.debtor.country, sample.data.debtor.kind
            (notice,) = [
                one for one in notices() if one.country == country and one.kind in ("any", kind)
            ]
            content = letters.content(sample.data)
            assert content.subject.startswith(notice.words[language]["subject"].partition("%")[0])
            assert not pattern(language).search(" ".join(one.text for one in content.opening))
            seen.add((country, notice.kind, language))

    assert seen == {(one.country, one.kind, each) for one in notices() for each in one.words}
