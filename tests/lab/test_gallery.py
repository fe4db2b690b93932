"""Every state of the window is reached, says its words, and nothing of it is cut off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QAbstractItemModel, QObject, QRect, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow
from tests.lab.gallery import Gallery, front
from tests.lab.gallery_scenes import SCENES


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().show()
    yield shown
    shown.close()


@pytest.fixture
def gallery(theme: Theme, shown: ShownWindow) -> Gallery:
    return Gallery(theme, shown)


def _settle() -> None:
    """Handle events until no widget moves: rows that wrap take a few turns."""
    app, before = QtWidgets.QApplication, list[QRect]()
    while (now := [each.geometry() for each in app.allWidgets()]) != before:
        before = now
        for _ in range(2):
            app.processEvents()


def _words(window: QtWidgets.QWidget) -> str:
    """Return everything that can be read, by eye or by ear."""
    reported: list[str] = []
    for widget in window.findChildren(QtWidgets.QWidget):
        if widget.isVisible():
            reported += [widget.accessibleName(), widget.accessibleDescription()]
            if isinstance(widget, QtWidgets.QLabel):
                reported.append(widget.text())
            if isinstance(widget, QtWidgets.QAbstractItemView):
                reported += _rows(widget.model())
    return "\n".join(reported)


def _rows(model: QAbstractItemModel | None) -> list[str]:
    if model is None:
        return []
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(min(model.rowCount(), 20))]


def _cut_off(window: QtWidgets.QWidget) -> list[str]:
    """Return what is narrower or lower than its text needs, or hangs over its owner."""
    found = []
    for widget in window.findChildren(QtWidgets.QWidget):
        if not widget.isVisible() or not isinstance(
            widget, QtWidgets.QLabel | QtWidgets.QPushButton
        ):
            continue
        needed = widget.minimumSizeHint()
        if widget.width() < needed.width() or widget.height() < needed.height():
            found.append(f"{widget.objectName()} {_text(widget)!r} {widget.size()} < {needed}")
        corner = widget.mapTo(window, widget.rect().bottomRight())
        if not window.rect().contains(corner) and not _scrolls(widget):
            found.append(f"{_text(widget)!r} is outside")
    return found


def _scrolls(widget: QtWidgets.QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, QtWidgets.QScrollArea) or _scrolls(parent))


def _text(widget: QObject) -> str:
    return (
        widget.text() if isinstance(widget, QtWidgets.QLabel) else widget.property("accessibleName")
    )


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
@pytest.mark.parametrize("width", [1440, 1024])
def test_every_state_says_its_words_and_nothing_is_cut_off(
    gallery: Gallery, shown: ShownWindow, theme: Theme, mode: ThemeMode, width: int
) -> None:
    theme.set_mode(mode)
    shown.window.resize(width, 768)
    shown.unpainted()  # how each scene is painted is for the reference pictures
    for name, scene in SCENES.items():
        gallery.show_scene(name)
        _settle()
        reported = _words(shown.window)
        for words in scene.words:
            assert words in reported, f"{name}: {words!r}"
        assert _cut_off(front(shown)) == [], name


def test_nothing_is_cut_off_in_german(
    german: QtWidgets.QApplication, gallery: Gallery, shown: ShownWindow
) -> None:
    shown.window.resize(1024, 768)
    shown.unpainted()
    for name in SCENES:
        gallery.show_scene(name)
        _settle()
        assert _cut_off(front(shown)) == [], name


def test_a_state_leaves_nothing_behind(gallery: Gallery, shown: ShownWindow) -> None:
    for name in ("filter-hides-all", "disk-full", "stale"):
        gallery.show_scene(name)
        gallery.show_scene("first-start")
        _settle()
        assert len(shown.store) == 0
        assert shown.strips() == []
        assert not shown.findings.filter_state.text


def test_the_list_walks_through_all_of_them(gallery: Gallery, shown: ShownWindow) -> None:
    gallery.open_list("stale")
    scenes = part(shown.window, QtWidgets.QListWidget, "gallery_scenes")
    assert scenes.count() == len(SCENES)
    assert "No data for 3 min." in _words(shown.window)
    scenes.setCurrentRow(list(SCENES).index("busy"))
    _settle()
    assert "The server is busy; retrying in 40 s." in _words(shown.window)


def test_a_picture_is_taken_of_each_state_and_theme(
    gallery: Gallery, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    done: list[list[Path]] = []
    gallery.take_pictures(
        ["live", "stale"],
        ["light", "dark"],
        lambda name, mode: tmp_path / f"{name}-{mode}.png",
        done.append,
    )
    qtbot.waitUntil(lambda: bool(done), timeout=30_000)
    assert done == [[]]
    written = {path.name: QImage(str(path)) for path in tmp_path.iterdir()}
    assert set(written) == {"live-light.png", "live-dark.png", "stale-light.png", "stale-dark.png"}
    for mode, tokens in (("light", LIGHT), ("dark", DARK)):
        assert written[f"live-{mode}.png"].pixelColor(700, 3) == tokens.window


def test_an_unwritable_picture_is_told(gallery: Gallery, tmp_path: Path, qtbot: QtBot) -> None:
    done: list[list[Path]] = []
    nowhere = tmp_path / "missing" / "x.png"
    gallery.take_pictures(["live"], ["light"], lambda _name, _mode: nowhere, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=30_000)
    assert done == [[nowhere]]
