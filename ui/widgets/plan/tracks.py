"""The tracks of a walk: what each tells, taken away by a press, and those that were taken away of late, by anyone."""

from collections import Counter
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import GatljusError
from app.base.words import N_, _, ngettext
from app.commands.records import delete, undelete
from app.domain.called import Names
from app.domain.groups import names_of as group_names
from app.domain.records import Group, Track, TrackChunk
from app.queries.devices import names_of
from app.queries.tracks import RECOVERABLE, Discarded, Walked, discarded, walked
from app.settings import load_recording
from ui.bridge.runner import Failure
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.fold import Fold
from ui.widgets.look import Look, icon_named
from ui.widgets.notice import Notice
from ui.widgets.text import Label, Surface, column, emptied
from ui.widgets.words import clock_words, day_words, local, metres, moment_words

TOLD_BY = {
    "serial": N_("mottagare på sladd"),
    "network": N_("mottagare i nätverket"),
    "gpsd": "gpsd",
    "phone": N_("telefon som mottagare"),
    "system": N_("datorns egen position"),
    "played": N_("uppspelat"),
}
"""The words for the kinds of receivers."""


class TracksPanel(Fold):
    """*Spår*, folded away until somebody wants it; not seen where there never was any."""

    def __init__(self, desk: Desk, scope: str) -> None:
        self._kept, self._gone = column(spacing=10), column(spacing=10)
        inner, gone = QWidget(), QWidget()
        gone.setLayout(self._gone)
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self._bin = Fold(desk.look, _("Borttagna spår"), gone, detail=" ")
        box.addLayout(self._kept)
        box.addWidget(self._bin)
        super().__init__(desk.look, _("Spår"), inner, detail=" ")
        self._desk, self._scope = desk, scope
        self._shown: object = None
        # The track of which it is asked whether it is to be ended, and the button that says no.
        self._asked = ""
        self._not_yet: Button | None = None
        self._names = Names({})
        self._groups: dict[str, str] = {}
        self.opened.connect(self.refresh)
        desk.guide.turned.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is so now. How far a track goes is worked out only while somebody looks."""
        shelf, scope = self._desk.shelf, self._scope
        tracks, gone = shelf.all_of(Track, scope), self._discarded()
        words = ngettext("{n} spår", "{n} spår", len(tracks)).format(n=len(tracks))
        away = ngettext("{n} borttaget", "{n} borttagna", len(gone)).format(n=len(gone))
        _tell(self, f"{words}, {away}" if gone else words)
        _tell(self._bin, ngettext("{n} spår", "{n} spår", len(gone)).format(n=len(gone)))
        self.setVisible(bool(tracks or gone))
        self._bin.setVisible(bool(gone))
        if not self.is_open:
            return
        self._names = names_of(self._desk.session, scope)
        self._groups = group_names(shelf.all_of(Group, scope))
        found, recorded = self._walked(), self._recorded()
        # What is recorded grows every few seconds: nothing is put in another's place under a finger.
        now = [
            (one.track.id, _name(one.track.name), self._facts(one), one.track.id == recorded, self._records(one.track))
            for one in found
        ]
        if (now, gone, self._asked) != self._shown:
            self._shown = (now, gone, self._asked)
            self._show(found, gone)

    def _walked(self) -> list[Walked]:
        shelf, scope = self._desk.shelf, self._scope
        read = (Track, TrackChunk)
        return shelf.worked_out(
            "walked", scope, read, lambda: walked(shelf.all_of(Track, scope), shelf.all_of(TrackChunk, scope))
        )

    def _discarded(self) -> list[Discarded]:
        session, scope = self._desk.session, self._scope
        return self._desk.shelf.worked_out(
            "discarded", scope, (Track, TrackChunk), lambda: discarded(session, scope, session.clock())
        )

    def _recorded(self) -> object:
        """The id of the track that this device records just now; a rehearsal that was killed is not gone on with."""
        said = load_recording(self._desk.session.home)
        is_over = said.get("rehearses") is True and self._desk.guide.recording is None
        return None if is_over else said.get("track")

    def _show(self, found: list[Walked], gone: list[Discarded]) -> None:
        for box in (self._kept, self._gone):
            emptied(box)
        named = Counter(_name(each.track.name) for each in found)
        for each in found:
            self._kept.addWidget(self._card(each, is_alone=named[_name(each.track.name)] == 1))
        for one in gone:
            self._gone.addWidget(self._gone_card(one))

    def _card(self, each: Walked, *, is_alone: bool) -> Surface:
        """`is_alone`: no other is called the same; else what it tells is part of the button's name."""
        name, said, look = _name(each.track.name), self._facts(each), self._desk.look
        facts = Label(look, said, "meta", "text2")
        if each.track.id == self._recorded():
            return _surface(look, Label(look, name, "strong"), facts, *self._ended_by(each.track, name))
        which = _("Ta bort spåret {name}").format(name=name if is_alone else f"{name}, {said}")
        act = Button(look, _("Ta bort spåret"), icon_named("action", "delete"), name=which)
        act.clicked.connect(lambda _on: self._remove(each.track))
        return _surface(look, Label(look, name, "strong"), facts, act)

    def _ended_by(self, track: Track, name: str) -> list[QWidget]:
        """What is said of the track that is recorded just now, and what ends it, where this window records it."""
        look = self._desk.look
        if not self._records(track):
            return [Label(look, _("Spelas in just nu av ett annat fönster eller ett kommando."), "meta", "info")]
        if self._asked == track.id:
            return self._asking(track, name)
        told = Label(look, _("Spelas in just nu. Avsluta spåret innan du tar bort det."), "meta", "info")
        act = Button(
            look, _("Avsluta spåret"), icon_named("action", "stop"), name=_("Avsluta spåret {name}").format(name=name)
        )
        act.clicked.connect(lambda _on: self._ask(track))
        return [told, act]

    def _asking(self, track: Track, name: str) -> list[QWidget]:
        """In two steps: what has ended is not gone on with."""
        look = self._desk.look
        sure = Label(look, _("Det går inte att spela in mer på spåret sedan. Vill du bara pausa gör du det på kartan."))
        self._not_yet = Button(look, _("Fortsätt spåret"), icon_named("action", "resume"))
        self._not_yet.clicked.connect(lambda _on: self._ask(None))
        which = _("Ja, avsluta spåret {name}").format(name=name)
        yes = Button(look, _("Ja, avsluta spåret"), icon_named("action", "stop"), name=which)
        yes.clicked.connect(lambda _on: self._end(track))
        return [sure, self._not_yet, yes]

    def _records(self, track: Track) -> bool:
        recording = self._desk.guide.recording
        return recording is not None and recording.track == track.id

    def _facts(self, each: Walked) -> str:
        """Grupp Norr, A (vm), 23 oktober 2026 18.02–19.45, 2,1 km, 3 luckor; of what is recorded just now when it
        began."""
        zone, device = self._zone(), self._device(str(each.track.device or ""))
        device = ", ".join(word for word in (self._groups.get(str(each.track.group), ""), device) if word)
        when = moment_words(each.begins, zone, self._desk.session.clock())
        if each.track.id == self._recorded():
            return ", ".join(fact for fact in (device, when) if fact)
        if each.ends and each.ends != each.begins:
            when = f"{when}–{clock_words(each.ends, zone)}"
        gaps = ngettext("{n} lucka", "{n} luckor", each.gaps).format(n=each.gaps) if each.gaps else _("inga luckor")
        by = ", ".join(_(TOLD_BY[one]) for one in each.told_by if one in TOLD_BY)
        return ", ".join(fact for fact in (device, when, metres(each.length_m), gaps, by) if fact)

    def _gone_card(self, one: Discarded) -> Surface:
        name, look, zone = _name(one.name), self._desk.look, self._zone()
        when = moment_words(one.at, zone, self._desk.session.clock())
        said = _("Borttaget {when} av {device}. Går att ta tillbaka till och med {day}.")
        until: datetime = local(one.at + RECOVERABLE, zone)
        words = said.format(when=when, device=self._device(one.by), day=day_words(until.date()))
        act = Button(
            look, _("Ta tillbaka"), icon_named("action", "undo"), name=_("Ta tillbaka {name}").format(name=name)
        )
        act.clicked.connect(lambda _on: self._bring_back(one))
        return _surface(look, Label(look, name, "strong"), Label(look, words, "meta", "text2"), act)

    def _zone(self) -> object:
        walk = self._desk.shelf.walk(self._scope)
        return walk.zone if walk else None

    def _device(self, id: str) -> str:
        """What a device is called, and what it calls itself."""
        return self._names.full(id) if id else ""

    # What can be done

    def _ask(self, track: Track | None) -> None:
        """Whether the track is to be ended; None: it is not."""
        if track is not None and self._desk.guide.rehearses:
            self._end(track)
            return
        self._asked = track.id if track is not None else ""
        self.refresh()
        (self._not_yet if self._asked and self._not_yet is not None else self.button).setFocus()

    def _end(self, track: Track) -> None:
        self._asked = ""
        # It may have been ended, or another begun, since it was shown.
        if not self._records(track):
            self.refresh()
            return
        self.button.setFocus()
        if self._desk.guide.rehearses:
            # What is noted while the position is played belongs to the rehearsal: it is ended as a whole.
            self._desk.go(Place("position", self._scope))
            return
        try:
            self._desk.guide.end()
        except (GatljusError, OSError) as error:
            # It is still under way.
            self._desk.fail(Failure.of(error))
            return
        text = _("Spåret {name} är avslutat.").format(name=_name(track.name))
        self._desk.say(Notice(text, icon_named("action", "stop")))

    def _remove(self, track: Track) -> None:
        # Somebody may have begun to record on with it since it was shown.
        if track.id == self._recorded():
            self.refresh()
            return
        self.button.setFocus()
        delete(self._desk.session, self._desk.shelf.as_shown(track))
        text = _("Spåret {name} togs bort.").format(name=_name(track.name))
        self._desk.say(Notice(text, icon_named("action", "delete"), undo=True))

    def _bring_back(self, one: Discarded) -> None:
        self.button.setFocus()
        undelete(self._desk.session, self._scope, Track.KIND, one.id, one.seen)
        text = _("Spåret {name} är tillbaka.").format(name=_name(one.name))
        self._desk.say(Notice(text, icon_named("source", "track"), undo=True))


def _tell(fold: Fold, detail: str) -> None:
    """Say beside a fold's name what it holds."""
    if fold.button.detail != detail:
        fold.button.detail = detail
        fold.button.setAccessibleName(f"{fold.button.text()}, {detail}")
        fold.button.updateGeometry()
        fold.button.update()


def _name(name: object) -> str:
    return str(name or "") or _("Spår utan namn")


def _surface(look: Look, *parts: QWidget) -> Surface:
    made = Surface.card(look)
    made.setLayout(column(*parts, margin=12, spacing=6))
    return made
