"""A letter on a desk: looked at, changed, and sent by the sender of the office."""

import pytest

from tests.activities.letters.reader import Reader
from tests.activities.sending_harness import Office


@pytest.fixture
def reader(office: Office) -> Reader:
    """Somebody who reads what leaves before it does."""
    return Reader(office)
