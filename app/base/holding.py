"""Who has a folder open: many processes may at once, or one alone.

The system gives a lock back when its process dies, so nothing stale is ever left behind.
"""

import errno
import os
import sys
import time
import weakref
from pathlib import Path

PATIENCE_S = 5.0
"""How long another process is waited for, as SQLite waits for another writer."""
LOOK_EACH_S = 0.05
TAKEN = (errno.EWOULDBLOCK, errno.EACCES)
"""What the systems say where another process has it."""

if sys.platform == "win32":
    import msvcrt
    import secrets

    SEATS = 1 << 16
    """There are no shared locks: who shares takes one byte of so many, who is alone takes all."""

    def _lock(handle: int, *, alone: bool) -> tuple[int, int]:
        place = (0, SEATS) if alone else (secrets.randbelow(SEATS), 1)
        os.lseek(handle, place[0], os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, place[1])
        return place

    def _unlock(handle: int, place: tuple[int, int]) -> None:
        os.lseek(handle, place[0], os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, place[1])

else:
    import fcntl

    def _lock(handle: int, *, alone: bool) -> tuple[int, int]:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        return 0, 0

    def _unlock(handle: int, _place: tuple[int, int]) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class Holding:
    """A folder held by means of the file `path` in it, which stays, empty. Raises OSError.

    Some network disks know no locks. There nobody is kept out: a folder that nobody may open helps no one.
    """

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._handle = handle
        self._place: tuple[int, int] | None = None
        self._closing = weakref.finalize(self, os.close, handle)

    def share(self) -> bool:
        """Have it open beside others. False where one process has it alone for too long."""
        return self._take(alone=False)

    def alone(self, patience_s: float = PATIENCE_S) -> bool:
        """Have it open alone. False where others have it open for too long; then it is not held at all."""
        return self._take(patience_s, alone=True)

    def _take(self, patience_s: float = PATIENCE_S, *, alone: bool) -> bool:
        self.let_go()
        until = time.monotonic() + patience_s
        while True:
            try:
                self._place = _lock(self._handle, alone=alone)
            except OSError as error:
                if error.errno not in TAKEN:
                    return True
                if time.monotonic() >= until:
                    return False
                time.sleep(LOOK_EACH_S)
            else:
                return True

    def let_go(self) -> None:
        """Hold it no more. Quiet where it is not held."""
        if self._place is not None:
            _unlock(self._handle, self._place)
            self._place = None

    def close(self) -> None:
        """Hold it no more, for good."""
        self._place = None
        self._closing()
