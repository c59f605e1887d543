"""What is told where one walked once the walk is ended: when that was, how far and how long it went, what was noted,
and the way to what is left to do."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, Signal

from app.base.errors import GatljusError
from app.base.words import _, ngettext
from app.commands.walks import end_walk, go_on
from app.domain.durations import duration_words
from app.domain.records import Device, Photo, SafetyWalk, Track, TrackChunk
from app.domain.rules import is_over, is_walked
from app.domain.values import known
from app.queries.devices import is_done
from app.queries.tracks import walked_here_m
from app.queries.whereabouts import Whereabouts
from app.session import Session
from ui.bridge.lookup import Lookup
from ui.bridge.runner import Failure
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice
from ui.widgets.paint import CARD_RADIUS
from ui.widgets.rehearsed import practises_here
from ui.widgets.text import Icon, Label, Surface, column, held, row
from ui.widgets.things import Things
from ui.widgets.walk_round import Round
from ui.widgets.words import clock_words, metres, moment_words

MINUTE, LONGEST = timedelta(minutes=1), timedelta(hours=12)
"""What is longer was begun or ended at another time than is written."""


def ended(desk: Desk, walk: str) -> SafetyWalk | None:
    """The walk, where it is ended; else None."""
    found = desk.shelf.walk(walk)
    return found if found is not None and is_over(found, desk.session.clock()) else None


def over_here(desk: Desk, walk: str) -> SafetyWalk | None:
    """The walk, where it is ended and nobody practises it; else None."""
    return None if practises_here(desk, walk) else ended(desk, walk)


def ended_words(desk: Desk, walk: SafetyWalk) -> str:
    """Avslutad i dag 19.42."""
    return _("Avslutad {when}").format(when=moment_words(walk.ends, walk.zone, desk.session.clock()))


def finish_line(desk: Desk, walk: str) -> tuple[str, str]:
    """What leads to the end of a walk, and once it is ended to what is left to do: the word, and what it is."""
    over = over_here(desk, walk)
    if over is None:
        return _("Avsluta vandringen"), _("Se vad som återstår först.")
    left = _("{ended}. Komplettera, kopiera, protokoll.")
    return _("Efter vandringen"), left.format(ended=ended_words(desk, over))


class WalkOver(QObject):
    """What is so of a walk once it is ended. `measured`: how far this device walked is known now."""

    measured = Signal()

    def __init__(self, desk: Desk, walk: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._walk = desk, walk
        self._length_m, self._measured = 0.0, object()
        self._lookup = Lookup(desk.runner, desk.fail, self)
        self._lookup.told.connect(self._hear)

    def _hear(self, length_m: float) -> None:
        if length_m != self._length_m:
            self._length_m = length_m
            self.measured.emit()

    def facts(self, things: Things, walk: SafetyWalk) -> str:
        """1 h 37 min, 1,4 km, 12 iakttagelser, 8 foton, 3 att komplettera. What was only practised is not counted."""
        session, scope = self._desk.session, self._walk
        # Another one after any track was read anew.
        tracks = self._desk.shelf.worked_out("measured", scope, (Track, TrackChunk), object)
        if tracks is not self._measured:
            self._measured = tracks
            self._lookup.ask(lambda: walked_here_m(session, scope))
        return ", ".join(self._told(things, walk))

    def _told(self, things: Things, walk: SafetyWalk) -> Iterator[str]:
        begins, ends = known(walk.starts, datetime), known(walk.ends, datetime)
        if begins is not None and ends is not None and MINUTE <= ends - begins < LONGEST:
            yield duration_words(60 * round((ends - begins) / MINUTE))
        if self._length_m:
            yield metres(self._length_m)
        practised = things.practised
        seen = sum(each.id not in practised for each in things.observations)
        yield ngettext("{n} iakttagelse", "{n} iakttagelser", seen).format(n=seen)
        if taken := sum(each.id not in practised for each in self._desk.shelf.all_of(Photo, self._walk)):
            yield ngettext("{n} foto", "{n} foton", taken).format(n=taken)
        if left := sum(each.observation.id not in practised for each in things.incomplete):
            yield _("{n} att komplettera").format(n=left)


class OverCard(Surface):
    """When a walk was ended and what it came to, who is to be told, and the way back into it; nothing before."""

    def __init__(self, desk: Desk, walk: str) -> None:
        look = desk.look
        super().__init__(look, "okBg", line="ok", radius=CARD_RADIUS)
        self._desk, self._walk = desk, walk
        self._when, self._facts, self._who = Label(look, "", "h3"), Label(look, ""), Label(look, "")
        self._where: Whereabouts | None = None
        self._over = WalkOver(desk, walk, self)
        self._over.measured.connect(self.show_now)
        icon = Icon(look, icon_named("state", "done"), "ok", 32)
        words = row(icon, held(column(self._when, self._facts, self._who, spacing=4)), spacing=14)
        words.setStretch(1, 1)
        words.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        self._done = Button(look, _("Den här enheten är klar"), "check", least=60)
        self._done.clicked.connect(lambda _on: self._write(end_walk))
        again = Button(look, _("Fortsätt vandringen"), icon_named("action", "resume"), least=60)
        again.clicked.connect(lambda _on: self._go_on())
        ways = Flow(look.gap)
        for each in (self._done, again):
            ways.addWidget(each)
        self.setLayout(column(held(words), held(ways), margin=16, spacing=14))
        self.hide()

    def show_now(self) -> None:
        """Show what is so."""
        walk = ended(self._desk, self._walk)
        self.setVisible(walk is not None)
        if walk is None:
            return
        clock = clock_words(walk.ends, walk.zone)
        self._when.setText(_("Vandringen avslutades {clock}.").format(clock=clock))
        self._facts.setText(f"{self._over.facts(Things(self._desk.shelf, self._walk), walk)}.")
        where, said = self._where, known(walk.devices_expected, int) or 1
        known_here = max(said, len(self._desk.shelf.all_of(Device, self._walk)))
        company = known_here > 1 or (where is not None and bool(where.others))
        # What was noted after the end, or before another device ended the walk, says that one goes on here.
        goes_on = company and not is_done(self._desk.session, self._walk)
        self._done.setVisible(goes_on)
        told = _("Den här enheten har inte sagt att den är klar, eller har fortsatt efteråt. De andra väntar på det.")
        if not goes_on:
            told = _who_words(where, company=company) if where is not None else ""
        self._who.setText(told)
        self._who.setVisible(bool(told))

    def show_where(self, where: Whereabouts) -> None:
        """Whether another device is known, and whether all of this one's lies in another place."""
        self._where = where
        self.show_now()

    def _go_on(self) -> None:
        if self._write(go_on):
            self._desk.go(Place("walk", self._walk, part="map"))
            self._desk.say(Notice(_goes_on_words(self._desk, self._walk), icon_named("action", "resume"), undo=True))

    def _write(self, command: Callable[[Session, SafetyWalk], None]) -> bool:
        walk = self._desk.shelf.walk(self._walk)
        if walk is None:
            return False
        try:
            command(self._desk.session, walk)
        except (GatljusError, OSError) as error:
            self._desk.fail(Failure.of(error))
            return False
        self.show_now()
        return True


