"""A walk that has left this home, purged or emptied, here or by another process, while the window is at it."""

from collections.abc import Mapping

from app.base.words import _
from app.domain.change import News
from app.queries.find import is_here
from app.session import Session
from ui.widgets.fields import forget_unkept
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.page import Screen


def must_leave(session: Session, screen: Screen, walk: str, news: Mapping[str, News]) -> bool:
    """Whether the walk of a screen has gone, by what the bell told, and the screen is of no use without it. What is
    being typed there is given up: it would be written to what is not here."""
    told = not news or (walk in news and news[walk].hides)
    if not walk or not told or screen.outlives_walk or is_here(session, walk):
        return False
    forget_unkept(screen)
    return True


def farewell(session: Session, walk: str) -> Notice:
    """Why one is not at the walk any more; it stays until somebody has read it."""
    purged = session.places.purged(walk) is not None
    text = _("Vandringen är gallrad.") if purged else _("Vandringen finns inte här längre.")
    return Notice(text, icon_named("state", "warn"), problem=True)
