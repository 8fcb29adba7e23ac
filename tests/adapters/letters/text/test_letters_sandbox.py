"""Templates can put words together and nothing else (fault-matrix row 38)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader

from activities.ports.types import LetterError
from adapters.letters.text.catalogue import LANGUAGES
from adapters.letters.text.sandbox import TemplateError, checked_template, printed, sandbox
from adapters.letters.text.template_choice import occasion_of, sound_of
from adapters.letters.text.values import values_of
from adapters.letters.text.wording import (
    HELPERS,
    shipped_template,
    shipped_words,
    words_environment,
)
from adapters.letters.writer import LetterWriter
from starter.letters.samples import samples
from tests.adapters.letters.reading import locale_of

HOSTILE = {
    "{{ 'a' * 10**9 }}": "Mul",
    "{{ a ~ a }}": "Concat",
    "{% set a = a %}": "Assign",
    "{% set a %}{{ a }}{{ a }}{% endset %}": "AssignBlock",
    "{{ number.__class__ }}": "__class__",
    "{{ number['__class__'] }}{{ cycler.__init__ }}": "__init__",
    "{{ case.delete() }}": "must not be called",
    "{{ range(9) }}": "range must not be called",
    "{{ lipsum(99) }}": "lipsum must not be called",
    "{{ self.opening() }}": "must not be called",
    "{% for x in range(9) %}{% endfor %}": "by its name",
    "{% for x in 'aaaa' %}{% endfor %}": "by its name",
    "{% for a in b %}{% for c in a.d %}{% for e in c.f %}" + "{% endfor %}" * 3: "deep",
    "{% for x in y recursive %}{{ loop(x.z) }}{% endfor %}": "by its name",
    "{{ number|center(999999999) }}": "no filter center",
    "{{ number|safe }}": "no filter safe",
    "{{ number|attr('x') }}": "no filter attr",
    "{% macro m() %}{% endmacro %}": "Macro",
    "{% import 'x' as y %}": "Import",
    "{% extends 'x' %}": "Extends",
    "{% include 'mail.mjml' %}": "must not be included",
    "{% include number %}": "must not be included",
    "{% include 'tone.txt' %}": "must not be included",
    "{{ _('%(a)s%(a)s', a=_('%(b)s', b=number)) }}": "must not hold another",
    "{% filter upper %}{% endfilter %}": "FilterBlock",
    "{% do x %}": "unknown tag",
    "{{": "unexpected",
    "x" * 70_000: "larger than",
    "{{ " + "(" * 5_000 + "a" + ")" * 5_000 + " }}": "nested too deeply",
}  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:40])
def test_what_could_reach_the_program_grow_or_never_end_is_refused(source: str) -> None:
    with pytest.raises(TemplateError) as caught:
        checked_template(words_environment(), source, HELPERS)

    assert HOSTILE[source] in str(caught.value)


def test_a_refusal_names_its_line() -> None:
    with pytest.raises(TemplateError) as caught:
        checked_template(words_environment(), "one\ntwo\n{{ a ~ a }}\n", HELPERS)

    assert caught.value.line == 3


@pytest.mark.parametrize("name", shipped_words())
def test_every_shipped_template_keeps_to_the_rules(name: str) -> None:
    source = shipped_template(name)
    assert source
    checked_template(words_environment(), source, () if name in HELPERS else HELPERS)


def plain(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from plain(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from plain(inner)
    else:
        yield value


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_get_plain_values_only(language: str) -> None:
    for sample in samples(language):
        occasion = occasion_of(sample.data)
        values = values_of(sample.data, sound_of(sample.data, occasion), locale_of(language))
        assert {type(value) for value in plain(values)} <= {str, int, bool}, sample.name


def test_a_template_that_prints_too_much_is_stopped() -> None:
    loop = "{% for a in lines %}{% for b in lines %}{{ text }}{% endfor %}{% endfor %}"
    made = sandbox(DictLoader({"big": loop}), autoescape=False)
    checked_template(made, loop)

    with pytest.raises(TemplateError, match="more than 4 MB"):
        printed(made.get_template("big"), {"lines": [0] * 2000, "text": "word " * 200})


def test_a_template_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = "{% for a in lines %}{{ a }}{% endfor %}"
    made = sandbox(DictLoader({"slow": loop}), autoescape=False)
    ticks = iter(range(0, 1000, 6))
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))

    with pytest.raises(TemplateError, match="longer than 10 seconds"):
        printed(made.get_template("slow"), {"lines": ["x"] * 50})


def test_a_missing_value_stops_the_letter_and_is_named(tmp_path: Path) -> None:
    words = tmp_path / "sample" / "words"
    words.mkdir(parents=True)
    (words / "polite.txt").write_text("{% block opening %}{{ nobody_knows }}{% endblock %}")
    data = next(one.data for one in samples("en") if one.name == "polite-friendly")

    with pytest.raises(LetterError, match=r"words/polite.txt: block opening: 'nobody_knows'"):
        LetterWriter(tmp_path).write(replace(data, channel="email"))
