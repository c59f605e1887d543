"""*Mät in platsen*: one stands still at a stop, the receiver's fixes are gathered, and their middle is where it is.

Nothing is written before *Klar*; whoever leaves has changed nothing. `place.item` is the stop; without one a new stop
is made here.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from app.base.errors import GatljusError
from app.base.words import N_, _
from app.commands.stops import add_stop_here, place_stop
from app.domain.change import News
from app.domain.geo import bearing_deg, distance_m
from app.domain.live import Heard
from app.domain.records import Stop
from app.domain.standing import Heed, Standing, is_early, told
from app.domain.values import Position, known
from ui.bridge.runner import Failure
from ui.widgets.area import placed
from ui.widgets.button import Button, lit
from ui.widgets.card import Card, Cards
from ui.widgets.desk import Desk, Place
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice, announce
from ui.widgets.page import Foot, Head, Screen
from ui.widgets.text import Icon, Label, held, row
from ui.widgets.things import Things, stop_title
from ui.widgets.words import clock_words, direction_words, metres

MEASURED = "map-marker-check-outline"
PRACTICE = N_("Det här är en övning, så stoppet flyttas inte.")


class StandScreen(Screen):
    """What has been gathered so far, whether what comes now counts, and how far it is from where the stop was."""

    chromeless = True
    kinds = (Stop,)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk.in_field(), place)
        look = self.look
        self._standing = Standing()
        self._heed: Heed | None = None
        self._told: Heard | None = None
        self._began_anew = False
        self._stop: Stop | None = None
        head = Head(self.desk, _("Mät in platsen"), _("Nytt stopp här"))
        self._head, self.heading = head, head.heading
        self.so_far, self._moved = Label(look, "", "hero"), Label(look, "")
        self.state, self._icon = Label(look, "", "strong"), Icon(look, icon_named("state", "gps_ok"), "ok", 32)
        state = row(self._icon, self.state, spacing=14)
        state.setStretch(1, 1)
        self._receiver = Button(look, _("Läge och övning"), icon_named("action", "follow_me"))
        self._receiver.clicked.connect(lambda _on: self.desk.go(Place("position", place.walk)))
        nothing = Label(look, _("Inget ändras förrän ni trycker Klar."), "meta", "text2")
        gathered = Card(look, "", self.so_far, held(state), self._moved, self._receiver, nothing)
        self.box.addWidget(head)
        self.box.addWidget(Cards(look, gathered, centred=True), 1)
        cancel = Button(look, _("Avbryt"), "close", least=84)
        cancel.clicked.connect(lambda _on: desk.back())
        self.done = lit(look, _("Klar"), "check", least=84, rank="h2")
        self.done.clicked.connect(lambda _on: self._finish())
        self.box.addWidget(Foot(look, cancel, self.done))
        desk.guide.moved.connect(self._hear)
        desk.guide.turned.connect(self._show)

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """The stop as it is now."""
        things = Things(self.desk.shelf, self.place.walk)
        self._stop = next((each for each in things.stops if each.id == self.place.item), None)
        if self._stop is not None:
            self._head.say(_("Mät in platsen"), stop_title(things.numbers.get(self._stop.id, ""), self._stop))
        self._show()

    @property
    def _is_gone(self) -> bool:
        """Whether the stop was taken away."""
        return bool(self.place.item) and self._stop is None

    @property
    def _is_practice(self) -> bool:
        """Whether a stop that there was before would be moved to where a rehearsal plays that one is."""
        return bool(self.place.item) and self.desk.guide.rehearses

    def _hear(self) -> None:
        heard = self.desk.guide.heard
        # Only what comes while one stands here: the last fix is one from the way.
        if heard is not None and heard is not self._told:
            self._told = heard
            self._heed = self._standing.take(heard.fix)
            self._began_anew = self._began_anew or self._heed == Heed.ANEW
            self._show()

    def _show(self) -> None:
        found = self._standing.averaged
        so_far = told(found) if found else _("Inga lägen än")
        if found and is_early(found):
            so_far = _("{said}. Vänta lite till.").format(said=so_far)
        if so_far != self.so_far.text():
            self.so_far.setText(so_far)
        self._show_state()
        self._show_moved(found.position if found else None)
        self._receiver.setVisible(self.desk.guide.receiver is None)
        why_not = "" if found and not self._is_gone else _("Det finns inget läge att spara än.")
        why_not = _(PRACTICE) if self._is_practice else why_not
        kind = "blocked" if why_not else "primary"
        if kind != self.done.kind:
            self.done.kind = kind
            self.done.setAccessibleDescription(why_not)
            self.done.update()

    def _show_state(self) -> None:
        words, role = self._said()
        if words != self.state.text():
            self.state.setText(words)
            self.state.setAccessibleName(words)
            self._icon.show_as(icon_named("state", "gps_ok" if role == "ok" else "gps_stale"), role)
            announce(self.state)

    def _said(self) -> tuple[str, str]:
        """Whether what comes counts, in words; and the role of the colour."""
        guide = self.desk.guide
        if self._is_gone:
            return _("Stoppet är borttaget."), "warn"
        if guide.receiver is None:
            return _("Ingen mottagare är vald."), "warn"
        if guide.is_stale:
            return self._said_of_silence(guide.heard), "warn"
        if guide.rehearses:
            return _("Övning: läget spelas upp och är inte där ni står."), "warn"
        words = {
            Heed.DOUBTFUL: _("Läget är för osäkert just nu och räknas inte. Gå ut under öppen himmel om det går."),
            Heed.MOVING: _("Ni rör er. Det som kommer nu räknas inte. Stå still."),
            Heed.ELSEWHERE: _("Läget hoppade bort från platsen. Det räknas inte."),
        }
        if self._heed in words:
            return words[self._heed], "warn"
        if self._began_anew:
            return _("Ni står på ett annat ställe än först. Mätningen började om här."), "ok"
        return _("Stå still. Läget blir säkrare ju längre ni står."), "ok"

    def _said_of_silence(self, heard: Heard | None) -> str:
        if heard is None:
            return _("Inget läge har kommit än. Vänta, eller gå ut under öppen himmel.")
        walk = self.desk.shelf.walk(self.place.walk)
        since = clock_words(heard.at, walk.zone if walk else None)
        return _("Inget läge sedan {time}. Mätningen går vidare när det kommer tillbaka.").format(time=since)

    def _show_moved(self, now: Position | None) -> None:
        before = known(self._stop.position, Position) if self._stop else None
        words = ""
        if before is not None and now is not None:
            far, way = metres(distance_m(before, now)), direction_words(bearing_deg(before, now))
            words = _("Det är {far} {way} från stoppets läge nu.").format(far=far, way=way)
        elif self._stop is not None:
            words = _("Stoppet har inget läge än.") if before is None else ""
        if words != self._moved.text():
            self._moved.setText(words)
        self._moved.setVisible(bool(words))

    # What is done

    def _finish(self) -> None:
        found, session, walk = self._standing.averaged, self.desk.session, self.place.walk
        if self._is_practice:
            self.desk.say(Notice(_(PRACTICE), icon_named("action", "rehearse")))
            return
        if found is None or self._is_gone:
            return
        stop, name = self._stop, None
        try:
            if stop is not None:
                place_stop(session, stop, found)
            else:
                made = add_stop_here(session, walk, _("Nytt stopp"), found)
                name = (_("Ge det ett namn"), partial(self.desk.go, Place("plan", walk, made)))
        except (GatljusError, OSError) as error:
            self.desk.fail(Failure.of(error))
            return
        words = _("Stoppet är inmätt: {said}.") if stop else _("Stoppet är tillagt sist: {said}.")
        notice = placed(self.desk.shelf, walk, found.position, words.format(said=told(found)), MEASURED)
        self.desk.back()
        self.desk.say(replace(notice, action=name))
