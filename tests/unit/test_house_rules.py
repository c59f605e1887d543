"""The rules of the house that no other tool checks. Each rule is also shown a breach, so that it cannot sleep."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    each.relative_to(ROOT)
    for folder in ("app", "ui", "resources", "packaging")
    for each in (ROOT / folder).rglob("*.py")
)
LONGEST = 400

Rule = Callable[[Path, str], Iterator[str]]

SLOW = {
    "PIL": "0.02 s, of the 0.3 s until the window is there",
    "PySide6.QtMultimedia": "0.14 s, of the 0.5 s until the window is there, and not every system has it whole",
    "app.jobs.demo": "0.27 s together with the protocol, of the 0.7 s that a command takes to start",
    "app.jobs.protocol": "the composer and its drawings",
    "app.report.pdf": "0.3 s, brings reportlab along, which every module of the renderer stands on",
    "app.jobs.restore": "with the rescue 0.03 s, of the 0.5 s until the window is there, for the day on which it fails",
    "docx": "0.1 s",
    "pi_heif": "a decoder of its own, seldom needed",
    "pyproj": "0.1 s",
    "reportlab": "0.2 s",
    "sqlite_utils": "0.08 s, of the 0.5 s until the window is there, for the day on which a file is made or altered",
    "ui.shell.recovery": "see app.jobs.restore",
    "ui.widgets.left_to_review": "0.04 s, of the 0.5 s until the window is there: its first page counts nothing",
    "ui.widgets.things": "see ui.widgets.left_to_review",
    "xlsxwriter": "0.1 s",
}
"""What may be imported where it is used, so that the window opens without waiting for it, and what it costs."""

NOT_EVERYWHERE = {"resource"}
"""Modules that Windows does not have."""

VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "tools"}

SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|"
    r"(CREATE|DROP)\s+(TEMP\s+)?(TABLE|VIEW|INDEX|TRIGGER|VIRTUAL)|ALTER\s+TABLE|PRAGMA|BEGIN\s+IMMEDIATE|ATTACH\s+DATABASE)\b",
    re.DOTALL,
)


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string with its line, f-strings whole; docstrings are not among them."""
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            apart |= {id(part) for part in node.values}
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "?" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node.lineno, node.value


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module that is imported by its full name, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def sql_in_storage(path: Path, source: str) -> Iterator[str]:
    """SQL stands in storage and in the reader of map tiles."""
    if path.parts[:2] == ("app", "storage") or path.as_posix() == "app/places/mbtiles.py":
        return
    yield from (f"line {line}: SQL" for line, text in _texts(ast.parse(source)) if SQL.search(text))


def short_files(_path: Path, source: str) -> Iterator[str]:
    """A file has at most 400 lines."""
    lines = source.count("\n")
    if lines > LONGEST:
        yield f"{lines} lines"


def telling_names(path: Path, _source: str) -> Iterator[str]:
    """A module says what it is about."""
    if VAGUE & {path.stem, *path.parts[:-1]}:
        yield "a name that says nothing"


def literal_words(_path: Path, source: str) -> Iterator[str]:
    """`_`, `N_` and `ngettext` are called with literals, or the catalogue does not find them; `_` also with what was
    marked by `N_` where it stands: a name, an attribute, an entry, never something put together."""
    literals = {"_": 1, "N_": 1, "ngettext": 2}
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in literals):
            continue
        name = node.func.id
        marked = (ast.Name, ast.Attribute, ast.Subscript) if name == "_" else ()
        wanted = node.args[: literals[name]]
        if len(wanted) < literals[name] or not all(
            isinstance(each, marked) or (isinstance(each, ast.Constant) and isinstance(each.value, str))
            for each in wanted
        ):
            yield f"line {node.lineno}: {name} without a literal"


def imports_on_top(_path: Path, source: str) -> Iterator[str]:
    """Imports stand at the top, except of slow libraries and of what not every system has."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for line, name in _imports(function):
                if not any(f"{name}.".startswith(f"{allowed}.") for allowed in SLOW.keys() | NOT_EVERYWHERE):
                    yield f"line {line}: {name} imported in a function"


def no_globals(_path: Path, source: str) -> Iterator[str]:
    """Nothing rebinds a module's names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Global):
            yield f"line {node.lineno}: global {', '.join(node.names)}"


def safe_calls(_path: Path, source: str) -> Iterator[str]:
    """One connection per thread; files come to their final name by renaming; transactions have one door."""
    forbidden = {
        r"check_same_thread\s*=\s*False": "a connection shared between threads",
        r"\bshutil\.(copy|copy2|copyfile|copytree|move)\b": "a copy that may be cut short under its final name",
        r"\bwith \w+(\.\w+)*\.conn:": "a transaction that does not begin IMMEDIATE",
        r"\b(db|self\._?db|database)\.conn\.execute\b": "SQL beside the one door",
    }
    for pattern, reason in forbidden.items():
        for found in re.finditer(pattern, source):
            yield f"line {source.count(chr(10), 0, found.start()) + 1}: {reason}"


OUTLIVES = {"bell", "guide", "pictures", "runner", "shelf", "tiles"}
"""What a desk has, and what is there longer than any page."""


def bound_slots(path: Path, source: str) -> Iterator[str]:
    """Qt ends the connection of a widget's own method with the widget; a lambda is still called when it has gone."""
    for node in ast.walk(ast.parse(source)) if path.parts[0] == "ui" else ():
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect"):
            continue
        signal = node.func.value
        of = signal.value if isinstance(signal, ast.Attribute) else None
        name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
        if name.lstrip("_") in OUTLIVES and any(isinstance(each, ast.Lambda) for each in node.args):
            yield f"line {node.lineno}: a lambda at {ast.unparse(signal)}"


