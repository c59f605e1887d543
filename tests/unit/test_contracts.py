"""Every import contract of pyproject.toml is broken once, in a copy of the sources, and seen to be reported.

A contract that no breach can break protects nothing; a contract without a breach here fails the first test.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = [
    each["name"]
    for each in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
]

DOWN = "app: imports point down, siblings do not import each other"
UI_DOWN = "ui: imports point down"
PLACES = "projections in places, documents and sheets in export, the command line in cli"

BREACHES = [
    (DOWN, "app/base/clock.py", "import app.domain.values"),
    (DOWN, "app/domain/values.py", "import app.storage"),
    (DOWN, "app/photos/breach.py", "import app.places"),
    (DOWN, "app/sync/breach.py", "import app.storage"),
    (DOWN, "app/export/breach.py", "import app.report"),
    (DOWN, "app/queries/breach.py", "import app.commands"),
    (DOWN, "app/session.py", "import app.jobs"),
    (DOWN, "app/utils.py", "import os"),
    (UI_DOWN, "ui/bridge/breach.py", "import ui.widgets.breach"),
    (UI_DOWN, "ui/helpers.py", "import os"),
    ("ui: screens do not import each other", "ui/screens/breach.py", "import ui.screens.other"),
    (
        "ui stands on jobs, commands, queries, session, settings, domain and base alone",
        "ui/widgets/breach.py",
        "import app.storage",
    ),
    ("app knows no screen", "app/jobs.py", "import ui"),
    ("resources imports nothing of ours", "resources/breach.py", "import app.base"),
    (
        "resources is handed in by session; report and export alone read it below",
        "app/domain/values.py",
        "import resources",
    ),
    ("base, domain and resources stand on the standard library", "app/domain/values.py", "import click"),
    ("Qt in ui", "app/report/breach.py", "import PySide6.QtGui"),
    ("SQL in storage and in the reader of map tiles", "app/queries/breach.py", "import sqlite3"),
    ("SQL in storage and in the reader of map tiles", "app/places/breach.py", "import sqlite3"),
    ("pages in report", "app/jobs.py", "import reportlab.pdfgen"),
    ("pictures in photos and report", "app/commands/breach.py", "import PIL.Image"),
    (PLACES, "app/report/breach.py", "import pyproj"),
    (PLACES, "app/queries/breach.py", "import docx"),
    (PLACES, "app/commands/breach.py", "import click"),
    ("no circles", "app/domain/breach.py", "import app.domain.breach_back"),
]

COMPANIONS = {
    "ui/widgets/breach.py": "import os",
    "ui/screens/other.py": "import os",
    "app/domain/breach_back.py": "import app.domain.breach",
}
"""What some breaches need beside them; harmless alone."""


def write(copy: Path, place: str, line: str) -> None:
    """Adds a line to a module of the copy, which is made, with its packages, where there is none."""
    module = copy / place
    if module.with_suffix("").is_dir():
        module = module.with_suffix("") / "__init__.py"
    module.parent.mkdir(parents=True, exist_ok=True)
    for package in module.relative_to(copy).parents[:-1]:
        (copy / package / "__init__.py").touch()
    with module.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")


def lint(copy: Path) -> str:
    """What import-linter says of the sources in `copy`, whatever its exit code."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    surroundings = {**os.environ, "COLUMNS": "400", "PYTHONPATH": str(copy), "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=copy, env=surroundings, capture_output=True, encoding="utf-8")
    return done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources, without data, where they may be spoilt."""
    for package in ("app", "ui", "resources"):
        for source in (ROOT / package).rglob("*.py"):
            target = tmp_path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_every_contract_has_a_breach_here() -> None:
    assert {contract for contract, _, _ in BREACHES} == set(CONTRACTS)


def test_the_sources_keep_every_contract(copy: Path) -> None:
    said = lint(copy)
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in said, said


@pytest.mark.parametrize(
    ("contract", "place", "line"), BREACHES, ids=[f"{place} {line}" for _, place, line in BREACHES]
)
def test_a_breach_is_reported_by_the_name_of_its_contract(copy: Path, contract: str, place: str, line: str) -> None:
    for companion, text in COMPANIONS.items():
        if companion.removesuffix(".py").replace("/", ".") in line:
            write(copy, companion, text)
    write(copy, place, line)
    said = lint(copy)
    assert f"{contract} BROKEN" in said, said
