"""A map as a screen reader is told of it: in words what it shows, and its marks one by one.

All of it is read from the map when it is asked for: nothing is kept up to date with each step one takes, and nothing is
announced.
"""

from collections import Counter
from functools import cache, partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from app.base.words import _
from app.queries.telling import counted
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.map_picture import MapPicture
from ui.widgets.map_sprites import size_of
from ui.widgets.words import way_words

WORDS = {MarkKind.STOP: "stop", MarkKind.OBSERVATION: "observation", MarkKind.PHOTO: "photo"}
"""Kinds of marks that are counted, as the kinds of records are called."""


class SpokenMark(QAccessibleInterface):
    """The mark with a key, wherever it lies; not valid while the map has none of that key."""

    def __init__(self, picture: MapPicture, key: str) -> None:
        super().__init__()
        self._picture, self.key = picture, key

    def _mark(self) -> Mark | None:
        return self._picture.mark(self.key) if isValid(self._picture) else None

    def isValid(self) -> bool:
        """Called by Qt."""
        return self._mark() is not None

    def object(self) -> Any:
        """It is no object of its own."""
        return None

    def parent(self) -> QAccessibleInterface:
        """The map."""
        return QAccessible.queryAccessibleInterface(self._picture)

    def window(self) -> QWindow:
        """The window of the map."""
        return self._picture.window().windowHandle()

    def childCount(self) -> int:
        """Nothing lies in it."""
        return 0

    def child(self, _index: int) -> Any:
        """None."""
        return None

    def childAt(self, _x: int, _y: int) -> Any:
        """None."""
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """No place."""
        return -1

    def rect(self) -> QRect:
        """Where it lies on the screen."""
        mark = self._mark()
        if mark is None:
            return QRect()
        side = size_of(self._picture.look, mark.kind)
        box = QRect(0, 0, side, side)
        box.moveCenter(self._picture.mapToGlobal(self._picture.point_of(mark.position).toPoint()))
        return box

    def role(self) -> QAccessible.Role:
        """A picture with a name."""
        return QAccessible.Role.Graphic

    def state(self) -> QAccessible.State:
        """Whether it is in sight, and whether it is the one one is at."""
        mark, state = self._mark(), QAccessible.State()
        state.invisible = mark is None or not self._picture.isVisible()
        state.offscreen = mark is not None and not _sees(self._picture, mark)
        state.selectable, state.selected = True, self._picture.current == self.key
        return state

    def text(self, which: QAccessible.Text) -> str:
        """What the list beside the map says of it; and how it is with a stop, and where it lies from here."""
        mark = self._mark()
        if mark is None or which not in (QAccessible.Text.Name, QAccessible.Text.Description):
            return ""
        if which == QAccessible.Text.Name:
            return mark.name
        here = self._picture.here
        said = (_("Vi är här") if mark.next else "", _("Besökt") if mark.done else "")
        way = " ".join(way_words(here, mark.position)) if here is not None else ""
        return ", ".join(each for each in (*said, way) if each)

    def setText(self, _which: QAccessible.Text, _text: str) -> None:
        """It cannot be written."""


class SpokenMap(QAccessibleWidget):
    """A map. Where nothing else is said of it, its description tells where one is and what is in sight."""

    def __init__(self, picture: MapPicture) -> None:
        super().__init__(picture, QAccessible.Role.Graphic)
        self._picture, self._said = picture, dict[str, SpokenMark]()
        picture.marked.connect(self._forget)
        # So this is held as long as the map is. At the program's end Qt lets go of it first, and then of the marks,
        # which must not have gone with it.
        picture.destroyed.connect(partial(self._end))

    def childCount(self) -> int:
        """How many marks there are."""
        return len(self._picture.marks)

    def child(self, index: int) -> Any:
        """A mark by its place among them; None where there is none."""
        marks = self._picture.marks
        if not 0 <= index < len(marks):
            return None
        key = marks[index].key
        if key not in self._said:
            self._said[key] = SpokenMark(self._picture, key)
        return self._said[key]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a mark among them; -1 where it is none of them."""
        key = child.key if isinstance(child, SpokenMark) else None
        return next((place for place, mark in enumerate(self._picture.marks) if mark.key == key), -1)

    def childAt(self, x: int, y: int) -> Any:
        """The mark that is seen at a point of the screen; None where there is none."""
        key = self._picture.nearest(self._picture.mapFromGlobal(QPoint(x, y)).toPointF())
        places = [place for place, mark in enumerate(self._picture.marks) if mark.key == key]
        return self.child(places[0]) if places else None

    def text(self, which: QAccessible.Text) -> str:
        """What is said of it elsewhere comes first."""
        said = super().text(which)
        return said if said or which != QAccessible.Text.Description else told(self._picture)

    def _forget(self) -> None:
        """Marks that are there no more are nothing to ask for."""
        self._keep({each.key for each in self._picture.marks})

    def _end(self) -> None:
        """With the map its marks go. This may stay for a while: it must not hold the map, which holds its pictures."""
        self._keep(set())
        del self._picture

    def _keep(self, keys: set[str]) -> None:
        for key in self._said.keys() - keys:
            gone = self._said.pop(key)
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(gone))


def told(picture: MapPicture) -> str:
    """What a map shows: where one is and where one goes, as the page knows it, and how many marks are in sight."""
    seen = Counter(WORDS[each.kind] for each in picture.marks if each.kind in WORDS and _sees(picture, each))
    sight = _("I bild: {what}.").format(what=counted(seen)) if seen else _("Inga märken i bild.")
    return " ".join(each for each in (picture.around(), sight) if each)


def _sees(picture: MapPicture, mark: Mark) -> bool:
    return picture.rect().contains(picture.point_of(mark.position).toPoint())


def tell_anew(picture: MapPicture) -> None:
    """What was read of the map before is no longer so."""
    QAccessible.updateAccessibility(QAccessibleEvent(picture, QAccessible.Event.DescriptionChanged))


@cache
def speak_maps() -> None:
    """From now on maps are told of in this way."""
    QAccessible.installFactory(_made)


def _made(_kind: str, thing: QObject) -> SpokenMap | None:
    return SpokenMap(thing) if isinstance(thing, MapPicture) else None
