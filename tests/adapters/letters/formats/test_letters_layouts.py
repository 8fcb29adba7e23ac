"""A creditor's own layout: what it may do, and how it hears what is wrong."""

from __future__ import annotations

import pytest

from adapters.letters.formats.html import LayoutError, html_of
from tests.adapters.letters.contents import REMINDER

FRAME = """<mjml>
<mj-head><mj-style>.a{{color:red}}</mj-style></mj-head>
<mj-body><mj-section><mj-column>
<mj-text>{0}</mj-text>
</mj-column></mj-section></mj-body>
</mjml>
"""


def test_a_creditor_may_set_the_letter_as_they_like() -> None:
    own = FRAME.format("<b>{{ subject }}</b>{% if 2 < 3 and '\"' != '>' %}<br>&nbsp;{% endif %}")

    html = html_of(REMINDER, own)

    assert "<b>Reminder: invoice INV-2026-7 is open</b><br" in html
    assert ".a{color:red}" in html


def test_comments_and_raw_braces_are_left_to_the_layout() -> None:
    html = html_of(REMINDER, FRAME.format("{# <b> #}{% raw %}{{ a }}{% endraw %}"))

    assert "<b>" not in html
    assert "{{ a }}" in html


@pytest.mark.parametrize(
    ("words", "line", "reason"),
    [
        ("{{ subject|safe }}", 4, "no filter safe"),
        ("\n{% autoescape false %}{{ subject }}{% endautoescape %}", 5, "no place"),
        ("\n\n{{ subject }", 6, "unexpected '}'"),
        ("{% if subject %}\n{% endfor %}", 5, "endfor"),
        ("{# one\ntwo #}{{ nothing }}", 5, "'nothing' is undefined"),
        ("{{ subject\n~ '' }}", 4, "no place"),
        ("{% if subject %}\n\n{{ sender.age }}\n{% endif %}", 6, "no attribute 'age'"),
        ("{{ sender.__class__ }}", 4, "__class__"),
        ("{% if subject.x.y\n   and 1 %}{% endif %}", 4, "no attribute 'x'"),
        ("{% include 'mail.mjml' %}", 4, "must not be included"),
        ("<b>", 4, "mismatched tag; <b> of line 4 is still open"),
        ("\n<p class=wide>a</p>", 5, "not well-formed"),
        ("{# a\nb\n#}<i>\n</b>", 7, "mismatched tag"),
        ("\n<mj-txt>a</mj-txt>", 5, "<mj-txt> is not a tag of MJML"),
        ("<script>a</script>", 4, "<script> has no place in a mail"),
        ("<form action='https://a.example'></form>", 4, "<form> has no place in a mail"),
        ("<mj-include path='/etc/hosts' />", 4, "<mj-include> has no place in a mail"),
        ("\n<img src='https://a.example/seen.png'>", 5, "would be fetched"),
        ("\n<img src='{{ logo.name }}'>", 5, "would be fetched"),
        ("<a href='javascript:alert(1)'>a</a>", 4, "leads nowhere good"),
        ("<p onclick='a()'>a</p>", 4, "onclick= has no place in a mail"),
        ("<p style='background:url(https://a.example)'>a</p>", 4, "would fetch something"),
        ("<!--[if mso]><i src='a'/><![endif]-->", 4, "would fetch something"),
    ],
)
def test_a_mistake_is_named_with_its_line(words: str, line: int, reason: str) -> None:
    with pytest.raises(LayoutError) as caught:
        html_of(REMINDER, FRAME.format(words))

    assert str(caught.value).startswith(f"line {line}: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("layout", "reason"),
    [
        ("", "no element found"),
        ("words", "syntax error"),
        ("<html></html>", "unexpected token"),
        ("<mjml></mjml><mjml></mjml>", "junk after document element"),
        ("<!DOCTYPE mjml><mjml></mjml>", "leave <!DOCTYPE> out"),
        ("<b>" * 9000 + "</b>" * 9000, "more than 64 tags within one another"),
        ("{% if subject %}" * 150 + "{% endif %}" * 150, "write it flatter"),
        ("{% if subject %}" * 2000 + "{% endif %}" * 2000, "write it flat"),
        ("<mjml><mj-body>", "<mj-body> of line 1 is still open"),
    ],
)
def test_what_is_no_layout_at_all_is_refused_and_stops_nothing_else(
    layout: str, reason: str
) -> None:
    with pytest.raises(LayoutError) as caught:
        html_of(REMINDER, layout)

    assert str(caught.value).startswith("line 1: ")
    assert reason in str(caught.value)
