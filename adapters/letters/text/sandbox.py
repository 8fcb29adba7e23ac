"""Runs templates that can only put words together: what they may do is listed.

The sandbox of Jinja keeps a template from the program. It does not keep it from counting to a
milliard or from doubling a text forty times, so a template is read before it is used: it may print
values, choose between words, and go through the lists that it is given, two deep. Whatever could
grow or never end has no place in that list, so size and time are bounded by the file itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

LARGEST_TEMPLATE = 64 * 1024
"""Characters of one template; a letter has a few thousand."""

LARGEST_TEXT = 4 * 1024 * 1024
"""Characters that one template may print: a list of 5,000 invoices is half of it."""

SECONDS = 10.0
"""How long one template may print."""

_DEEPEST = 2
"""Loops within loops."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Block,
    nodes.If,
    nodes.For,
    nodes.Include,
    nodes.Name,
    nodes.Const,
    nodes.Tuple,
    nodes.List,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
    nodes.Call,
    nodes.Keyword,
    nodes.MarkSafeIfAutoescape,
)
_CALLS = ("gettext", "ngettext", "_")
"""The only things that may be called, and never with a call in them: phrases do not nest."""

FILTERS = ("length", "first", "last", "default", "upper", "lower", "capitalize", "e", "escape")
TESTS = ("defined", "undefined", "none", "string", "number", "odd", "even", "in", "eq", "ne")


class TemplateError(ValueError):
    """A template that cannot be used.

    Attributes:
        line: where, from 1; 0 if the whole file is meant.
        file: the template's name, where it is not known from what is printed.
        reason: what is wrong, without the place.
    """

    def __init__(self, reason: str, line: int = 0, file: str = "") -> None:
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {reason}" if file else reason)
        self.line, self.file, self.reason = line, file, reason


def sandbox(
    loader: BaseLoader | None = None, *, autoescape: bool, extensions: tuple[str, ...] = ()
) -> ImmutableSandboxedEnvironment:
    """Make an environment in which values are data, whatever stands in them."""
    made = ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=autoescape,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=extensions,
    )
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.tests = {name: made.tests[name] for name in TESTS}
    made.globals = {}
    # Phrases are calls with named values, so nothing has to compute with texts.
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # the i18n extension's own switch
    return made


def checked_template(
    environment: ImmutableSandboxedEnvironment, source: str, includes: tuple[str, ...] = ()
) -> nodes.Template:
    """Check a template's limits and syntax.

    Args:
        environment: what it will be rendered by.
        source: its text.
        includes: the only files that it may include; those include nothing themselves.

    Raises:
        TemplateError: naming what it must not do, and the line.
    """
    if len(source) > LARGEST_TEMPLATE:
        raise TemplateError(f"larger than {LARGEST_TEMPLATE // 1024} kB; a letter is shorter")
    try:
        tree = environment.parse(source)
        for node, depth in _walk(tree, 0):
            reason = _refused(node, depth) or _bad_include(node, depth, includes)
            if reason:
                raise TemplateError(reason, node.lineno or 0)
        # Only now, and only to see that it can be done: compiling computes what is constant.
        environment.compile(source)
    except TemplateSyntaxError as error:
        raise TemplateError(error.message or "cannot be read", error.lineno) from None
    except (RecursionError, SyntaxError):
        raise TemplateError("nested too deeply; write it flatter") from None
    return tree


def printed(template: Template, values: Mapping[str, Any], block: str = "") -> str:
    """Render a template, or one of its blocks; bounded in size and time.

    Raises:
        TemplateError: if it prints too much or takes too long.
    """
    end, size, parts = time.monotonic() + SECONDS, 0, []
    context = template.new_context(dict(values))
    render = template.blocks[block] if block else template.root_render_func
    for part in render(context):
        size += len(part)
        if size > LARGEST_TEXT:
            raise TemplateError(f"prints more than {LARGEST_TEXT // 1024 // 1024} MB")
        if time.monotonic() > end:
            raise TemplateError(f"takes longer than {SECONDS:.0f} seconds")
        parts.append(part)
    return "".join(parts)


def _walk(node: nodes.Node, depth: int) -> Iterator[tuple[nodes.Node, int]]:
    yield node, depth
    inner = depth + isinstance(node, nodes.For)
    for child in node.iter_child_nodes():
        yield from _walk(child, inner)


def _refused(node: nodes.Node, depth: int) -> str:
    """Why a piece of a template must not be there; empty if it may."""
    if not isinstance(node, _ALLOWED):
        return f"{type(node).__name__} has no place in a letter: print values, use if and for"
    if isinstance(node, nodes.Call):
        return _bad_call(node)
    if isinstance(node, nodes.For):
        return _bad_loop(node, depth)
    return _bad_name(node)


def _bad_include(node: nodes.Node, depth: int, includes: tuple[str, ...]) -> str:
    """A file that includes itself, even by way of another, would never end."""
    if not isinstance(node, nodes.Include):
        return ""
    name = node.template.value if isinstance(node.template, nodes.Const) else ""
    if name in includes and depth == 0:
        return ""
    known = f"; what may be included is {', '.join(includes)}" if includes else ""
    return f"this must not be included here{known}"


def _bad_call(node: nodes.Call) -> str:
    name = node.node.name if isinstance(node.node, nodes.Name) else "this"
    if name not in _CALLS:
        return f"{name} must not be called; print values and use trans for words"
    given = [*node.args, *(keyword.value for keyword in node.kwargs)]
    nested = any(isinstance(one, nodes.Call) or one.find(nodes.Call) for one in given)
    if nested or node.dyn_args or node.dyn_kwargs:
        return "a phrase must not hold another one"
    return ""


def _bad_loop(node: nodes.For, depth: int) -> str:
    if node.recursive or not isinstance(node.iter, nodes.Name | nodes.Getattr):
        return "for goes through a list by its name, nothing else"
    return "" if depth < _DEEPEST else f"loops are at most {_DEEPEST} deep"


def _bad_name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"there is no filter {node.name}; there are {', '.join(FILTERS)}"
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        return f"there is no test {node.name}; there are {', '.join(TESTS)}"
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return f"{node.attr} is no value of a letter"
    return ""
