"""Which screen shows which page. The one list of them all."""

from collections.abc import Mapping

from ui.screens.home import HomeScreen
from ui.screens.settings import SettingsScreen
from ui.widgets.page import Screen

PAGES: Mapping[str, type[Screen]] = {
    "home": HomeScreen,
    "settings": SettingsScreen,
}
