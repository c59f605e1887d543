"""Pages of a PDF in the window, drawn beside it one at a time, with the headings as a list for whoever cannot see
them."""

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument, QPdfPageRenderer
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QVBoxLayout, QWidget

from app.base.words import _, percent_words
from ui.bridge.pictures import dyed
from ui.widgets.button import Button, only_icon
from ui.widgets.flow import Flow
from ui.widgets.look import Look
from ui.widgets.paint import paint_box
from ui.widgets.rows import Row, RowList
from ui.widgets.text import Label, row

ZOOMS = (100, 125, 150, 200, 300)
"""Per cent of the width there is room for."""
BESIDE = 760
"""From this effective width on the headings stand beside the page."""
KEPT = 6
"""Drawn pages that are kept."""
DEEPEST = 2
"""Levels of headings that are listed."""
MARGIN = 12


class _Sheet(QWidget):
    """One page, or the place where it will be."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.image = QImage()

    def show_image(self, image: QImage, size: QSize) -> None:
        """A page drawn, to be shown this large; an empty one is on its way."""
        self.image = image
        self.setFixedSize(size + QSize(2 * MARGIN, 2 * MARGIN))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        box = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if self.image.isNull():
            paint_box(painter, box, self.look.color("raised"), radius=0)
            painter.setFont(self.look.font("body"))
            painter.setPen(self.look.color("text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _("Sidan ritas …"))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self.image)
        painter.setPen(self.look.color("line"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))


class PagePreview(QWidget):
    """The pages of a PDF, turned by `turn`. `turned(page)` is emitted when another one is shown, from 0."""

    turned = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look, self.page, self._zoom = look, 0, ZOOMS[0]
        self._data = QBuffer(self)
        self._document = QPdfDocument(self)
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setDocument(self._document)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.pageRendered.connect(self._drawn)
        self._bookmarks = QPdfBookmarkModel(self)
        self._bookmarks.setDocument(self._document)
        self._held: OrderedDict[tuple[int, int, int], QImage] = OrderedDict()
        self._asked: dict[tuple[int, int, int], int] = {}
        self._listed = False
        self._sheet = _Sheet(look)
        self._area = self._made_area()
        self.headings = RowList(look, _("Rubriker i protokollet"), marks_current=True, dense=True)
        self.headings.opened.connect(self._to_heading)
        self.headings.moved.connect(self._to_heading)
        both = row(self.headings, self._area, spacing=0)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(both, 1)
        box.addWidget(self._made_tools())
        self._show_parts()

    def _made_area(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(self._sheet)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setAccessibleName(_("Sidan"))
        # So wide as if it were scrolled: a bar that comes and goes would draw every page twice.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.viewport().setAutoFillBackground(False)
        self._sheet.setAutoFillBackground(False)
        QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        return area

    def _made_tools(self) -> QWidget:
        look = self.look
        before, after = (
            only_icon(look, _("Förra sidan"), "chevron-left"),
            only_icon(look, _("Nästa sida"), "chevron-right"),
        )
        before.clicked.connect(lambda: self.turn(self.page - 1))
        after.clicked.connect(lambda: self.turn(self.page + 1))
        self._where = Label(look, "", "strong")
        self._where.setWordWrap(False)
        smaller, larger = (
            only_icon(look, _("Mindre"), "magnify-minus-outline"),
            only_icon(look, _("Större"), "magnify-plus-outline"),
        )
        smaller.clicked.connect(lambda: self._zoom_by(-1))
        larger.clicked.connect(lambda: self._zoom_by(1))
        self._scale = Label(look, "", "strong")
        self._scale.setWordWrap(False)
        self._list = Button(look, _("Rubriker"), "format-list-bulleted")
        self._list.setCheckable(True)
        self._list.clicked.connect(self._toggle)
        flow = Flow(look.gap)
        for each in (before, self._where, after, smaller, self._scale, larger, self._list):
            flow.addWidget(each)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(12, 8, 12, 8)
        box.addLayout(flow)
        return holder

    # What is shown

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def show_pdf(self, data: bytes) -> None:
        """Show another PDF, at the page that was shown."""
        self._held.clear()
        self._asked.clear()
        self._document.close()
        self._data.close()
        self._data.setData(QByteArray(data))
        self._data.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._data)
        self.headings.show_rows(self._listed_headings(QModelIndex(), 1))
        self.turn(self.page)

    def _listed_headings(self, parent: QModelIndex, level: int) -> list[Row]:
        found: list[Row] = []
        model = self._bookmarks
        for place in range(model.rowCount(parent)):
            index = model.index(place, 0, parent)
            title = str(model.data(index, int(QPdfBookmarkModel.Role.Title)))
            page = int(model.data(index, int(QPdfBookmarkModel.Role.Page)))
            spoken = _("{heading}, sida {page}").format(heading=title, page=page + 1)
            indent = "\N{EM SPACE}" * (level - 1)
            key = f"{page}:{level}:{place}:{title}"
            found.append(Row(key, indent + title, right=str(page + 1), quiet=level > 1, spoken=spoken))
            if level < DEEPEST:
                found += self._listed_headings(index, level + 1)
        return found

    def turn(self, page: int) -> None:
        """Show a page; the first or the last where there is none of that number."""
        page = max(0, min(page, self.pages - 1))
        if page != self.page:
            self._area.verticalScrollBar().setValue(0)
        self.page = page
        self._where.setText(_("Sida {page} av {pages}").format(page=page + 1, pages=self.pages))
        self._mark_heading()
        self._show_page()
        self.turned.emit(page)

    def _mark_heading(self) -> None:
        over = [each for each in self.headings.rows.things if int(each.key.partition(":")[0]) <= self.page]
        current = self.headings.current_key().partition(":")[0]
        if over and current != str(self.page):
            first = next((each for each in over if int(each.key.partition(":")[0]) == self.page), over[-1])
            self.headings.choose(first.key, tell=False)
        title = over[-1].title.strip() if over else ""
        self._area.setAccessibleDescription(f"{self._where.text()}, {title}")

    def _size(self, page: int) -> QSize:
        """How large a page is shown."""
        points = self._document.pagePointSize(page)
        room = max(100, self._area.viewport().width() - 2 * MARGIN)
        width = room * self._zoom / 100
        return QSize(round(width), round(width * points.height() / max(1.0, points.width())))

    def _show_page(self) -> None:
        self._scale.setText(percent_words(self._zoom))
        if not self.pages:
            return
        for page in (self.page, self.page + 1):
            if page < self.pages:
                self._ask(page)
        size = self._size(self.page)
        self._sheet.show_image(self._held.get(self._key(self.page), QImage()), size)

    def _key(self, page: int) -> tuple[int, int, int]:
        size = self._size(page) * self.devicePixelRatioF()
        return page, size.width(), size.height()

    def _ask(self, page: int) -> None:
        key = self._key(page)
        if key not in self._held and key not in self._asked:
            self._asked[key] = self._renderer.requestPage(page, QSize(key[1], key[2]))

    def _drawn(self, page: int, size: QSize, image: QImage, _options: object, request: int) -> None:
        key = (page, size.width(), size.height())
        # A page of the document before may come after this one was asked for.
        if self._asked.get(key) != request:
            return
        del self._asked[key]
        paper = QImage(image.size(), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        painter.drawImage(0, 0, image)
        painter.end()
        self._held[key] = dyed(paper, self.look.color("text")) if self.look.theme == "red" else paper
        while len(self._held) > KEPT:
            self._held.popitem(last=False)
        if page == self.page:
            self._show_page()

    # What is done

    def _zoom_by(self, step: int) -> None:
        place = ZOOMS.index(self._zoom) + step
        if 0 <= place < len(ZOOMS):
            self._zoom = ZOOMS[place]
            self._show_page()

    def _to_heading(self, key: str) -> None:
        self.turn(int(key.partition(":")[0]))

    def _toggle(self, on: bool) -> None:
        self._listed = on
        self._show_parts()

    def _show_parts(self) -> None:
        beside = self.width() / self.look.scale >= BESIDE
        self._list.setVisible(not beside)
        self.headings.setVisible(beside or self._listed)
        self._area.setVisible(beside or not self._listed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another size of the page."""
        super().resizeEvent(event)
        self._show_parts()
        self._show_page()
