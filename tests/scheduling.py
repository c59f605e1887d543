"""How the suite goes on when one of its processes dies."""

from typing import Any

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Forget the files that a process was done with. Where each file is one process's (`--dist loadfile`), xdist 3.8
    hands them on with what is left: the next process is given one in which nothing is left, never finishes a test of it
    and so is never given another file. Whoever runs the suite would wait for ever."""
    if node.config.getoption("dist") != "loadfile":
        return
    had = node.config.pluginmanager.getplugin("dsession").sched.assigned_work.get(node, {})
    for file in [file for file, tests in had.items() if all(tests.values())]:
        del had[file]
