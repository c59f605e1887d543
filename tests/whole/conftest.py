"""The process that starts the others, one for each module of tests."""

from collections.abc import Iterator

import pytest

from tests.whole.resident import Server, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """What starts the processes."""
    with serving() as found:
        yield found
