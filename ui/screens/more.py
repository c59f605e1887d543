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

Line = tuple[str, str, str, str]
"""The page that it leads to, or what it does; word, icon, what it is in a few words."""
AWAY = ("home", "settings")
"""Pages that are of no walk."""


class Rows(Scroll):
    """Large rows under each other, in `of` by what they lead to. `act` is told that."""

    def __init__(self, look: Look, lines: list[Line], act: Callable[[str], None]) -> None:
        content = QWidget()
        super().__init__(look, content)
        box = QVBoxLayout(content)
        box.setContentsMargins(16, 14, 16, 16)
        box.setSpacing(look.gap)
        self.of: dict[str, MarkedRow] = {}
        for key, word, icon, told in lines:
            self.of[key] = button = MarkedRow(look, word, icon, detail=told, least=LEAST)
            button.clicked.connect(lambda _on, key=key: act(key))
            box.addWidget(button)
        box.addStretch(1)
        KeyGroup([*self.of.values()], content)

    def show_finish(self, desk: Desk, walk: str) -> None:
        """The walk may have been ended since, on whichever device."""
        _key, word, _icon, told = _finish(desk, walk)
        self.of["finish"].setText(word)
        self.of["finish"].say(told)


def _finish(desk: Desk, walk: str) -> Line:
    word, told = finish_line(desk, walk)
    return "finish", word, icon_named("action", "next_stop"), told


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
        self._rows = Rows(self.look, self._lines(), self._act)
        box.addWidget(self._rows, 1)
        self.stacked(body)
        desk.guide.turned.connect(self._show_now)

    def _lines(self) -> list[Line]:
        at_night = self.desk.session.settings.theme == NIGHT
        night = _("Ur nattläget") if at_night else _("Nattläge")
        eyes = _("Vanliga färger igen.") if at_night else _("Rött på svart, så att ögonen behåller mörkerseendet.")
        return [
            # First and always there: it is needed while walking, and nothing moves when a receiver is found.
            ("stand", _("Nytt stopp här"), icon_named("action", "add_stop"), _(NO_RECEIVER)),
            _finish(self.desk, self.place.walk),
            ("position", _("Läge och övning"), "crosshairs-gps", _("GPS, telefon, öva vandringen inomhus.")),
            *self._groups(),
            ("plan", _("Planera"), icon_named("nav", "plan"), _("Rutt, stopp och uppgifter om vandringen.")),
            ("ready", _("Redo att gå"), icon_named("nav", "ready"), _("Karta, GPS, batteri och plats på disken.")),
            ("photos", _("Foton"), "image-multiple-outline", _("Hämta, placera och koppla.")),
            ("voices", _("Röstanteckningar"), icon_named("action", "voice"), _("Lyssna och skriv ut.")),
            ("observations", _("Iakttagelser"), icon_named("nav", "observations"), _("Allt som är noterat.")),
            ("measures", _("Åtgärder"), icon_named("nav", "measures"), _("Förslag och vem som ansvarar.")),
            ("protocol", _("Protokoll"), icon_named("nav", "protocol"), _("Arbetsutkast och PDF.")),
            ("night", night, icon_named("action", "theme"), eyes),
            ("dim", _("Dämpa skärmen"), icon_named("action", "dim"), dim_words(self.desk.session.settings)),
            ("settings", _("Inställningar"), icon_named("nav", "settings"), _("Text, handskar, hand, språk.")),
            ("home", _("Hem"), icon_named("nav", "home"), _("Alla vandringar. Inget stoppas.")),
        ]

    def _act(self, key: str) -> None:
        acts = {"night": self._night, "dim": self._darken}
        if key in acts:
            acts[key]()
        else:
            self.desk.go(Place(key, "" if key in AWAY else self.place.walk))

    def _listens(self) -> bool:
        return self.desk.guide.receiver is not None

    def _groups(self) -> list[Line]:
        """Where the walk is split: which group this device walks with."""
        session, walk = self.desk.session, self.place.walk
        if not self.desk.shelf.all_of(Group, walk):
            return []
        mine = groups_of(session, walk).get(session.identity.device)
        told = _("Den här plattan går med {group}.").format(group=mine) if mine else _("Ingen grupp är vald.")
        return [("group", _("Grupp"), "account-group-outline", told)]

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Show how many observations lack something, and what a key may have set."""
        self._show_now()

    def _show_now(self) -> None:
        self.tabs.show_left()
        stands, dims = self._rows.of["stand"], self._rows.of["dim"]
        stands.setEnabled(self._listens())
        stands.say(_("Stå still, så räknas läget ut.") if self._listens() else _(NO_RECEIVER))
        dims.say(dim_words(self.desk.session.settings))
        self._rows.show_finish(self.desk, self.place.walk)

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
        lines: list[Line] = [
            ("plan", _("Planera"), icon_named("nav", "plan"), _("Rutt, stopp och uppgifter om vandringen.")),
            ("ready", _("Redo att gå"), icon_named("nav", "ready"), _("Karta, GPS, batteri och plats på disken.")),
            ("walk", _("Vandra"), icon_named("nav", "walk"), _("Karta och lista för den som går.")),
            ("photos", _("Foton"), "image-multiple-outline", _("Hämta, placera och koppla.")),
            ("voices", _("Röstanteckningar"), icon_named("action", "voice"), _("Lyssna och skriv ut.")),
            ("complete", _("Komplettera"), icon_named("action", "complete"), _("Det som saknas i iakttagelserna.")),
            _finish(desk, place.walk),
            ("devices", _("Enheter"), icon_named("nav", "devices"), _("Kopiera och se vad som är mottaget.")),
            ("settings", _("Inställningar"), icon_named("nav", "settings"), _("Textstorlek, tema, språk.")),
            ("home", _("Hem"), icon_named("nav", "home"), _("Alla vandringar.")),
        ]
        self._rows = Rows(self.look, lines, lambda page: desk.go(Place(page, "" if page in AWAY else place.walk)))
        self.box.addWidget(self._rows, 1)

    def refresh(self, _news: Mapping[str, News]) -> None:
        """Whether the walk is ended."""
        self._rows.show_finish(self.desk, self.place.walk)
