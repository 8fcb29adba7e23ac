"""Goes through a list page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Protocol, TypeVar

__all__ = ["every", "every_async"]

Item = TypeVar("Item")


class Page(Protocol[Item]):
    """A page of a list, and the cursor of the next one."""

    items: list[Item]
    next: str | None


def every(ask: Callable[..., Page[Item]], **query: Any) -> Iterator[Item]:
    """Go through all items of a list, such as `every(amicable.list_cases, open_only=True)`."""
    cursor: str | None = None
    while True:
        page = ask(**query, cursor=cursor)
        yield from page.items
        cursor = page.next
        if not cursor:
            return


async def every_async(
    ask: Callable[..., Awaitable[Page[Item]]], **query: Any
) -> AsyncIterator[Item]:
    """Go through all items of a list with an event loop."""
    cursor: str | None = None
    while True:
        page = await ask(**query, cursor=cursor)
        for item in page.items:
            yield item
        cursor = page.next
        if not cursor:
            return
