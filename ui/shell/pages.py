"""Which screen shows which page. The one list of them all."""

from collections.abc import Mapping

from ui.screens.fetch import FetchScreen
from ui.screens.finish import FinishScreen
from ui.screens.home import HomeScreen
from ui.screens.information import InformationScreen
from ui.screens.new_walk import NewWalkScreen
from ui.screens.settings import SettingsScreen
from ui.widgets.page import Screen

PAGES: Mapping[str, type[Screen]] = {
    "home": HomeScreen,
    "settings": SettingsScreen,
    "fetch": FetchScreen,
    "finish": FinishScreen,
    "information": InformationScreen,
    "new_walk": NewWalkScreen,
}
