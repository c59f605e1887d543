"""Whoever walks without a track is told so, with the way to begin one."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from app.base.words import _
from app.domain.records import Track
from app.domain.rules import is_walked
from app.domain.values import known
from ui.widgets.desk import Desk
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.walk_over import over_here


class TrackAsk(QObject):
    """Asks, while positions come to a walk that is under way and whose way nobody keeps here, whether to `begin` its
    track. Not where one was begun here, and so was ended by a person; nor again where the question was closed, as long
    as the window lives."""

    def __init__(self, desk: Desk, walk: str, begin: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._walk, self._begin = desk, walk, begin
        self._asks = False
        self._take_away: Callable[[], None] = lambda: None
        desk.guide.moved.connect(self._ask)
        desk.guide.turned.connect(self._see)

    def _ask(self) -> None:
        if self._asks or not self._is_open:
            return
        self._asks = True
        text = _("Inget spår spelas in. Vägen ni går sparas inte.")
        begin = (_("Starta spår"), self._begin)
        self._desk.say(Notice(text, icon_named("source", "track"), action=begin, waits=True, stays=True,
                              brief=_("Inget spår."), shown=self._shown, gone=self._gone,
                              declined=self._declined))  # fmt: skip

    @property
    def _is_open(self) -> bool:
        desk, guide = self._desk, self._desk.guide
        if guide.recording is not None or guide.rehearses or self._walk in guide.untracked:
            return False
        walk, now, here = desk.shelf.walk(self._walk), desk.session.clock(), desk.session.identity.device
        if walk is None or over_here(desk, self._walk) is not None:
            return False
        starts = known(walk.starts, datetime)
        is_begun = walk.info_shown_at is not None or (starts is not None and starts <= now)
        tracks = desk.shelf.all_of(Track, self._walk)
        return is_begun and not any(each.device == here and is_walked(each) for each in tracks)

    def _see(self) -> None:
        if self._asks and not self._is_open:
            self._take_away()

    def _shown(self, take_away: Callable[[], None]) -> None:
        self._take_away = take_away

    def _gone(self) -> None:
        self._asks, self._take_away = False, lambda: None

    def _declined(self) -> None:
        self._desk.guide.untracked.add(self._walk)
