"""A look, put on the whole program: palette and style sheet, both made from the tokens' roles."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from ui.widgets.look import TEXT_SCALES, THEMES, Look, tokens

ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "surface",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "onPrimary",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.PlaceholderText: "text2",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "surface",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "sunken",
}

SHEET = """
QLineEdit, QPlainTextEdit, QComboBox {{
    background: {raised}; color: {text}; border: 2px solid {line}; border-radius: 10px; padding: 6px 12px;
    selection-background-color: {primary}; selection-color: {onPrimary};
}}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border-color: {focus}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ background: {sunken}; color: {disabledText}; }}
QComboBox::drop-down {{ border: 0; width: {arrow}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{
    background: {raised}; color: {text}; border: 2px solid {line}; outline: 0; padding: 4px;
    selection-background-color: {selected}; selection-color: {onSelected};
}}
QComboBox QAbstractItemView::item {{ min-height: {target}px; padding: 0 12px; }}
QScrollBar:vertical {{ background: {sunken}; width: 14px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 5px; min-height: 48px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QScrollBar:horizontal {{ background: {sunken}; height: 14px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {line}; border-radius: 5px; min-width: 48px; margin: 2px; }}
WholeList {{ background: transparent; border: 0; outline: 0; }}
QScrollArea {{ background: transparent; border: 0; }}
QFileDialog QTreeView::item, QFileDialog QListView::item {{ min-height: {target}px; }}
QFileDialog QToolButton {{
    background: {tool}; border: 2px solid {line}; min-width: {target}px; min-height: {target}px;
}}
QFileDialog QToolButton:focus {{ border-color: {focus}; }}
QFileDialog QComboBox#lookInCombo {{ min-width: {entry}px; }}
QFileDialog QPushButton, QMessageBox QPushButton {{ min-height: {target}px; padding: 0 16px; }}
QToolTip {{ background: {surface}; color: {text}; border: 2px solid {line}; padding: 6px; }}
"""


def palette_of(look: Look) -> QPalette:
    """The palette of a look."""
    palette = QPalette()
    for role, name in ROLES.items():
        palette.setColor(role, look.color(name))
    quiet: tuple[QPalette.ColorRole, ...] = (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    )
    for role in quiet:
        palette.setColor(QPalette.ColorGroup.Disabled, role, look.color("disabledText"))
    return palette


def sheet_of(look: Look) -> str:
    """The style sheet of a look."""

    class _Colors(dict[str, str]):
        def __missing__(self, role: str) -> str:
            return QColor(look.color(role)).name()

    # Qt's own arrows are black in every theme.
    tool = look.color("raised" if look.theme == "light" else "primary").name()
    sizes = {"target": look.target, "arrow": look.icon_px(24) + 16, "entry": 4 * look.target}
    return SHEET.format_map(_Colors({name: str(size) for name, size in sizes.items()}, tool=tool))


def put_on(app: QApplication, look: Look) -> None:
    """Show everything in a look from now on."""
    app.setStyle("Fusion")
    app.setPalette(palette_of(look))
    app.setFont(look.font("body"))
    app.setStyleSheet(sheet_of(look))


def look_of(settings: Settings, *, dark: bool = False) -> Look:
    """The look that settings ask for; `dark`: the sun is down, where they follow it."""
    follows = "dark" if dark else "light"
    theme = settings.theme if settings.theme in THEMES else follows
    scale = settings.text if settings.text in TEXT_SCALES else TEXT_SCALES[0]
    return Look(theme, scale / 100, settings.gloves, settings.left_handed, settings.calm)


def scaled(settings: Settings, step: int) -> Settings:
    """The settings with the next larger text, or smaller; the same where there is none."""
    place = TEXT_SCALES.index(round(look_of(settings).scale * 100)) + step
    return replace(settings, text=TEXT_SCALES[place]) if 0 <= place < len(TEXT_SCALES) else settings


def after(settings: Settings, shown: str) -> Settings:
    """The settings with the theme that follows the one that is shown."""
    return replace(settings, theme=THEMES[(THEMES.index(shown) + 1) % len(THEMES)])


def map_colors(look: Look) -> Mapping[str, str] | None:
    """The colours that map tiles get in a look; None where they stay as they are."""
    if look.theme == "light":
        return None
    return {**tokens()["map"][look.theme], "text": look.color("text").name()}


def speak_qt(app: QApplication, before: QTranslator | None, language: str) -> QTranslator:
    """Qt's own dialogs, for files, in a language; English is in them. `before` is what this returned last."""
    if before is not None:
        app.removeTranslator(before)
    translator = QTranslator(app)
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return translator
