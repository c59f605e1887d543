"""The catalogue of words: `python packaging/words.py` brings it up to date, `--check` says what is missing.

The sources speak Swedish. Every text marked with `_`, `N_` or `ngettext` is gathered into `gatljus.po`; what is written
there by hand is kept, what no source says any more is dropped, and `gatljus.mo` is made from it. Run with the
interpreter of `.venv`.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from environment import ROOT

WORDS = ROOT / "resources" / "words" / "en" / "LC_MESSAGES"
SOURCE, COMPILED = WORDS / "gatljus.po", WORDS / "gatljus.mo"
MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in the head of the file: always the same, so that the file changes only when a text does."""

TEXTS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks a text, and how many forms of it."""


def marked() -> Catalog:
    """Every text that the sources mark."""
    catalogue = Catalog(project="gatljus", charset="utf-8")
    for package in ("app", "ui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for text in _marked_in(path.read_text("utf-8")):
                catalogue.add(text if len(text) > 1 else text[0])
    return catalogue


def _marked_in(source: str) -> Iterator[tuple[str, ...]]:
    """The texts that one source marks. Read from its syntax tree: Babel does not look into f-strings."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXTS:
            said = [each.value for each in node.args[: TEXTS[node.func.id]] if isinstance(each, ast.Constant)]
            forms = tuple(each for each in said if isinstance(each, str) and each)
            if forms and len(forms) == len(said):
                yield forms


def english() -> Catalog:
    """What stands in `gatljus.po`; empty where there is none."""
    if not SOURCE.exists():
        return Catalog(locale="en")
    with SOURCE.open("rb") as file:
        return read_po(file, locale="en")


def _gaps(form: str) -> set[str]:
    return set(re.findall(r"\{(\w*)", form))


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A text alone, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _fault(message: Message) -> str | None:
    """What is wrong with the English of a text, if anything."""
    ours, there = _forms(message.id), _forms(message.string)
    if message.fuzzy or not there or not all(there):
        return "has no English"
    known = set[str]().union(*map(_gaps, ours))
    if (len(ours) == 1 and _gaps(there[0]) != known) or any(not _gaps(form) <= known for form in there):
        return "has other gaps in English"
    return None


def _translated(catalogue: Catalog) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    pairs = ((_forms(each.id), _forms(each.string)) for each in catalogue if each.id)
    return {(ours, there) for ours, there in pairs if all(there)}


def _is_compiled(catalogue: Catalog) -> bool:
    if not COMPILED.exists():
        return False
    with COMPILED.open("rb") as file:
        return _translated(read_mo(file)) == _translated(catalogue)


def faults() -> Iterator[str]:
    """Every text that lacks its English, has other gaps in it, or stands in the catalogue for nothing."""
    wanted, have = marked(), english()
    for message in wanted:
        if not message.id:
            continue
        there = have.get(message.id)
        fault = "is not in the catalogue" if there is None else _fault(there)
        if fault:
            yield f"{message.id!r} {fault}"
    for message in have:
        if message.id and wanted.get(message.id) is None:
            yield f"{message.id!r} is said nowhere"
    if not _is_compiled(have):
        yield f"{COMPILED.name} is not made from {SOURCE.name}"


def update() -> None:
    """Bring the catalogue up to date with the sources."""
    catalogue = english()
    catalogue.update(marked(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    kept = Catalog("en", project="Gatljus", version="1", creation_date=MADE, revision_date=MADE, fuzzy=False)
    kept.last_translator, kept.language_team, kept.msgid_bugs_address = "Gatljus", "Gatljus", "-"
    kept.header_comment = "# The English of Gatljus. Written by hand; gathered by packaging/words.py."
    for message in sorted((each for each in catalogue if each.id), key=lambda each: str(each.id)):
        kept[message.id] = message
    WORDS.mkdir(parents=True, exist_ok=True)
    with SOURCE.open("wb") as file:
        write_po(file, kept, width=120, no_location=True)
    with COMPILED.open("wb") as file:
        write_mo(file, kept)


def main() -> int:
    """Check or update; 1 if something is missing."""
    if "--check" not in sys.argv[1:]:
        update()
    wrong = list(faults())
    print("\n".join(wrong) or f"Every one of {len(english())} texts has its English.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
