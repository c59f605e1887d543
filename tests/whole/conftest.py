"""The process that starts the others, one for each module of tests; and where devices meet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.whole.meeting import Field
from tests.whole.resident import Server, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """What starts the processes."""
    with serving() as found:
        yield found


@pytest.fixture
def field(tmp_path: Path, server: Server) -> Field:
    """An empty field."""
    return Field(tmp_path, server)
