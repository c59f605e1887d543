"""Which screen shows which page. The one list of them all."""

from collections.abc import Mapping

from ui.screens.acute import AcuteScreen
from ui.screens.fetch import FetchScreen
from ui.screens.finish import FinishScreen
from ui.screens.home import HomeScreen
from ui.screens.information import InformationScreen
from ui.screens.lamp import LampScreen
from ui.screens.measure import MeasureScreen
from ui.screens.measure_from import MeasureFromScreen
from ui.screens.measures import MeasuresScreen
from ui.screens.new_walk import NewWalkScreen
from ui.screens.observation import ObservationScreen
from ui.screens.observations import ObservationsScreen
from ui.screens.observe import ObserveScreen
from ui.screens.photo import PhotoScreen
from ui.screens.photos import PhotosScreen
from ui.screens.plan import PlanScreen
from ui.screens.settings import SettingsScreen
from ui.widgets.page import Screen

PAGES: Mapping[str, type[Screen]] = {
    "home": HomeScreen,
    "settings": SettingsScreen,
    "fetch": FetchScreen,
    "finish": FinishScreen,
    "information": InformationScreen,
    "new_walk": NewWalkScreen,
    "measures": MeasuresScreen,
    "measure": MeasureScreen,
    "measure_from": MeasureFromScreen,
    "plan": PlanScreen,
    "photos": PhotosScreen,
    "photo": PhotoScreen,
    "observations": ObservationsScreen,
    "observation": ObservationScreen,
    "observe": ObserveScreen,
    "acute": AcuteScreen,
    "lamp": LampScreen,
}