def _goes_on_words(desk: Desk, walk: str) -> str:
    """That the walk goes on; and that its track does not, where this device recorded one and could record another."""
    guide, me = desk.guide, desk.session.identity.device
    had = any(each.device == me and is_walked(each) for each in desk.shelf.all_of(Track, walk))
    if had and guide.receiver is not None and guide.records != walk:
        return _("Vandringen fortsätter. Spåret är avslutat: starta ett nytt.")
    return _("Vandringen fortsätter.")


def _who_words(where: Whereabouts, *, company: bool) -> str:
    """Who is to be told that a device is done. `company`: others were along, or have the walk."""
    copied = any(each.current for each in where.meetings)
    if company and copied:
        return _("De andra får veta att den här enheten är klar när de synkar.")
    if company:
        return _("Kopiera en gång till, så får de andra veta att den här enheten är klar.")
    if copied:
        return _("Ingen annan enhet är känd. Allt härifrån är kopierat.")
    return _("Ingen annan enhet är känd. Kopiera till ett minne, så finns allt på två ställen.")


def show_onward(button: Button, way: Round, *, over: bool) -> None:
    """What one goes on to from a stop: the next, what is lacking after the last, and once the walk is ended what is
    left to do."""
    last = way.next is None and bool(way.stops)
    button.setEnabled(over or bool(way.stops))
    # The tab leads to what is lacking at any time; this says that one is done here, as at every other stop.
    word, name = _("Nästa stopp"), _("Gå vidare till nästa stopp")
    if over:
        word, name = _("Efteråt"), _("Efteråt, det som är kvar att göra")
    elif last:
        word, name = _("Nästa steg"), _("Nästa steg, komplettera det som saknas")
    button.setText(word)
    button.setMinimumWidth(button.minimumSizeHint().width())
    button.setAccessibleName(name)
