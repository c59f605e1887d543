"""What came of reading a file of places, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.words import _, ngettext
from ui.widgets.button import only_icon
from ui.widgets.look import Look
from ui.widgets.notice import announce
from ui.widgets.text import Icon, Label, Surface, column, held, row

SHOWN = 4
"""Damaged lines that are told one by one."""


def words_of(name: str, result: Mapping[str, Any], *, route: bool) -> tuple[str, list[str]]:
    """What was read, and what was not."""
    points, stops = int(result["points"]), len(result["stops"])
    parts = [ngettext("{n} punkt", "{n} punkter", points).format(n=points)]
    if stops:
        parts.append(ngettext("{n} nytt stopp", "{n} nya stopp", stops).format(n=stops))
    text = _("Rutten i {name} är hämtad: {what}.") if route else _("Spåret i {name} är hämtat: {what}.")
    return text.format(name=name, what=", ".join(parts)), _damaged(result["damaged"])


def _damaged(damaged: Sequence[Mapping[str, Any]]) -> list[str]:
    if not damaged:
        return []
    count = len(damaged)
    first = ngettext("{n} rad var skadad och togs inte med.", "{n} rader var skadade och togs inte med.", count)
    lines = [_("Rad {line}: {reason}").format(line=each["line"], reason=each["reason"]) for each in damaged[:SHOWN]]
    if count > SHOWN:
        lines.append(_("och {n} till").format(n=count - SHOWN))
    return [first.format(n=count), *lines]


class ReadPanel(Surface):
    """Says it beside the buttons until it is closed."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "okBg", line="ok", radius=12)
        self._told, self._damaged = Label(look, "", "strong"), Label(look, "", "meta")
        close = only_icon(look, _("Stäng: vad som hämtades"), "close")
        close.clicked.connect(self.hide)
        self._icon = Icon(look, "check", "ok", 28)
        box = row(self._icon, held(column(self._told, self._damaged, spacing=4)), close, margin=10, spacing=10)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.setVisible(False)

    def tell(self, name: str, result: Mapping[str, Any], *, route: bool) -> None:
        """Show what came of a file."""
        told, damaged = words_of(name, result, route=route)
        self._told.setText(told)
        self._damaged.setText("\n".join(damaged))
        self._damaged.setVisible(bool(damaged))
        self.role, self.line = ("warnBg", "warn") if damaged else ("okBg", "ok")
        self._icon.name, self._icon.role = ("alert-outline", "warn") if damaged else ("check", "ok")
        self.setAccessibleName(" ".join((told, *damaged)))
        self.show()
        self.update()
        announce(self)
