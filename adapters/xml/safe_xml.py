"""Reads XML safely: no entities, no document types, and each element knows its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from domain.errors import DomainError

_DEEPEST = 100


class XmlRefusal(Protocol):
    """Makes the error of whoever reads a file: its reason, its line, and the part at fault."""

    def __call__(self, reason: str, *, line: int = 0, part: str = "") -> DomainError:
        """Make the error."""
        ...


class _TooDeepError(ValueError):
    """Elements stand in each other too deep."""


class XmlElement(Element):
    """An element that knows where it stands; names are asked for without their namespace."""

    line: int = 0

    @property
    def name(self) -> str:
        """Its name without the namespace."""
        return local_name(self)

    @property
    def namespace(self) -> str:
        """Its namespace; empty if it has none."""
        return self.tag[1:].partition("}")[0] if self.tag.startswith("{") else ""

    def at(self, path: str) -> XmlElement | None:
        """Find the first element of a path such as ``Acct/Id/IBAN``."""
        return next(self.all(path), None)

    def all(self, path: str) -> Iterator[XmlElement]:
        """List the elements of a path."""
        first, _, rest = path.partition("/")
        for child in self:
            if isinstance(child, XmlElement) and child.name == first:
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def said(self, *paths: str) -> str:
        """Read the text of the first of some paths that has any."""
        for path in paths:
            for found in self.all(path):
                text = (found.text or "").strip()
                if text:
                    return text
        return ""


def local_name(element: Element) -> str:
    """Tell an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


class _Builder(TreeBuilder):
    """Builds the tree and notes the line of each element."""

    parser: Any = None
    depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _TooDeepError
        element = super().start(tag, attrs)
        if isinstance(element, XmlElement):
            element.line = self.parser.parser.CurrentLineNumber
        return element

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def read_xml(body: bytes, refusal: XmlRefusal) -> XmlElement:
    """Read a document.

    Raises:
        DomainError: as the refusal makes it, if it is no XML, or has a document type or entities.
    """
    builder = _Builder(element_factory=XmlElement)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser
    try:
        parser.feed(body)
        root = parser.close()
    except DefusedXmlException as error:
        raise refusal("document types and entities are not read") from error
    except ParseError as error:
        line = error.position[0] if error.position else 0
        raise refusal("this is no complete XML", line=line) from None
    except _TooDeepError:
        raise refusal(f"elements stand in each other more than {_DEEPEST} deep") from None
    except (LookupError, ValueError):  # an encoding that Python does not have
        raise refusal("its encoding cannot be read") from None
    if not isinstance(root, XmlElement):
        raise refusal("this is no complete XML")
    return root
