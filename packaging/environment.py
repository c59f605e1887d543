"""The machine and the folder `.venv`, made ready for Gatljus. Used by run.py, test.py and bench.py.

The standard library only: it runs before anything is installed. What is installed is named by the locks beside this
file, with the hash of every file; where it comes from is the machine's own setting.
"""

from __future__ import annotations  # an older Python shall come as far as the sentence that says so

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "gatljus.json"
"""What was installed last: lock → hash."""

RUNTIME = "requirements.txt"
CHECKS = "requirements-dev.txt"
"""The two locks. The second holds all of the first, in the same versions."""

OLDEST, NEWEST = (3, 11), (3, 13)


class CannotGoOn(Exception):
    """What is missing on this machine, and what to do about it."""


@dataclass(frozen=True)
class Part:
    """Something of the operating system: how to see whether it is here, and Debian's packages for it, best first."""

    packages: tuple[str, ...]
    is_here: Callable[[], bool]


def _library(soname: str, *packages: str) -> Part:
    def is_here() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return Part(packages, is_here)


def _tool(name: str, *packages: str) -> Part:
    return Part(packages, lambda: shutil.which(name) is not None)


def _file(path: str, *packages: str) -> Part:
    return Part(packages, Path(path).exists)


def _typelib(name: str, *packages: str) -> Part:
    places = [Path("/usr/lib/girepository-1.0"), *Path("/usr/lib").glob("*/girepository-1.0")]
    return Part(packages, lambda: any((place / f"{name}.typelib").exists() for place in places))


WITHOUT_SCREEN = (
    _library("libglib-2.0.so.0", "libglib2.0-0", "libglib2.0-0t64"),
    _library("libGL.so.1", "libgl1"),
    _library("libEGL.so.1", "libegl1"),
    _library("libxkbcommon.so.0", "libxkbcommon0"),
    _library("libdbus-1.so.3", "libdbus-1-3"),
    _library("libfontconfig.so.1", "libfontconfig1"),
    _library("libpulse.so.0", "libpulse0"),
)
"""What Qt needs even where nothing is shown."""

WITH_SCREEN = (
    *WITHOUT_SCREEN,
    _library("libxcb-cursor.so.0", "libxcb-cursor0"),
    _library("libxcb-icccm.so.4", "libxcb-icccm4"),
    _library("libxcb-image.so.0", "libxcb-image0"),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    _library("libxcb-randr.so.0", "libxcb-randr0"),
    _library("libxcb-render-util.so.0", "libxcb-render-util0"),
    _library("libxcb-shape.so.0", "libxcb-shape0"),
    _library("libxcb-xkb.so.1", "libxcb-xkb1"),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
"""What Qt needs for a window under X11."""

PDF_JUDGE = (
    _tool("javac", "openjdk-17-jdk-headless", "default-jdk-headless"),
    _file("/usr/share/java/jaxb-runtime.jar", "libjaxb-java"),
    _tool("pdftotext", "poppler-utils"),
    _tool("jq", "jq"),
)
"""What veraPDF and the tests of the pages need."""


REAL_WINDOW = (
    *WITH_SCREEN,
    _tool("Xvfb", "xvfb"),
    _tool("xdotool", "xdotool"),
    _tool("dbus-daemon", "dbus-daemon", "dbus"),
    _file("/usr/libexec/at-spi-bus-launcher", "at-spi2-core"),
    _file("/usr/lib/python3/dist-packages/gi", "python3-gi"),
    _typelib("Atspi-2.0", "gir1.2-atspi-2.0"),
)
"""What the tests of a real window need: a screen, keys, and a screen reader's eyes."""


RECEIVER = (
    _tool("gpsd", "gpsd"),
    _tool("gpsfake", "gpsd-clients"),
)
"""What the tests of a gpsd need; without it they say that they were skipped."""


def say(text: str) -> None:
    """A line for the person who waits, at once."""
    print(text, file=sys.stderr, flush=True)


def is_debian() -> bool:
    """Whether this machine installs its parts with apt."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def _as_root() -> list[str] | None:
    """What to put before a command that changes the machine; None where we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def _install(missing: Iterable[Part]) -> None:
    prefix = _as_root()
    if prefix is None or not is_debian():
        return
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL)
    for part in missing:
        for package in part.packages:
            say(f"Installerar {package} … / Installing {package} …")
            done = subprocess.run(
                [*apt, "install", "--yes", "--no-install-recommends", package], stdout=subprocess.DEVNULL
            )
            if done.returncode == 0:
                break


def missing_parts(wanted: Iterable[Part]) -> list[str]:
    """Installs what is missing of the operating system where we may; returns the packages that are still missing.

    Only Linux is looked at: on Windows and macOS the Python packages bring what they need.
    """
    if sys.platform != "linux":
        return []
    missing = [part for part in wanted if not part.is_here()]
    if missing:
        _install(missing)
    return [part.packages[0] for part in missing if not part.is_here()]


def venv_python() -> Path:
    """The interpreter of `.venv`, whether or not it is there yet."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _check_python() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise CannotGoOn(
            f"This is Python {sys.version_info[0]}.{sys.version_info[1]}; Gatljus needs 3.11, 3.12 or 3.13. "
            f"Start it with one of those, for example: python3.12 {sys.argv[0]}"
        )


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        short = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        part = Part(("python3-venv", short), lambda: importlib.util.find_spec("ensurepip") is not None)
        if missing_parts([part]):
            raise CannotGoOn(
                "Python's module venv is not whole on this machine. Install it; "
                "on Debian and Ubuntu: apt-get install python3-venv"
            )
    say("Gör .venv … / Making .venv …")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode:
        raise CannotGoOn(f"The folder {VENV} could not be made. Is the disk full, or the folder not yours?")


def _works(python: Path) -> bool:
    """Whether `.venv` can be started and has the version of Python that makes it now."""
    if not python.exists():
        return False
    ask = [str(python), "-c", "import sys, pip; print(sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == str(sys.version_info[:2])


def _hash_of(lock: str) -> str:
    """Hash of all that decides what is installed."""
    parts = (ROOT / "packaging" / lock, ROOT / "pyproject.toml")
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts) + str(ROOT).encode()).hexdigest()


def _stamped() -> Mapping[str, str]:
    try:
        stamps: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps


def _pip(python: Path, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-q", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        say(done.stdout)
        raise CannotGoOn(
            "The Python packages could not be installed; the lines above say why. The first start needs a network "
            "(some 400 MB) and room on the disk (1.5 GB). Start again when they are there: what was fetched is kept."
        )


def prepare(lock: str) -> Path:
    """Makes `.venv` hold what `lock` says, and Gatljus itself; returns its interpreter.

    The first time it needs a network and some minutes; afterwards the stamp is read and nothing is done.
    Raises CannotGoOn.
    """
    _check_python()
    python = venv_python()
    stamps = _stamped()
    if stamps.get(lock) == _hash_of(lock) and python.exists():
        return python
    if not _works(python):
        _make_venv()
    STAMP.unlink(missing_ok=True)
    say(
        "Installerar Pythonpaketen; första gången tar det några minuter … / "
        "Installing the Python packages; the first time this takes some minutes …"
    )
    _pip(python, "--only-binary", ":all:", "--require-hashes", "-r", str(ROOT / "packaging" / lock))
    _pip(python, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
    held = {RUNTIME, lock}
    STAMP.write_text(json.dumps({each: _hash_of(each) for each in sorted(held)}), encoding="utf-8")
    return python
