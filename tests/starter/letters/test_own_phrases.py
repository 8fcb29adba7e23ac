"""Faults of a creditor's own translations: each kind is named with its file and its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from starter.letters.checking import problems_in
from starter.letters.own_phrases import phrase_problems
from tests.starter.letters.test_own_letters import LAYOUT, folder

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n%s"\n\n'
FIRM = (
    "Please pay %(owed)s by %(deadline)s. If that is not possible, call us before that day to "
    "agree another date."
)
DAYS = 'msgid "%%(n)d day ago"\nmsgid_plural "%%(n)d days ago"\n%s'


def po(phrase: str, said: str, mark: str = "") -> str:
    return f'{HEAD % ""}{mark}msgid "{phrase}"\nmsgstr "{said}"\n'


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        ("de", "Bitte zahlen Sie bis zum %(deadline)s.", "leaves out owed"),
        ("de", "Bitte zahlen Sie %(owed)s.", "leaves out deadline"),
        ("de", "Bitte zahlen Sie %(owd)s bis zum %(deadline)s.", "has no value owd"),
        ("de", "Zahlen Sie %(owed)s bis %(deadline).", "has a value without its end"),
        ("de", FIRM, "is said in en, not in de"),
        (
            "de",
            "Nous vous prions de régler %(owed)s au plus tard le %(deadline)s.",
            "is said in fr, not in de",
        ),
        ("sv", "Vi ber Dem betale %(owed)s senest den %(deadline)s.", ""),
        ("pl", "Просим оплатить %(owed)s не позднее %(deadline)s.", "is said in ru, not in pl"),
        ("nl", "Bitte zahlen Sie %(owed)s bis zum %(deadline)s.", "is said in de, not in nl"),
        ("nl", "Betaal %(owed)s alstublieft vóór of op %(deadline)s.", ""),
        ("it", "Si prega di saldare %(owed)s entro il %(deadline)s.", ""),
    ],
)
def test_a_translation_that_loses_a_value_or_speaks_another_language_is_a_fault(
    tmp_path: Path, code: str, said: str, told: str
) -> None:
    own = folder(tmp_path, **{f"{code}.po": po(FIRM, said)})
    found = [str(one) for one in phrase_problems(own)]

    assert len(found) == bool(told), found
    assert all(one.startswith(f"{code}.po:4: ") and told in one for one in found)


@pytest.mark.parametrize(
    ("head", "forms", "told"),
    [
        ("", 'msgstr[0] "%(n)d dzień temu"\nmsgstr[1] "%(n)d dni temu"\n', "has 2 forms; pl has 3"),
        (
            "Plural-Forms: nplurals=2; plural=(n != 1);\\n",
            'msgstr[0] "%(n)d dzień temu"\nmsgstr[1] "%(n)d dni temu"\n',
            "Plural-Forms: pl has 3 forms",
        ),
    ],
)
def test_plural_forms_that_a_language_has_not_are_a_fault(
    tmp_path: Path, head: str, forms: str, told: str
) -> None:
    own = folder(tmp_path, **{"pl.po": HEAD % head + DAYS % forms})

    assert any(told in str(one) for one in phrase_problems(own))


def test_a_translation_that_is_never_said_is_a_fault(tmp_path: Path) -> None:
    """A sign too many in the English, or a mark of a tool: the letter would stay as it was."""
    said = "Bitte zahlen Sie %(owed)s bis zum %(deadline)s."
    typo = folder(tmp_path / "typo", **{"de.po": po(FIRM.replace("call", "cal"), said)})
    marked = folder(tmp_path / "marked", **{"de.po": po(FIRM, said, "#, fuzzy\n")})

    assert "is no phrase of any letter" in str(next(phrase_problems(typo)))
    assert "is marked fuzzy" in str(next(phrase_problems(marked)))


def test_a_layout_without_the_link_is_a_fault(tmp_path: Path) -> None:
    shown = (
        "{{ glance.sums[0].value }} {{ glance.until.value }} {{ contact }}"
        "{% for row in glance.transfer %}{{ row.value }} {% endfor %}"
    )
    page = LAYOUT.replace("{{ %s }}", shown)
    own = folder(tmp_path, **{"mail.mjml": page})

    assert [str(one) for one in problems_in(own)] == [
        "mail.mjml: leaves out the link (glance.online, page, or ways); every demand says it"
    ]
