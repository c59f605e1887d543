"""Rows that share the height are all within the room they have, however many there are and whatever the size."""

from app.commands.observations import observe
from tests.gui.opening import Furnished, Opener, settle
from ui.shell.window import Window
from ui.widgets.desk import Place
from ui.widgets.flow import FlowGrid

LOOKS = (((800, 1280), 100, True), ((800, 1280), 150, False), ((720, 1280), 100, False), ((1024, 600), 125, True),
         ((1280, 800), 200, False))  # fmt: skip


def _cut(window: Window) -> list[str]:
    """The rows that are lower than what they lie in."""
    wrong = []
    for grid in window.shown.findChildren(FlowGrid):
        if grid.isVisible():
            bottom = max(each.geometry().bottom() for each in grid.widgets)
            if bottom >= grid.height():
                wrong.append(f"{type(grid).__name__} of {len(grid.widgets)}: {bottom} of {grid.height()}")
    return wrong


def test_every_item_of_every_category_and_every_stop_can_be_reached(at: Opener, furnished: Furnished) -> None:
    walk, session = furnished.ids["walk"], furnished.session
    seen = {each.id: observe(session, walk, {"category": each.id}) for each in session.checklist.categories}
    wrong = []
    for size, text, gloves in LOOKS:
        look = f"{size} {text} %, gloves {gloves}"
        window = at("observe", size, text=text, gloves=gloves)
        for category, item in seen.items():
            window.go(Place("observe", walk, item, "items"))
            settle(window)
            wrong += [f"{look}, {category}: {each}" for each in _cut(window)]
        wrong += [f"{look}: {each}" for each in _cut(at("observe.stops", size, text=text, gloves=gloves))]
    assert not wrong, "\n".join(wrong)