def _says_enough(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """It has a docstring, or another says it: the function it overrides, the members of an enumeration."""
    elsewhere = [*node.decorator_list, *(node.bases if isinstance(node, ast.ClassDef) else ())]
    names = [each.id for each in elsewhere if isinstance(each, ast.Name)]
    return ast.get_docstring(node) is not None or any(each == "override" or each.endswith("Enum") for each in names)


def promises(_path: Path, source: str) -> Iterator[str]:
    """Modules, public classes and public functions say what they promise."""
    tree = ast.parse(source)
    if tree.body and ast.get_docstring(tree) is None:
        yield "the module has no docstring"
    waiting: list[ast.Module | ast.ClassDef] = [tree]
    while waiting:
        for node in waiting.pop().body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
                continue
            if not _says_enough(node):
                yield f"line {node.lineno}: {node.name} has no docstring"
            if isinstance(node, ast.ClassDef):
                waiting.append(node)


def own_ground(path: Path, source: str) -> Iterator[str]:
    """base, domain and resources stand on the standard library and on what lies below them."""
    below = {("app", "base"): {"app"}, ("app", "domain"): {"app"}, ("resources",): {"resources"}}
    allowed = next((names for place, names in below.items() if path.parts[: len(place)] == place), None)
    if allowed is None:
        return
    for line, name in _imports(ast.parse(source)):
        if not name.startswith(".") and name.split(".")[0] not in allowed | set(sys.stdlib_module_names):
            yield f"line {line}: {name}"


RULES: dict[Rule, tuple[str, str]] = {
    sql_in_storage: ("app/queries/walks.py", '"""SELECT a FROM b."""\nx = f"SELECT {1} FROM walk"\n'),
    short_files: ("app/jobs.py", "x = 1\n" * (LONGEST + 1)),
    telling_names: ("app/report/helpers.py", ""),
    literal_words: ("app/jobs.py", "_(f'Klart {1}')\n"),
    imports_on_top: ("app/jobs.py", "def f() -> None:\n    import json\n"),
    no_globals: ("app/jobs.py", "def f() -> None:\n    global x\n    x = 1\n"),
    safe_calls: ("app/photos/intake.py", "shutil.copy2(a, b)\n"),
    bound_slots: ("ui/screens/more.py", "desk.guide.turned.connect(lambda: self.refresh({}))\n"),
    promises: ("app/jobs.py", '"""Jobs."""\n\n\ndef sync() -> None:\n    return\n'),
    own_ground: ("app/domain/walk.py", "import pytz\n"),
}
"""Every rule, and a breach of it."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_sources_keep_the_rule(rule: Rule) -> None:
    wrong = [f"{path}: {what}" for path in SOURCES for what in rule(path, (ROOT / path).read_text("utf-8"))]
    assert not wrong, f"{rule.__doc__}\n" + "\n".join(wrong)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_sees_a_breach(rule: Rule) -> None:
    place, source = RULES[rule]
    assert len(list(rule(Path(place), source))) == 1


NOT_OURS = re.compile(
    "|".join(
        (
            r"(?<![\w.])/(work|root)/",
            r"/home/\w+/",
            r"py" + r"pi\.org",
            r"python" + r"hosted\.org",
            r"npm" + r"js\.(org|com)",
            r"(deb|ftp|security|snapshot)\.debian" + r"\.org",
            r"--(extra-)?index-url",
            r"[dD]esign(\.md)? §",
        )
    )
)
"""Paths of a machine, addresses of registries, and papers that are not in the repository."""


def _tracked() -> list[Path]:
    """The project's files; where it was fetched without git, what lies in its folders and is not made by a run."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        folders = [ROOT / each for each in ("app", "ui", "resources", "tests", "packaging", ".ci")]
        inside = (each for folder in folders for each in folder.rglob("*") if each.suffix != ".pyc")
        return [each for each in (*ROOT.iterdir(), *inside) if each.is_file()]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return [ROOT / each for each in listed.stdout.split("\0") if each and (ROOT / each).is_file()]


def _is_licence(path: Path) -> bool:
    return "LICENSES" in path.parts or path.name.upper().startswith(("LICENSE", "LICENCE", "OFL", "COPYING"))


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    wrong = []
    for path in _tracked():
        if _is_licence(path) or path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore") if b"\0" not in path.read_bytes()[:8000] else ""
        for number, line in enumerate(text.splitlines(), 1):
            if NOT_OURS.search(line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("line", ["see /ro" + "ot/x", "from https://py" + "pi.org/simple", "as design § 6 says"])
def test_a_line_that_names_them_is_seen(line: str) -> None:
    assert NOT_OURS.search(line.replace("§ ", "§"))


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.txt", ["build"]), ("requirements-dev.txt", ["build", "dev"])]
)
def test_the_lock_holds_every_dependency_with_hashes(lock: str, extras: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    names = {re.split(r"[<>=!~ ;\[]", each)[0].lower().replace("_", "-") for each in asked}
    text = (ROOT / "packaging" / lock).read_text("utf-8")
    entries = {block.split("==")[0]: block for block in re.split(r"\n(?! )", text) if block.strip()}
    assert names <= entries.keys()
    assert all("--hash=sha256:" in block for block in entries.values())
    assert "http" not in text


def test_the_checks_hold_the_same_versions_as_the_product() -> None:
    pins = {
        lock: set(re.findall(r"^(\S+==[^\\\n]+?) *\\?$", (ROOT / "packaging" / lock).read_text("utf-8"), re.MULTILINE))
        for lock in ("requirements.txt", "requirements-dev.txt")
    }
    assert pins["requirements.txt"]
    assert pins["requirements.txt"] <= pins["requirements-dev.txt"]
