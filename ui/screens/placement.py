"""Where photos were taken, as is proposed: looked at first, used at one go, taken back at one go.

`place.item` names the photos, with commas; none: all that are unplaced or to be moved. `place.part` is what a person
said of the cameras' clocks: JSON, the seconds to add to each, by camera.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base.words import _, ngettext
from app.commands.photos import apply_placings, keep_placed
from app.domain.camera_clock import MOST_OFFSET_S
from app.domain.change import News
from app.domain.records import CameraClock, Observation, Photo, SafetyWalk, Stop, Track, TrackChunk
from app.queries.proposals import Proposal, Proposed, Sure, proposal
from ui.bridge.lookup import Lookup
from ui.bridge.runner import Failure
from ui.widgets.button import Button, lit
from ui.widgets.camera_clock import ClockCard
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.list_scroll import ListScroll
from ui.widgets.look import icon_named
from ui.widgets.notice import Notice, empty_state
from ui.widgets.page import Head, Screen
from ui.widgets.photo_beside import Beside
from ui.widgets.photo_gallery import BESIDE, LEAST, LOW, PANE
from ui.widgets.photo_grid import PhotoGrid
from ui.widgets.photo_place import put_by_number
from ui.widgets.photo_proposed import done_words, proposed_cell, proposed_marks, proposed_words, what_is_so
from ui.widgets.photo_words import Photos
from ui.widgets.text import Label, Surface, column, held

USABLE = (Sure.SAFE, Sure.MOVED, Sure.DOUBTFUL)


def _said_in(part: str, cameras: Collection[str]) -> dict[str, float]:
    """What a person said of the clocks. A version before kept one number, which holds for all cameras."""
    try:
        found = json.loads(part) if part else {}
    except (ValueError, RecursionError):
        return {}
    said = found if isinstance(found, dict) else dict.fromkeys(cameras, found)
    numbers = {camera: each for camera, each in said.items() if type(each) in (int, float)}
    return {camera: float(each) for camera, each in numbers.items() if abs(each) <= MOST_OFFSET_S}


def _without(found: Proposal, used: Sequence[Proposed]) -> Proposal:
    """The proposal for the others."""
    keys = {each.photo.id for each in used}
    return replace(found, photos=tuple(each for each in found.photos if each.photo.id not in keys))


class PlacementScreen(Screen):
    """The clock, the photos with what is proposed for each, and what is done with it."""

    kinds = (Photo, CameraClock, Observation, Stop, Track, TrackChunk, SafetyWalk)

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        look = self.look
        self.photos = Photos(desk.session, desk.shelf, place.walk)
        self.found: Proposal | None = None
        # Nothing is known yet; what is known was worked out for another clock than the one that a person says now.
        self._waits, self._is_old = True, False
        self._used = set[str]()
        self._clocks = _said_in(place.part, {str(each.camera) for each in self.photos.every})
        self._lookup = Lookup(desk.runner, self._failed, self)
        self._lookup.told.connect(self._told)
        self._to_clock = Button(look, _("Klocka"), "clock-outline", name=_("Ändra hur kamerans klocka går"))
        self._to_clock.clicked.connect(lambda _on: self._show_clock())
        self._head = Head(desk, _("Placera foton"), " ", back=_("Tillbaka"), actions=(self._to_clock,))
        self.heading = self._head.heading
        self.clock = ClockCard(look, self._clocks)
        self.clock.said.connect(self._said)
        self.clock.showing.connect(lambda: desk.go(Place("clock", place.walk)))
        self.grid = PhotoGrid(look, _("Förslagen, foto för foto"), desk.pictures)
        self.grid.opened.connect(lambda _key: (self.hand if self._unknown() else self.use).click())
        self.grid.marks_changed.connect(self._show_acts)
        self.grid.moved.connect(self._show_current)
        self.grid.numbered.connect(self._at_number)
        self.grid.marking = True
        self._none = empty_state(look, "check-circle-outline", _("Alla foton har en plats"), "")
        self._reckons = empty_state(look, "timer-sand", _("Räknar ut var fotona togs …"), "")
        self._beside = Beside(desk, place.walk)
        self._beside.chosen.connect(self.grid.choose)
        self._beside.opening.connect(lambda: desk.go(Place("photo", place.walk, self.grid.current_key())))
        self._beside.placing.connect(lambda: self._by_hand([self.grid.current_key()]))
        self._beside.setFixedWidth(round(PANE * look.scale))
        self._lay_out()

    def _lay_out(self) -> None:
        self._top = held(column(self.clock, margin=12))
        self.clock.change.toggled.connect(lambda _on: self._arrange())
        grid = QHBoxLayout()
        grid.setContentsMargins(10, 4, 0, 0)
        grid.addWidget(self.grid)
        self._photos, self._acts = held(grid), self._foot()
        self._within = column(self._top, self._photos, self._none, self._reckons, spacing=0)
        for each in (self._photos, self._none, self._reckons):
            self._within.setStretchFactor(each, 1)
        self._page = ListScroll(self.look, held(self._within), [self.grid])
        self._page.scroll_alone(round(LEAST * self.look.scale))
        self._under = column(self._page, self._acts, spacing=0)
        self._acts_at = self._under, -1
        self._under.setStretchFactor(self._page, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addLayout(self._under, 1)
        across.addWidget(self._beside)
        self.box.addWidget(self._head)
        self.box.addLayout(across, 1)

    def _foot(self) -> QWidget:
        look = self.look
        self.use = lit(look, _("Använd"), "check")
        self.use.clicked.connect(lambda _on: self._use(self._safe()))
        self.move_wrong = Button(look, "", icon_named("source", "track"))
        self.move_wrong.clicked.connect(lambda _on: self._use(self._moved()))
        self.keep = Button(look, "", "map-marker-check-outline")
        self.keep.clicked.connect(lambda _on: self._keep())
        self.use_marked = Button(look, "", "check")
        self.use_marked.clicked.connect(lambda _on: self._use(self._marked()))
        self.hand = Button(look, "", icon_named("action", "add_stop"))
        self.hand.clicked.connect(lambda _on: self._by_hand(self.grid.marked() or self._unknown()))
        self._left = Label(look, "", "meta", "text2")
        surface = Surface(look, "surface", edge="top")
        box = QVBoxLayout(surface)
        box.setContentsMargins(16, 12, 16, 12)
        flow = Flow(look.gap)
        for each in (self.use, self.move_wrong, self.keep, self.use_marked, self.hand, self._left):
            flow.addWidget(each)
        box.addLayout(flow)
        return surface

    # What is so

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Work out anew what is proposed, aside."""
        session, walk = self.desk.session, self.desk.shelf.walk(self.place.walk)
        if walk is None:
            return
        self._leave_out_gone()
        photos = set(self.place.item.split(",")) if self.place.item else None
        said = self._clocks
        self._lookup.ask(lambda: proposal(session, walk, photos, said))

    def _leave_out_gone(self) -> None:
        """What is shown no more, as after an undo of its import, is not offered until the next proposal."""
        if self.found is None:
            return
        shown = {each.id for each in self.desk.shelf.all_of(Photo, self.place.walk)}
        gone = [each for each in self.found.photos if each.photo.id not in shown]
        if gone:
            self._show(_without(self.found, gone))

    def _told(self, found: Proposal) -> None:
        self._waits = self._is_old = False
        self._show(found)

    def _show(self, found: Proposal) -> None:
        self.found = found
        self.photos = Photos(self.desk.session, self.desk.shelf, self.place.walk)
        self._say_what_is_so(found)
        if not self._is_old:
            self.clock.show_found(found)
        self.grid.show_cells([proposed_cell(self.photos, each) for each in found.photos])
        self._arrange()
        self._beside.refresh(self.photos, proposed_marks(self.photos, found.photos))
        self._show_current()
        self._show_acts()

    def _say_what_is_so(self, found: Proposal) -> None:
        n = len(found.photos)
        title = ngettext("Placera {n} foto", "Placera {n} foton", n).format(n=n) if n else _("Placera foton")
        proposed = {each.photo.id for each in found.photos}
        # What was taken back is proposed again.
        used = len(self.photos.of(self._used - proposed))
        self._head.say(title, what_is_so(found.photos, used, brief=self._is_low))

    def _failed(self, failure: Failure) -> None:
        self._waits = False
        self._arrange()
        self._show_acts()
        self.desk.fail(failure)

    def _safe(self) -> list[Proposed]:
        return [each for each in self._usable() if each.sure is Sure.SAFE]

    def _moved(self) -> list[Proposed]:
        return [each for each in self._usable() if each.sure is Sure.MOVED]

    def _marked(self) -> list[Proposed]:
        marked = set(self.grid.marked())
        return [each for each in self._usable() if each.photo.id in marked]

    def _to_keep(self) -> list[Proposed]:
        """What is to be moved and a person may say of that it lies right: what is marked of it, else all."""
        marked = set(self.grid.marked())
        return [each for each in self._moved() if not marked or each.photo.id in marked]

    def _usable(self) -> list[Proposed]:
        return self.found.of(*USABLE) if self.found is not None and not self._is_old else []

    def _unknown(self) -> list[str]:
        """The photos that a person alone can place, where nothing is proposed for any; else none."""
        known = self.found if not self._is_old else None
        if known is None or self._usable():
            return []
        return [each.photo.id for each in known.of(Sure.UNKNOWN)]

    def _show_acts(self) -> None:
        safe, moved, marked = len(self._safe()), len(self._moved()), len(self._marked())
        words = ngettext("Använd {n} säkert", "Använd {n} säkra", safe).format(n=safe)
        none = _("Räknar ut var fotona togs …") if self._waits else _("Inget säkert att använda")
        _say(self.use, words if safe else none)
        self.use.kind = "primary" if safe else "blocked"
        _say(self.move_wrong, ngettext("Flytta {n} som ligger fel", "Flytta {n} som ligger fel", moved).format(n=moved))
        self.move_wrong.setVisible(bool(moved))
        kept = len(self._to_keep())
        _say(self.keep, ngettext("Låt {n} ligga kvar", "Låt {n} ligga kvar", kept).format(n=kept))
        self.keep.setVisible(bool(kept))
        # One thing is lit: what is safe, else what lies wrong, else placing by hand where nothing is proposed.
        by_hand = len(self._unknown())
        self.use.setVisible(bool(safe) or not (moved or by_hand))
        self.move_wrong.kind = "plain" if safe else "primary"
        _say(self.use_marked, ngettext("Använd {n} markerat", "Använd {n} markerade", marked).format(n=marked))
        self.use_marked.setVisible(bool(marked))
        self._show_hand(by_hand)
        known = self.found if not self._is_old else None
        left = len(known.of(Sure.DOUBTFUL, Sure.UNKNOWN)) if known is not None and not by_hand else 0
        said = ngettext("{n} lämnas som det är", "{n} lämnas som de är", left).format(n=left)
        self._left.setText(said if left else "")
        self._left.setVisible(bool(left))

    def _show_hand(self, unknown: int) -> None:
        marked = bool(self.grid.marked())
        words = ngettext("Placera {n} för hand", "Placera {n} för hand", unknown).format(n=unknown)
        _say(self.hand, _("Placera markerade för hand") if marked else words)
        self.hand.kind = "primary" if unknown else "plain"
        self.hand.setVisible(marked or bool(unknown))

    def _show_current(self) -> None:
        key = self.grid.current_key()
        self._beside.show_photo(self.photos, self.photos.one(key))
        one = next((each for each in self.found.photos if each.photo.id == key), None) if self.found else None
        if one is not None:
            self._beside.tell(proposed_words(self.photos, one))

    def _arrange(self) -> None:
        """Until there is a proposal nothing of it is shown, and nothing can be done. Where there is little height, what
        nothing can be done with makes room."""
        there, low = self.found is not None, self._is_low
        shown = self.found is not None and bool(self.found.photos)
        changes = self.clock.change.isChecked()
        self._photos.setVisible(shown)
        self._none.setVisible(there and not shown)
        self._reckons.setVisible(self._waits and not there)
        self._top.setVisible(there and (changes or not low))
        self._to_clock.setVisible(there and low and not changes)
        self._acts.setVisible(there and (shown or not low))
        self._photos.layout().setContentsMargins(10, 0 if low else 4, 0, 0)  # type: ignore[union-attr]
        self._put_acts(low=low)
        around = 4 if low else 12
        self._acts.layout().setContentsMargins(16, around, 16, around)  # type: ignore[union-attr]
        self.grid.set_low(low)

    def _put_acts(self, *, low: bool) -> None:
        """Where there is little height they scroll with the page, where that does, and stand over photos that a person
        alone can place: what is to be done is seen first. Else they are always seen."""
        above = low and bool(self._unknown())
        holder, place = (self._within if low else self._under), 1 if above else -1
        if (holder, place) != self._acts_at:
            self._acts_at = holder, place
            holder.insertWidget(place, self._acts)

    @property
    def _is_low(self) -> bool:
        """Whether there is little height."""
        return self.height() / self.look.scale < LOW

    def _show_clock(self) -> None:
        """Where one button led to it: it stands at the top."""
        self.clock.change.setChecked(True)
        self.clock.change.setFocus()
        self._page.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The map stands beside the photos where there is room."""
        super().resizeEvent(event)
        self.grid.shows_current = self.effective_width() >= BESIDE
        self._beside.setVisible(self.grid.shows_current)
        self._arrange()
        if self.found is not None:
            self._say_what_is_so(self.found)

    # What is done

    def _said(self, clocks: Mapping[str, float]) -> None:
        """A person says how the clocks go."""
        self._clocks = dict(clocks)
        self.place = replace(self.place, part=json.dumps(self._clocks) if clocks else "")
        self.desk.stay(self.place)
        self._waits = self._is_old = True
        self.clock.show_reckoning()
        self._show_acts()
        self.refresh({})

    def flush(self) -> None:
        """Take in what is still being typed."""
        self.clock.fields.flush()

    def _use(self, chosen: Sequence[Proposed]) -> None:
        if not chosen:
            return
        count = apply_placings(self.desk.session, [(each.photo, each.placing) for each in chosen], self._clocks)
        self._used |= {each.photo.id for each in chosen}
        self.grid.mark([])
        if self.found is not None:
            # What is proposed now is still being worked out, and the same is not offered twice meanwhile.
            self._show(_without(self.found, chosen))
        self.desk.say(Notice(done_words(chosen, count), "check", undo=bool(count)))

    def _keep(self) -> None:
        """A person says that they lie right: they are told of no more."""
        chosen = self._to_keep()
        count = keep_placed(self.desk.session, [each.photo for each in chosen])
        self.grid.mark([])
        if self.found is not None:
            self._show(_without(self.found, chosen))
        words = ngettext("{n} foto ligger kvar.", "{n} foton ligger kvar.", count).format(n=count)
        self.desk.say(Notice(words, "check", undo=bool(count)))

    def _by_hand(self, keys: Sequence[str]) -> None:
        if keys:
            self.desk.go(Place("photos", self.place.walk, ",".join(keys), "place"))

    def _at_number(self, number: int) -> None:
        """The digit of a stop places what is marked, else the current photo, there."""
        put = self.grid.chosen()
        if put_by_number(self.desk, self.photos, put, number):
            self._used |= set(put)
            self.grid.mark([])
            if self.found is not None:
                # What was proposed for them holds no longer, and the next proposal is still being worked out.
                self._show(_without(self.found, [each for each in self.found.photos if each.photo.id in put]))
                # Whoever goes on by keys is at the next one.
                self.grid.choose(next((each.key for each in self.grid.cells.things), ""))


def _say(button: Button, words: str) -> None:
    if button.text() != words:
        button.setText(words)
        button.setAccessibleName(words)
        button.updateGeometry()
    button.update()
