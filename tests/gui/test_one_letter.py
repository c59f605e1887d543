"""Two tablets that took one letter, unaware of each other, in the window: each page tells them apart."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.base.job import finish
from app.commands.observations import observe, remark
from app.commands.records import set_fields
from app.domain.letters import shown_tags
from app.domain.records import Device, Observation
from app.jobs.sync import sync
from app.session import Session
from tests.gui.hands import buttons, until
from ui.shell.window import Window
from ui.widgets.chip import Chip, SaveChain
from ui.widgets.desk import Place


@pytest.fixture
def bees(session: Session, walk: str, tmp_path: Path) -> Iterator[list[str]]:
    """What the two are called: B, and the beginning of an id. Each got the walk before the other had joined."""
    first, second = tmp_path / "ett", tmp_path / "två"
    first.mkdir()
    finish(sync(session, str(first), walk=walk))
    shutil.copytree(first, second)
    others = [Session(tmp_path / "home of ett"), Session(tmp_path / "home of två")]
    for each, folder in zip(others, (first, second), strict=True):
        each.identity = replace(each.identity, machine=f"machine {folder.name}")
        each.settings = replace(each.settings, label=f"Platta {folder.name}")
        finish(sync(each, str(folder), walk=walk))
        shared = each.read(Observation, {"scope": walk, "item": "A1"})[0]
        set_fields(each, shared, {"text": f"Mörkt, sa {folder.name}."})
        remark(each, walk, shared.id, f"Instämmer, {folder.name}.", "boende")
        observe(each, walk, {"item": "B1"})
        finish(sync(each, str(folder), walk=walk))
    for folder in (first, second):
        finish(sync(session, str(folder), walk=walk))
    yield [f"B ({each.identity.device[:4]}" for each in others]
    for each in others:
        each.close()


def seen_on(shown: Window) -> str:
    """All that the page says."""
    said = [each.text() for each in shown.findChildren(QLabel) if each.isVisible()]
    said += [each.text for each in shown.findChildren(Chip) if each.isVisible()]
    said += [link for each in shown.findChildren(SaveChain) for link, _reached in each.links]
    return "\n".join([*said, *(each.accessibleName() or each.text() for each in buttons(shown))])


def test_each_page_that_names_them_tells_them_apart(
    window: Callable[..., Window], session: Session, walk: str, bees: list[str]
) -> None:
    assert sorted(each.letter for each in session.read(Device)) == ["A", "B", "B"]
    (shared,) = session.read(Observation, {"scope": walk, "item": "A1"})
    shown = window(1280, 1600)
    for place in (
        Place("devices", walk),
        Place("review", walk, f"versions observation {shared.id} text"),
        Place("observation", walk, shared.id),
    ):
        shown.go(place)
        until(lambda: all(each in seen_on(shown) for each in bees), f"both of them on {place.page}")
        assert not re.findall(r"(?:Platta|hos|av|boende,) B\b(?! \()", seen_on(shown))
    tags = shown_tags(session.read(Observation, {"scope": walk, "tag": "B1"}))
    assert len(tags) == 2 and all(each.startswith("B1·") for each in tags.values())
    for record, tag in tags.items():
        for page in ("observation", "lamp"):
            shown.go(Place(page, walk, record))
            until(partial(_says, shown, tag), f"{tag} on {page}")


def _says(shown: Window, text: str) -> bool:
    return text in seen_on(shown)
