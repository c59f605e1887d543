"""Starts Gatljus from a fresh clone: `python3 packaging/run.py`.

Makes `.venv`, installs what is missing, and opens the window on the sample walk, the first time at what was seen there;
with `--own` on your own walks. Where there is no screen it does the main job on the sample walk instead and says where
the protocol lies. Other words after the command go to the command line: `python3 packaging/run.py walk list`.
"""

from __future__ import annotations  # an older Python shall come as far as the sentence that says so

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from environment import ROOT, RUNTIME, WITH_SCREEN, CannotGoOn, missing_parts, prepare, say

SAMPLE = ROOT / "artefacts" / "sample"
OWN = "--own"
HEARS_S = 3.0
"""So long what was started has to end by itself, before it is told to."""
NO_SCREEN = (
    "Här finns ingen skärm att öppna fönstret på. Kommandona finns: python3 packaging/run.py --help / "
    "There is no screen here to open the window on. There are the commands: python3 packaging/run.py --help"
)


def _has_screen() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _gatljus(python: Path, *words: str) -> list[str]:
    return [str(python.with_name("gatljus.exe" if os.name == "nt" else "gatljus")), *words]


def _sample_walk(python: Path, home: Path) -> str:
    """The id of the sample walk in `home`; it is built the first time."""
    finished = SAMPLE / "walk"
    if not finished.exists():
        shutil.rmtree(SAMPLE, ignore_errors=True)
        SAMPLE.mkdir(parents=True)
        say("Bygger exempelvandringen, upp till en minut … / Building the sample walk, up to a minute …")
        command = _gatljus(python, "--home", str(home), "demo")
        built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
        if built.returncode:
            raise CannotGoOn(
                "Exempelvandringen kunde inte byggas; raderna ovan säger varför. / "
                "The sample walk could not be built; the lines above say why."
            )
        finished.write_text(built.stdout.split()[-1], encoding="utf-8")
    return finished.read_text(encoding="utf-8")


def _show_what_it_does(python: Path) -> None:
    """The main job without a screen: the sample walk, printed."""
    home, page = SAMPLE / "home", SAMPLE / "protokoll.pdf"
    walk = _sample_walk(python, home)
    say("Skriver dess protokoll … / Printing its protocol …")
    command = _gatljus(python, "--home", str(home), "protocol", walk, "-o", str(page))
    if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
        raise CannotGoOn(
            "Protokollet kunde inte skrivas; raderna ovan säger varför. / "
            "The protocol could not be printed; the lines above say why."
        )
    print(f"Exempelvandringens protokoll / The protocol of the sample walk: {page}")
    print(f"Dess data / Its data: {home}")
    print("Mer / More: python3 packaging/run.py --help")


def _run(command: list[str], cwd: Path | None = None) -> int:
    """Runs a command to its end; its exit code. Who stops it lets it put away what it was doing: it hears that itself
    where a person pressed the keys, and is told where only this program heard it."""
    with subprocess.Popen(command, cwd=cwd) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                    return process.wait(HEARS_S)
                process.send_signal(signal.SIGINT)


def _open_window(python: Path, *homes: Path) -> int:
    still_missing = missing_parts(WITH_SCREEN)
    if still_missing:
        say(
            "Fönstret kanske inte öppnas utan dessa / The window may not open without these: "
            f"apt-get install {' '.join(still_missing)}"
        )
    return _run([str(python), "-m", "ui", *map(str, homes)], ROOT)


def main(words: list[str]) -> int:
    """Start what was asked for; the exit code is that of what was started, 1 if it could not be."""
    try:
        python = prepare(RUNTIME)
        if words == [OWN]:
            if not _has_screen():
                raise CannotGoOn(NO_SCREEN)
            return _open_window(python)
        if words:
            return _run(_gatljus(python, *words))
        if _has_screen():
            _sample_walk(python, SAMPLE / "home")
            return _open_window(python, SAMPLE / "home")
        _show_what_it_does(python)
    except CannotGoOn as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("Avbrutet. / Stopped.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
