"""Mer: what has no tab of its own, as large rows."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import N_, _
from app.domain.change import News
from app.domain.records import Group
from app.queries.devices import groups_of
from ui.widgets.desk import Desk, Place
from ui.widgets.dim import darker, dim_words
from ui.widgets.field_screen import FieldScreen
from ui.widgets.group import KeyGroup
from ui.widgets.look import Look, icon_named
from ui.widgets.page import Head, Screen, Scroll
from ui.widgets.text import Heading
from ui.widgets.tile import MarkedRow
from ui.widgets.walk_over import finish_line

LEAST = 86
NIGHT = "red"
NO_RECEIVER = N_("Kräver GPS. Välj den i Läge och övning.")

Line = tuple[str, str, str, Callable[[], None]]
"""Word, icon, what it is in a few words, what it does."""


def _rows(look: Look, lines: list[Line]) -> QWidget:
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(16, 14, 16, 16)
    box.setSpacing(look.gap)
    buttons: list[QWidget] = []
    for word, icon, told, act in lines:
        button = MarkedRow(look, word, icon, detail=told, least=LEAST)
        button.clicked.connect(lambda _on, act=act: act())
        buttons.append(button)
        box.addWidget(button)
    box.addStretch(1)
    KeyGroup(buttons, content)
    return Scroll(look, content)


def _finish(desk: Desk, walk: str) -> tuple[str, str, str]:
    word, told = finish_line(desk, walk)
    return word, icon_named("action", "next_stop"), told


def _show_finish(screen: Screen) -> None:
    """The walk may have been ended since, on whichever device."""
    word, icon, told = _finish(screen.desk, screen.place.walk)
    for each in screen.findChildren(MarkedRow):
        if each.icon_name == icon:
            each.setText(word)
            each.say(told)


class MoreScreen(FieldScreen):
    """While walking."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.heading = Heading(self.look, _("Mer"), "h1")
        self.heading.setContentsMargins(16, 14, 16, 0)
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.heading)
        box.addWidget(_rows(self.look, self._lines()), 1)
        self.stacked(body)
        desk.guide.turned.connect(self._show_now)

    def _lines(self) -> list[Line]:
        walk = self.place.walk

        def to(page: str) -> Callable[[], None]:
            return lambda: self.desk.go(Place(page, walk if page not in ("home", "settings") else ""))

        at_night = self.desk.session.settings.theme == NIGHT
        night = _("Ur nattläget") if at_night else _("Nattläge")
        eyes = _("Vanliga färger igen.") if at_night else _("Rött på svart, så att ögonen behåller mörkerseendet.")
        return [
            # First and always there: it is needed while walking, and nothing moves when a receiver is found.
            (_("Nytt stopp här"), icon_named("action", "add_stop"), _(NO_RECEIVER), to("stand")),
            (*_finish(self.desk, walk), to("finish")),
            (_("Läge och övning"), "crosshairs-gps", _("GPS, telefon, öva vandringen inomhus."), to("position")),
            *self._groups(to("group")),
            (_("Planera"), icon_named("nav", "plan"), _("Rutt, stopp och uppgifter om vandringen."), to("plan")),
            (_("Redo att gå"), icon_named("nav", "ready"), _("Karta, GPS, batteri och plats på disken."), to("ready")),
            (_("Foton"), "image-multiple-outline", _("Hämta, placera och koppla."), to("photos")),
            (_("Röstanteckningar"), icon_named("action", "voice"), _("Lyssna och skriv ut."), to("voices")),
            (_("Iakttagelser"), icon_named("nav", "observations"), _("Allt som är noterat."), to("observations")),
            (_("Åtgärder"), icon_named("nav", "measures"), _("Förslag och vem som ansvarar."), to("measures")),
            (_("Protokoll"), icon_named("nav", "protocol"), _("Arbetsutkast och PDF."), to("protocol")),
            (night, icon_named("action", "theme"), eyes, self._night),
            (_("Dämpa skärmen"), icon_named("action", "dim"), dim_words(self.desk.session.settings), self._darken),
            (
                _("Inställningar"),
                icon_named("nav", "settings"),
                _("Text, handskar, hand, språk."),
                to("settings"),
            ),
            (_("Hem"), icon_named("nav", "home"), _("Alla vandringar. Inget stoppas."), to("home")),
        ]

    def _listens(self) -> bool:
        return self.desk.guide.receiver is not None

    def _groups(self, go: Callable[[], None]) -> list[Line]:
        """Where the walk is split: which group this device walks with."""
        session, walk = self.desk.session, self.place.walk
        if not self.desk.shelf.all_of(Group, walk):
            return []
        mine = groups_of(session, walk).get(session.identity.device)
        told = _("Den här plattan går med {group}.").format(group=mine) if mine else _("Ingen grupp är vald.")
        return [(_("Grupp"), "account-group-outline", told, go)]

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show how many observations lack something, and what a key may have set."""
        self._show_now()

    def _show_now(self) -> None:
        self.tabs.show_left()
        rows = {each.icon_name: each for each in self.findChildren(MarkedRow)}
        stands, dims = (rows[icon_named("action", name)] for name in ("add_stop", "dim"))
        stands.setEnabled(self._listens())
        stands.say(_("Stå still, så räknas läget ut.") if self._listens() else _(NO_RECEIVER))
        dims.say(dim_words(self.desk.session.settings))
        _show_finish(self)

    def _darken(self) -> None:
        self.desk.set_settings(darker(self.desk.session.settings))
        self._show_now()

    def _night(self) -> None:
        settings = self.desk.session.settings
        if settings.theme == NIGHT:
            self.desk.set_settings(
                replace(settings, theme="dark" if settings.before_night == NIGHT else settings.before_night)
            )
        else:
            self.desk.set_settings(replace(settings, theme=NIGHT, before_night=settings.theme))


class MoreDeskScreen(Screen):
    """In a narrow window at the desk: every destination that has no tab."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        head = Head(desk, _("Mer"))
        self.heading = head.heading
        self.box.addWidget(head)
        walk = place.walk

        def to(page: str, walk: str = walk) -> Callable[[], None]:
            return lambda: desk.go(Place(page, walk))

        lines: list[Line] = [
            (_("Planera"), icon_named("nav", "plan"), _("Rutt, stopp och uppgifter om vandringen."), to("plan")),
            (_("Redo att gå"), icon_named("nav", "ready"), _("Karta, GPS, batteri och plats på disken."), to("ready")),
            (_("Vandra"), icon_named("nav", "walk"), _("Karta och lista för den som går."), to("walk")),
            (_("Foton"), "image-multiple-outline", _("Hämta, placera och koppla."), to("photos")),
            (_("Röstanteckningar"), icon_named("action", "voice"), _("Lyssna och skriv ut."), to("voices")),
            (_("Komplettera"), icon_named("action", "complete"), _("Det som saknas i iakttagelserna."), to("complete")),
            (*_finish(desk, walk), to("finish")),
            (_("Enheter"), icon_named("nav", "devices"), _("Kopiera och se vad som är mottaget."), to("devices")),
            (_("Inställningar"), icon_named("nav", "settings"), _("Textstorlek, tema, språk."), to("settings", "")),
            (_("Hem"), icon_named("nav", "home"), _("Alla vandringar."), to("home", "")),
        ]
        self.box.addWidget(_rows(self.look, lines), 1)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Whether the walk is ended."""
        _show_finish(self)
