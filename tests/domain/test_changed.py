"""Copying a frozen value with other fields: as the standard function does, and never half."""

from dataclasses import dataclass, replace

import pytest

from domain.changed import changed


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Something with a few fields."""

    name: str
    books: tuple[str, ...] = ()


def test_a_copy_has_the_new_fields_and_keeps_the_others() -> None:
    shelf = Shelf(name="law", books=("BGB",))
    assert changed(shelf, books=("HGB",)) == replace(shelf, books=("HGB",))
    assert shelf.books == ("BGB",)


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match="Shelf has no shelves"):
        changed(Shelf(name="law"), shelves=2)  # type: ignore[call-arg]
