"""Which screen shows which page. The one list of them all."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from ui.widgets.page import Screen

SCREENS = {
    "home": "home.HomeScreen",
    "settings": "settings.SettingsScreen",
    "backups": "backups.BackupsScreen",
    "fetch": "fetch.FetchScreen",
    "finish": "finish.FinishScreen",
    "information": "information.InformationScreen",
    "new_walk": "new_walk.NewWalkScreen",
    "measures": "measures.MeasuresScreen",
    "measure": "measure.MeasureScreen",
    "measure_from": "measure_from.MeasureFromScreen",
    "protocol": "protocol.ProtocolScreen",
    "remove": "remove.RemoveScreen",
    "devices": "devices.DevicesScreen",
    "group": "group.GroupScreen",
    "plan": "plan.PlanScreen",
    "position": "position.PositionScreen",
    "photos": "photos.PhotosScreen",
    "photo": "photo.PhotoScreen",
    "placement": "placement.PlacementScreen",
    "clock": "clock.ClockScreen",
    "voices": "voices.VoicesScreen",
    "review": "review.ReviewScreen",
    "observations": "observations.ObservationsScreen",
    "observation": "observation.ObservationScreen",
    "observe": "observe.ObserveScreen",
    "acute": "acute.AcuteScreen",
    "lamp": "lamp.LampScreen",
    "rating": "rating.RatingScreen",
    "ready": "ready.ReadyScreen",
    "stand": "stand.StandScreen",
    "walk": "walk.WalkScreen",
    "camera": "camera.CameraScreen",
    "complete": "complete.CompleteScreen",
    "more": "more.MoreScreen",
    "more_desk": "more.MoreDeskScreen",
    "keys": "keys.KeysScreen",
}
"""Page → module and class of its screen in `ui.screens`."""


class _Pages(Mapping[str, type[Screen]]):
    """A screen's module is read when its page is first opened: all of them together, with what they stand on, took
    longer than everything else until the first window is there."""

    def __getitem__(self, page: str) -> type[Screen]:
        module, name = SCREENS[page].split(".")
        found: type[Screen] = getattr(import_module(f"ui.screens.{module}"), name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(SCREENS)

    def __len__(self) -> int:
        return len(SCREENS)


PAGES: Mapping[str, type[Screen]] = _Pages()
