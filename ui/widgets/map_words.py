"""What a map says of itself in words that lie on it: that it ends, or that it lacks something."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from ui.widgets.look import Look
from ui.widgets.paint import CHIP_RADIUS, paint_box

TOP, SIDES, AROUND = 16, 14, 8
"""How far the words lie from the upper edge, and so many pixels beside them and over and under them."""
LOW = 0.25
"""A sentence that takes more of the height than this leaves no room for what lies on the map."""
STEP = 24
"""Where something lies in their way the words lie so many pixels lower, and lower again."""
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter)


def paint_words(painter: QPainter, look: Look, free: QRectF, text: str, taken: Sequence[QRectF], over: QRectF) -> None:
    """Draw a sentence as high as it can in what nothing covers, where none of `taken` is; at the top where there is no
    such place. Half a sentence tells nothing: it is not drawn under `over`, nor under all that lies on a low map."""
    font = look.font("strong")
    words = QFontMetrics(font).boundingRect(0, 0, max(80, round(free.width()) - 60), 10_000, WRAP, text)
    first = QRect(0, 0, words.width() + 2 * SIDES, words.height() + 2 * AROUND)
    first.moveTo(round(free.center().x()) - first.width() // 2, round(free.top()) + TOP)
    places = (first.translated(0, down) for down in range(0, round(free.height()) - first.height() - TOP, STEP))
    box = next((each for each in places if not any(other.intersects(QRectF(each)) for other in taken)), None)
    if box is None and first.height() < LOW * free.height():
        box = first
    if box is None or over.intersects(QRectF(box)):
        return
    paint_box(painter, box, look.color("surface"), look.color("line"), radius=CHIP_RADIUS, width=1.5)
    painter.setFont(font)
    painter.setPen(look.color("text"))
    painter.drawText(box.adjusted(SIDES, AROUND, -SIDES, -AROUND), WRAP, text)
