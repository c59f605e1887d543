"""How everything looks: colours by role, type, sizes. A `Look` never changes; another theme, size or hand is another
`Look`, and the screens are built anew with it.

Colours are named by role and stand in `resources/themes/tokens.json` alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase

import resources
from app.base.errors import GatljusError
from app.base.words import _

THEMES = ("light", "dark", "red", "contrast")
BY_THE_SUN = "sun"
"""Of settings: light by day, dark by night."""
TEXT_SCALES = (100, 125, 150, 200)

FIELD_BASE, DESK_BASE, GLOVE_BASE = 18, 16, 20
SMALLEST_PX = 14
TARGET, GLOVE_TARGET = 48, 64
FAMILIES = ("Atkinson Hyperlegible Next", "Noto Sans", "Noto Sans Arabic", "Noto Sans Symbols", "Noto Sans Symbols 2")
ICON_FAMILY = "Material Design Icons"

FONTS = (
    "fonts/AtkinsonHyperlegibleNext_400Regular.ttf",
    "fonts/AtkinsonHyperlegibleNext_600SemiBold.ttf",
    "fonts/AtkinsonHyperlegibleNext_700Bold.ttf",
    "fonts/NotoSans_400Regular.ttf",
    "fonts/NotoSans_600SemiBold.ttf",
    "fonts/NotoSansArabic_400Regular.ttf",
    "fonts/NotoSansSymbols_400Regular.ttf",
    "fonts/NotoSansSymbols2_400Regular.ttf",
    "icons/MaterialDesignIcons.ttf",
)

RANKS: Mapping[str, tuple[float, int]] = {
    "meta": (0.9, 400),
    "body": (1.0, 400),
    "strong": (1.0, 600),
    "h3": (1.06, 600),
    "h2": (1.28, 700),
    "h1": (1.65, 700),
    "hero": (2.4, 700),
    "number112": (4.2, 700),
}
"""Type by rank: its size against the base, and its weight."""


@cache
def tokens() -> Mapping[str, Any]:
    """What `tokens.json` says."""
    said: Mapping[str, Any] = json.loads(resources.read_text("themes/tokens.json"))
    return said


@cache
def _charmap() -> Mapping[str, str]:
    said: Mapping[str, str] = json.loads(resources.read_text("icons/charmap.json"))
    return said


def glyph(name: str) -> str:
    """The sign of an icon in the icon font. Raises KeyError for a name it does not have."""
    return chr(int(_charmap()[name], 16))


def icon_named(group: str, name: str) -> str:
    """The icon that the tokens give a thing: `icon_named("category", "A")` is `post-lamp`."""
    return str(tokens()["icons"][group][name])


def load_fonts() -> None:
    """Make the program's own fonts known to Qt; once, before the first window. Raises GatljusError."""
    for name in FONTS:
        if QFontDatabase.addApplicationFont(str(resources.path(name))) < 0:
            raise GatljusError(
                "font", _("Typsnittet {name} kan inte läsas.").format(name=name), _("Installera programmet på nytt.")
            )


@dataclass(frozen=True)
class Look:
    """A theme, a text size (1.0 to 2.0), gloves or not, which hand holds the tablet, with or without motion.

    `field`: seen out of doors, at arm's length. Sizes are device-independent pixels.
    """

    theme: str = "light"
    scale: float = 1.0
    gloves: bool = False
    left_handed: bool = False
    calm: bool = False
    field: bool = False

    def in_field(self) -> "Look":
        """The same for a screen that is used while walking."""
        return replace(self, field=True)

    def color(self, role: str) -> QColor:
        """The colour of a role (`text2`, `sev3`)."""
        return QColor(tokens()["themes"][self.theme][role])

    @property
    def base(self) -> int:
        """The size of body text before scaling."""
        return GLOVE_BASE if self.gloves else FIELD_BASE if self.field else DESK_BASE

    @property
    def target(self) -> int:
        """The least side of anything that can be pressed."""
        return GLOVE_TARGET if self.gloves else TARGET

    @property
    def gap(self) -> int:
        """The least distance between two things that can be pressed."""
        return 12 if self.gloves or self.field else 8

    def text_px(self, rank: str) -> int:
        """The height of type of a rank."""
        return round(max(SMALLEST_PX, self.base * RANKS[rank][0]) * self.scale)

    def icon_px(self, size: int = 24) -> int:
        """The side of an icon that is `size` at 100 %: icons grow less than text."""
        grown = 1 + 0.6 * (self.scale - 1)
        return round(size * grown * (1.15 if self.gloves else 1.0))

    def font(self, rank: str = "body", *, weight: int | None = None, tabular: bool = False) -> QFont:
        """Type of a rank; `tabular` for numbers that stand under each other."""
        found = QFont(list(FAMILIES))
        found.setPixelSize(self.text_px(rank))
        found.setWeight(QFont.Weight(weight or RANKS[rank][1]))
        if tabular:
            found.setFeature(QFont.Tag("tnum"), 1)
        return found

    def icon_font(self, side: int) -> QFont:
        """The font of icons, `side` pixels high."""
        found = QFont(ICON_FAMILY)
        found.setPixelSize(side)
        return found
