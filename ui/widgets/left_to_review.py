"""What is left to go through in a walk: what the rail counts on every page, and so nothing heavier."""

from app.domain.record import Record
from app.domain.records import KIND_OF, Photo
from app.domain.rules import is_unplaced
from app.queries.photos import awaited
from app.queries.review import Group, Item, to_review
from app.session import Session
from app.settings import load_joined
from ui.bridge.shelf import Shelf
from ui.widgets.things import Things

About = tuple[str, str, str]
"""Kind, id and field of what a conflict is about."""


def joined_texts(session: Session, scope: str) -> dict[About, str]:
    """The texts of a walk that were begun to be put together, and neither used nor thrown away."""
    found = {tuple(key.split(" ")): text for key, text in load_joined(session.home).items()}
    return {(key[1], key[2], key[3]): text for key, text in found.items() if len(key) == 4 and key[0] == scope}


def left_to_review(session: Session, shelf: Shelf, things: Things) -> list[Item]:
    """What is left to go through in a walk. A text that was being put together stays in the list until it is used or
    thrown away, also where the conflict was settled elsewhere."""
    scope = things.scope
    photos, seen = shelf.all_of(Photo, scope), {each.id: each for each in things.observations}
    unplaced = [each for each in photos if is_unplaced(each, seen)]
    found = to_review(
        [each for each in things.observations if each.id not in things.practised],
        shelf.conflicts(scope),
        things.incomplete,
        unplaced,
        awaited(session, photos),
    )
    clashing = {(each.kind, each.record, each.about) for each in found}
    kept = [key for key in joined_texts(session, scope) if key not in clashing and record_of(shelf, scope, key)]
    place = sum(each.group != Group.GAPS for each in found)
    return [*found[:place], *(Item(Group.VERSIONS, *key) for key in kept), *found[place:]]


def record_of(shelf: Shelf, scope: str, about: About) -> Record | None:
    """The record that something is about; None where it is not shown."""
    cls = KIND_OF.get(about[0])
    return shelf.one(cls, scope, about[1]) if cls is not None else None
