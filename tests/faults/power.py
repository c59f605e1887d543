"""A disk that forgets all that was not made durable, rebuilt from what a program asked of the real one.

`strace` writes down the calls. What a file holds after a power cut is what it held at its last fsync; a name is there
after a power cut once its folder was made durable. Real disks keep more; none may be relied on to.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat,close,lseek,write,pwrite64,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "link,linkat,fsync,fdatasync,writev,pwritev,pwritev2,fallocate,sendfile,copy_file_range,sync_file_range"
)
_LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*)>)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"^(\d+)<")
NEVER = {"link", "linkat", "writev", "pwritev", "pwritev2", "fallocate", "sendfile", "copy_file_range"}
"""Calls that would need a rule here, and that nobody makes under the folder."""


def can_trace() -> bool:
    """Whether strace is there and may look at a program."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def traced(command: Sequence[str], into: Path, **said: str) -> list[str]:
    """The calls of a program, in order. Raises CalledProcessError."""
    strace = ["strace", "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(into)]
    subprocess.run([*strace, *command], check=True, env={**os.environ, **said}, stdout=subprocess.DEVNULL)
    return into.read_text("ascii").splitlines()


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


@dataclass
class _File:
    now: bytearray = field(default_factory=bytearray)
    durable: bytes = b""


@dataclass
class _Opened:
    path: str
    file: _File | None
    at: int
    appends: bool


class Disk:
    """The disk under `folder`, as it was before the program began. `cuts` goes through the calls, and stops where the
    power may go: after each call that made something durable, and after each word to the outside."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._now: dict[str, _File] = {}
        self._durable: dict[str, _File] = {}
        self._folders = {str(folder)}
        self._open: dict[int, _Opened] = {}
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                self._now[str(path)] = _File(bytearray(data), data)
        self._folders |= {str(each) for each in folder.rglob("*") if each.is_dir()}
        self._durable = dict(self._now)
        self._durable_folders = set(self._folders)

    def cuts(self, lines: Sequence[str], words: int) -> Iterator[str]:
        """What has been said to the outside (file number `words`) whenever the power may go."""
        said = ""
        for line in lines:
            found = _LINE.match(line)
            if found is None or int(found[3]) < 0:
                continue
            name, arguments = found[1], found[2]
            if name == "write" and arguments.startswith(f"{words}<"):
                said += _bytes(_TEXT.findall(arguments)[0]).decode()
                yield said
            elif self._do(name, arguments, int(found[3])):
                yield said

    def _do(self, name: str, arguments: str, result: int) -> bool:
        """One call. Returns whether it made something durable."""
        handle = _HANDLE.match(arguments)
        texts = [_bytes(each) for each in _TEXT.findall(arguments)]
        if name == "openat":
            self._opened(texts[0].decode("utf-8", "replace"), arguments, result)
        elif name.startswith(("rename", "unlink", "mkdir", "rmdir")):
            self._change_names(name, [each.decode("utf-8", "replace") for each in texts])
        elif handle and int(handle[1]) in self._open:
            return self._with_open(name, int(handle[1]), texts, arguments, result)
        return False

    def _opened(self, path: str, arguments: str, handle: int) -> None:
        if not path.startswith(self._folder):
            return
        if path in self._folders:
            self._open[handle] = _Opened(path, None, 0, appends=False)
            return
        file = self._now.setdefault(path, _File())
        if "O_TRUNC" in arguments:
            file.now.clear()
        self._open[handle] = _Opened(path, file, 0, "O_APPEND" in arguments)

    def _change_names(self, name: str, paths: list[str]) -> None:
        if not paths[-1].startswith(self._folder):
            return
        if name.startswith("rename"):
            self._now[paths[1]] = self._now.pop(paths[0])
        elif name.startswith("unlink"):
            self._now.pop(paths[0], None)
        elif name.startswith("mkdir"):
            self._folders.add(paths[0])
        else:
            self._folders.discard(paths[0])

    def _with_open(self, name: str, handle: int, texts: list[bytes], arguments: str, result: int) -> bool:
        opened = self._open[handle]
        assert name not in NEVER, f"no rule for {name}"
        if name == "close":
            del self._open[handle]
        elif name == "lseek":
            opened.at = result
        elif name in ("fsync", "fdatasync"):
            self._make_durable(opened)
            return True
        elif opened.file is not None and name == "ftruncate":
            size = int(arguments.rsplit(", ", 1)[1])
            opened.file.now[size:] = bytes(max(0, size - len(opened.file.now)))
        elif opened.file is not None:
            at = len(opened.file.now) if opened.appends else opened.at
            self._write(opened.file, texts[0], int(arguments.rsplit(", ", 1)[1]) if name == "pwrite64" else at)
            opened.at += len(texts[0]) if name == "write" else 0
        return False

    def _write(self, file: _File, data: bytes, at: int) -> None:
        if len(file.now) < at:
            file.now.extend(bytes(at - len(file.now)))
        file.now[at : at + len(data)] = data

    def _make_durable(self, opened: _Opened) -> None:
        if opened.file is not None:
            opened.file.durable = bytes(opened.file.now)
            return
        within = [each for each in {*self._now, *self._durable} if os.path.dirname(each) == opened.path]
        for path in within:
            if path in self._now:
                self._durable[path] = self._now[path]
            else:
                self._durable.pop(path, None)
        self._durable_folders |= {each for each in self._folders if os.path.dirname(each) == opened.path}

    def lay_out(self, folder: Path) -> None:
        """Make what is left after a power cut in another folder."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for path, file in self._durable.items():
            if os.path.dirname(path) in self._durable_folders and not path.endswith("-shm"):
                final = folder / os.path.relpath(path, self._folder)
                final.parent.mkdir(parents=True, exist_ok=True)
                final.write_bytes(file.durable)
