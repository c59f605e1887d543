"""A map in words, for who cannot see it: where one is and what is in sight, or the mark that was chosen.

They are worked out when the map gets the focus and when a mark is chosen: nothing is kept up to date with each step one
takes, and nothing is announced. (Marks as objects of a screen reader's own, children of the map, were tried: with
PySide6 6.11 the program ended in a fault of memory now and then. The tabulator goes from mark to mark instead.)
"""

from collections import Counter

from app.base.words import _
from app.queries.telling import counted
from ui.widgets.map_model import Mark, MarkKind
from ui.widgets.map_picture import MapPicture
from ui.widgets.words import way_words

WORDS = {MarkKind.STOP: "stop", MarkKind.OBSERVATION: "observation", MarkKind.PHOTO: "photo"}
"""Kinds of marks that are counted, as the kinds of records are called."""


def told(picture: MapPicture) -> str:
    """What is chosen on a map; where nothing is, where one is and where one goes, as the page knows it, and how many
    marks are in sight."""
    mark = picture.mark(picture.current)
    if mark is not None:
        return _mark_told(picture, mark)
    inside = picture.rect()
    seen = Counter(
        WORDS[each.kind]
        for each in picture.marks
        if each.kind in WORDS and inside.contains(picture.point_of(each.position).toPoint())
    )
    sight = _("I bild: {what}.").format(what=counted(seen)) if seen else _("Inga märken i bild.")
    return " ".join(each for each in (picture.around(), sight) if each)


def _mark_told(picture: MapPicture, mark: Mark) -> str:
    """What it is; how it is with a stop, as the list beside the map says; and where it lies from here."""
    said = (mark.name, mark.state, _("Besökt") if mark.done else "")
    way = " ".join(way_words(picture.here, mark.position)) if picture.here is not None else ""
    return ", ".join(each for each in (*said, way) if each)
