"""A creditor's own letters: used where they are good, and told apart by file and line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from activities.ports.letter_data import LetterData
from activities.ports.types import LetterError
from adapters.letters.writer import LetterWriter
from starter.letters.checking import problems_in
from starter.letters.samples import samples
from tests.adapters.letters.contents import qr_code

LAYOUT = "<mjml><mj-body><mj-section><mj-column><mj-text>\n{{ %s }}\n</mj-text></mj-column></mj-section></mj-body></mjml>"  # noqa: E501 - one line, so that lines are easy to count
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "%s"\nmsgstr "%s"\n'
FAULTS = {
    "letters.toml": [
        ('accent = "red"', "letters.toml: accent: write a colour"),
        ('paper = "often"', "letters.toml: paper: write one of demand, always, never"),
        ('logo = "no.png"', "letters.toml: logo: there is no file no.png"),
        ('logo = "../x.png"', "letters.toml: logo: there is no file ../x.png"),
        ('colour = "#000000"', "letters.toml: colour: is no key here"),
        ("accent =", "letters.toml: this is not TOML"),
    ],
    "words/polite.txt": [
        ("{% block subject %}\n{{ 7 * 7 }}\n{% endblock %}", "words/polite.txt:2: Mul"),
        ("{% block opening %}\n{% if x %}", "words/polite.txt:2: "),
        ("\n{% block introduction %}{% endblock %}", "words/polite.txt:2: there is no block"),
        ("{% block opening %}{{ nobody }}{% endblock %}", "words/polite.txt: block opening"),
        (
            "{% block ignore %}{% endblock %}\n" * 2,
            "words/polite.txt:2: block 'ignore' defined twice",
        ),
    ],
    "words/politely.txt": [("x", "words/politely.txt: is no file of a letter")],
    "mail.mjml": [
        (LAYOUT % "subject|safe", "mail.mjml:2: "),
        (LAYOUT % "nobody", "mail.mjml:2: "),
        ("<mjml>\n<mj-body>\n<script>x</script></mj-body></mjml>", "mail.mjml:3: "),
        (LAYOUT % "greeting", "mail.mjml: leaves out the sum (glance.sums, or tables and totals)"),
        (LAYOUT % "glance.sums[0].value", "mail.mjml: leaves out the day (glance.until)"),
    ],
    "en.po": [
        ('msgid ""\nmsgstr ""\n\nmsgid "Date"\nmsgstr "Datum %(what)s"\n', "en.po:"),
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\nmsgid', "en.po:"),
    ],
    "logo.gif": [("GIF89a", "logo.gif: is no file of a letter")],
}


def folder(place: Path, **files: str) -> Path:
    mine = place / "sample"
    for name, content in files.items():
        path = mine / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return mine


def named(name: str, language: str = "en") -> LetterData:
    return next(one.data for one in samples(language) if one.name == name)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [(file, content, told) for file, found in FAULTS.items() for content, told in found],
)
def test_each_fault_is_named_with_its_file_and_line(
    tmp_path: Path, file: str, content: str, told: str
) -> None:
    found = [str(problem) for problem in problems_in(folder(tmp_path, **{file: content}))]

    assert found
    assert found[0].startswith(told), found


def test_a_good_folder_has_no_faults_and_its_words_go_first(tmp_path: Path) -> None:
    mine = folder(
        tmp_path,
        **{
            "words/polite.txt": "{% block subject %}{% trans %}About {{ number }}{% endtrans %}"
            "{% endblock %}",
            "en.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
            'msgid "About %(number)s"\nmsgstr "Concerning %(number)s"\n',
            "letters.toml": 'accent = "#8a1c4a"\nlogo = "logo.png"\npaper = "always"\n',
        },
    )
    (mine / "logo.png").write_bytes(qr_code().body)
    letters = LetterWriter(tmp_path)

    assert problems_in(mine) == []
    english = letters.write(named("polite-friendly"))
    assert english.subject == "Concerning INV-2026-0042"
    assert "Perhaps it was simply overlooked" in english.text  # what it leaves out is ours
    assert [one.name for one in english.attachments][:2] == ["logo.png", "Letter-INV-2026-0042.pdf"]
    assert "#8a1c4a" in english.html
    assert "cid:logo" in english.html


def test_an_own_phrase_without_a_translation_is_a_letter_in_two_languages(tmp_path: Path) -> None:
    words = "{% block opening %}{% trans %}About {{ number }}{% endtrans %}{% endblock %}"
    german = PO % ("Kind regards,", "Herzliche Grüße")
    mine = folder(tmp_path, **{"words/polite.txt": words, "de.po": german})

    (problem,) = problems_in(mine)

    assert str(problem) == ("de.po: 'About %(number)s' of words/polite.txt has no translation here")


def test_plain_text_in_a_folder_of_several_languages_is_a_letter_in_two(tmp_path: Path) -> None:
    words = "{% block opening %}\n{% trans %}Hello.{% endtrans %}\nYours, Ann\n{% endblock %}"
    po = PO % ("Hello.", "Guten Tag.")
    own = folder(tmp_path, **{"words/polite.txt": words, "de.po": po})

    assert [str(one) for one in problems_in(own)] == [
        "words/polite.txt:3: 'Yours, Ann' stands in every language; put it between trans tags"
    ]
    alone = folder(tmp_path / "alone", **{"words/polite.txt": words})
    assert problems_in(alone) == []


def test_another_creditor_gets_the_shipped_letters(tmp_path: Path) -> None:
    folder(tmp_path, **{"words/polite.txt": "{% block subject %}Mine{% endblock %}"})
    other = named("polite-friendly")
    other = replace(other, creditor=replace(other.creditor, id="other"))

    assert LetterWriter(tmp_path).write(other).subject.startswith("Invoice INV-2026-0042 was due")


def test_an_own_layout_carries_the_same_words(tmp_path: Path) -> None:
    folder(tmp_path, **{"mail.mjml": LAYOUT % "greeting"})

    html = LetterWriter(tmp_path).write(named("polite-friendly")).html

    assert "Dear Larkspur Cafés Ltd," in html


def test_a_letter_that_cannot_be_written_names_its_file_and_is_not_sent(tmp_path: Path) -> None:
    folder(tmp_path, **{"letters.toml": 'accent = "red"'})

    with pytest.raises(LetterError, match=r"letters\.toml: accent"):
        LetterWriter(tmp_path).write(named("polite-friendly"))


def test_a_mended_file_of_words_is_read_without_a_new_start(tmp_path: Path) -> None:
    folder(tmp_path, **{"words/polite.txt": "{% block subject %}\n{{ 7 * 7 }}\n{% endblock %}"})
    letters = LetterWriter(tmp_path)
    with pytest.raises(LetterError, match=r"words/polite\.txt:2: Mul"):
        letters.write(named("polite-friendly"))

    folder(tmp_path, **{"words/polite.txt": "{% block subject %}Mended{% endblock %}"})
    assert letters.write(named("polite-friendly")).subject == "Mended"

    folder(tmp_path, **{"words/polite.txt": "{% block subject %}Once more{% endblock %}"})
    assert letters.write(named("polite-friendly")).subject == "Once more"


def test_words_that_are_taken_away_leave_ours(tmp_path: Path) -> None:
    mine = folder(tmp_path, **{"words/polite.txt": "{% block subject %}Mine{% endblock %}"})
    letters = LetterWriter(tmp_path)
    assert letters.write(named("polite-friendly")).subject == "Mine"

    (mine / "words" / "polite.txt").unlink()

    assert letters.write(named("polite-friendly")).subject.startswith("Invoice INV-2026-0042")


def test_a_mended_translation_is_heard_and_goes_before_ours_in_our_own_words(
    tmp_path: Path,
) -> None:
    letters, mail = LetterWriter(tmp_path), named("formal-firm")
    ours = "Formal reminder: invoice %(number)s"
    assert letters.write(mail).subject == "Formal reminder: invoice INV-2026-0042"

    folder(tmp_path, **{"en.po": PO % (ours, "About invoice %(number)s")})
    assert letters.write(mail).subject == "About invoice INV-2026-0042"

    folder(tmp_path, **{"en.po": PO % (ours, "Concerning invoice %(number)s")})
    assert letters.write(mail).subject == "Concerning invoice INV-2026-0042"


def test_sentences_that_letters_share_may_be_the_creditors_own(tmp_path: Path) -> None:
    letters, mail = LetterWriter(tmp_path), named("formal-final")
    assert "pass this invoice to a collection agency" in letters.write(mail).text

    folder(tmp_path, **{"words/agency.txt": "Then our lawyer will write."})
    text = letters.write(mail).text
    assert "Then our lawyer will write." in text
    assert "collection agency" not in text

    folder(tmp_path, **{"words/agency.txt": "\n{{ 7 * 7 }}"})
    with pytest.raises(LetterError, match=r"words/formal\.txt: block follows: agency\.txt:2: Mul"):
        letters.write(mail)


def test_a_file_of_words_in_another_encoding_is_named(tmp_path: Path) -> None:
    mine = folder(tmp_path, **{"words/polite.txt": ""})
    (mine / "words" / "polite.txt").write_bytes("Grüße".encode("latin-1"))

    with pytest.raises(LetterError, match=r"words/polite\.txt: is not UTF-8"):
        LetterWriter(tmp_path).write(named("polite-friendly"))


def test_translations_in_another_encoding_are_named(tmp_path: Path) -> None:
    mine = folder(tmp_path, **{"en.po": ""})
    (mine / "en.po").write_bytes((PO % ("Date", "Grüße")).encode("latin-1"))

    with pytest.raises(LetterError, match=r"en\.po: 'utf-8' codec"):
        LetterWriter(tmp_path).write(named("polite-friendly"))
