"""PySide6 6.12.0 on Python 3.11 loses one count of None with every call of a method that returns nothing, and aborts
after some thousand. The pinned version must not."""

import subprocess
import sys
from importlib.metadata import version

CALLS = 200_000
PROGRAM = f"""
import sys
from PySide6 import __version__
from PySide6.QtCore import QObject

print("PySide6", __version__, flush=True)
thing = QObject()
before = sys.getrefcount(None)
for _ in range({CALLS}):
    thing.setObjectName("a")
print("lost", before - sys.getrefcount(None), flush=True)
"""


def test_200_000_void_calls_leave_the_interpreter_alive_and_none_counted() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120)
    print(done.stdout, done.stderr)
    assert done.returncode == 0, f"PySide6 {version('pyside6')} on Python {sys.version}: {done.stderr[-2000:]}"
    said, lost = done.stdout.split()[1], int(done.stdout.split()[-1])
    assert said == version("pyside6"), "another PySide6 was tried than the one installed"
    assert lost < CALLS // 100
