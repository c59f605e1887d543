"""Painting that several widgets share: icons, marks of severity and priority, boxes with an outline."""

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.domain.values import Priority, Severity
from ui.widgets.look import Look, glyph

RADIUS, CARD_RADIUS, CHIP_RADIUS, TAG_RADIUS = 10, 12, 8, 6
OUTLINE = 2.0


def paint_icon(painter: QPainter, look: Look, rect: QRect | QRectF, name: str, color: QColor) -> None:
    """An icon in the middle of a rectangle, as high as it."""
    box = QRectF(rect)
    painter.setFont(look.icon_font(round(box.height())))
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, glyph(name))


def paint_box(
    painter: QPainter,
    rect: QRect | QRectF,
    fill: QColor | None,
    line: QColor | None = None,
    *,
    radius: float = RADIUS,
    width: float = OUTLINE,
    dashed: bool = False,
) -> None:
    """A filled box with round corners and an outline that lies inside it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if line else 0.0
    box = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    pen = QPen(line, width) if line else QPen(Qt.PenStyle.NoPen)
    if line and dashed:
        pen.setDashPattern([3, 2.5])
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)


def _polygon(box: QRectF, corners: int, turned: float) -> QPainterPath:
    middle, radius = box.center(), box.width() / 2
    points = [
        QPointF(middle.x() + radius * math.cos(a), middle.y() + radius * math.sin(a))
        for a in (turned + 2 * math.pi * k / corners for k in range(corners))
    ]
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def severity_path(box: QRectF, severity: Severity) -> QPainterPath:
    """The shape of a severity: circle, circle, diamond, triangle, octagon."""
    if severity == Severity.NOTICEABLE:
        return _polygon(box, 4, 0.0)
    if severity == Severity.LARGE:
        # Larger, and moved down a little, so that its digit stays legible.
        grown = box.adjusted(-0.07 * box.width(), 0, 0.07 * box.width(), 0.14 * box.height())
        return _polygon(grown.translated(0, 0.04 * box.height()), 3, -math.pi / 2)
    if severity == Severity.DANGER:
        return _polygon(box, 8, math.pi / 8)
    path = QPainterPath()
    path.addEllipse(box.adjusted(1, 1, -1, -1))
    return path


def _severity_edge(look: Look, severity: Severity) -> QColor | None:
    """The outline of a mark, where its fill alone would not stand out."""
    if severity == Severity.NOTICEABLE:
        return look.color("sev2o")
    if severity == Severity.DANGER and look.theme == "dark":
        return look.color("sev4i")
    if look.theme == "light" and severity != Severity.SMALL:
        return None
    return look.color(f"sev{severity.value}i")


def _round_pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def paint_severity(
    painter: QPainter, look: Look, rect: QRect | QRectF, severity: Severity, *, halo: bool = False
) -> None:
    """The mark of a severity: shape, sign and colour. `halo`: on a map, where a light edge parts it from the ground."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect).adjusted(1, 1, -1, -1)
    path = severity_path(box, severity)
    if halo:
        painter.strokePath(path, _round_pen(look.color("halo"), 5))
    painter.fillPath(path, look.color(f"sev{severity.value}"))
    edge = _severity_edge(look, severity)
    if edge is not None:
        painter.strokePath(path, _round_pen(edge, OUTLINE))
    ink = look.color(f"sev{severity.value}i")
    if severity == Severity.GOOD:
        side = box.height() * 0.58
        paint_icon(
            painter, look, QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side), "heart", ink
        )
        return
    font = look.font("body", weight=700)
    font.setPixelSize(max(9, round(box.height() * 0.56)))
    painter.setFont(font)
    painter.setPen(ink)
    down = 0.13 * box.height() if severity == Severity.LARGE else 0.0
    painter.drawText(box.translated(0, down), Qt.AlignmentFlag.AlignCenter, str(severity.value))


def paint_priority(painter: QPainter, look: Look, rect: QRect | QRectF, priority: Priority | None) -> None:
    """The square of a priority with its letter; a dashed empty one where nobody has set it."""
    fills = {Priority.A: ("danger", "surface"), Priority.B: ("primary", "onPrimary")}
    fill, ink = fills.get(priority, ("raised", "text")) if priority else ("raised", "disabledText")
    line = look.color("text") if priority in (Priority.C, Priority.D) else None if priority else look.color("line")
    paint_box(
        painter, rect, look.color(fill), line, radius=TAG_RADIUS, width=1.5, dashed=priority in (Priority.D, None)
    )
    font = look.font("body", weight=700)
    font.setPixelSize(max(10, round(QRectF(rect).height() * 0.57)))
    painter.setFont(font)
    painter.setPen(look.color(ink))
    painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, priority.value if priority else "–")


def paint_cap(painter: QPainter, look: Look, rect: QRect | QRectF, key: str, ink: QColor) -> None:
    """A key of the keyboard, as it looks."""
    box = QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5)
    paint_box(painter, box.toRect(), look.color("surface"), ink, radius=5, width=1.5)
    font = look.font("meta", weight=700)
    font.setPixelSize(round(box.height() * 0.62))
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


def paint_number(
    painter: QPainter, look: Look, rect: QRect | QRectF, text: str, *, filled: bool = False, done: bool = False
) -> None:
    """A stop's disc with its number; `filled`: the next one; `done`: with a tick."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setPen(QPen(look.color("primary"), 3))
    painter.setBrush(look.color("primary") if filled else look.color("surface"))
    painter.drawEllipse(box)
    font = look.font("body", weight=700)
    font.setPixelSize(max(10, round(box.height() * (0.5 if len(text) < 3 else 0.38))))
    painter.setFont(font)
    painter.setPen(look.color("onPrimary") if filled else look.color("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    if done:
        side = box.width() * 0.46
        tick = QRectF(box.right() - side * 0.62, box.top() - side * 0.38, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("surface"))
        painter.drawEllipse(tick.adjusted(-1, -1, 1, 1))
        paint_icon(painter, look, tick, "check-circle", look.color("ok"))
