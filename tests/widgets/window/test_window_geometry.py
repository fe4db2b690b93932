"""A window's place is kept, and restored where it is visible."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.window.window_place import Area, WindowPlace, read_place
from heimdall_desktop.widgets.window.window_geometry import (
    WindowGeometry,
    present_screens,
    usual_size,
)

SCREEN = Area(0, 0, 1600, 1000)


def _window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_moves_and_sizes_are_kept(qtbot: QtBot) -> None:
    window, kept = _window(qtbot), [""]
    WindowGeometry(window, kept.append)
    window.resize(700, 500)
    assert kept == [""], "a window that was never shown has no place"
    window.show()
    window.setGeometry(30, 40, 640, 480)
    place = read_place(kept[-1])
    assert place is not None
    assert (place.x, place.y, place.width, place.height) == (30, 40, 640, 480)


def test_a_window_returns_to_an_existing_screen(qtbot: QtBot) -> None:
    window = _window(qtbot)
    history_writer = WindowGeometry(window, lambda _text: None, lambda: [SCREEN])
    assert history_writer.restore(WindowPlace(4000, 10, 2000, 600).text())
    assert window.geometry().getRect() == (0, 220, 1600, 600)


def test_a_window_fits_a_screen_that_has_become_smaller(qtbot: QtBot) -> None:
    window, screens = _window(qtbot), [SCREEN]
    WindowGeometry(window, lambda _text: None, lambda: screens)
    window.show()
    window.setGeometry(60, 60, 1340, 820)
    screens[:] = [Area(0, 0, 1024, 600)]
    screen = QGuiApplication.primaryScreen()
    screen.availableGeometryChanged.emit(screen.availableGeometry())
    assert window.geometry().getRect() == (0, 40, 1024, 560)


def test_no_window_must_be_larger_than_its_screen(qtbot: QtBot) -> None:
    window, screens = _window(qtbot), [SCREEN]
    WindowGeometry(window, lambda _text: None, lambda: screens, least=QSize(800, 560))
    assert window.minimumSize() == QSize(800, 560)
    screens[:] = [Area(0, 0, 683, 384)]
    screen = QGuiApplication.primaryScreen()
    screen.availableGeometryChanged.emit(screen.availableGeometry())
    assert window.minimumSize() == QSize(683, 344)


def test_maximised_and_full_screen_come_back(qtbot: QtBot) -> None:
    for place in (
        WindowPlace(10, 10, 700, 500, is_maximised=True),
        WindowPlace(10, 10, 700, 500, is_full_screen=True),
    ):
        window = _window(qtbot)
        assert WindowGeometry(window, lambda _text: None, lambda: [SCREEN]).restore(place.text())
        window.show()
        assert window.isMaximized() == place.is_maximised
        assert window.isFullScreen() == place.is_full_screen


def test_without_a_sound_place_nothing_moves(qtbot: QtBot) -> None:
    window = _window(qtbot)
    before = window.geometry()
    assert not WindowGeometry(window, lambda _text: None).restore("{")
    assert window.geometry() == before


def test_the_main_screen_is_the_first(qapp: QGuiApplication) -> None:
    main = QGuiApplication.primaryScreen().availableGeometry()
    assert present_screens()[0] == Area(main.x(), main.y(), main.width(), main.height())


def test_a_new_window_has_its_title_and_its_foot_on_a_low_screen() -> None:
    low = Area(0, 0, 1366, 768)
    assert usual_size(QSize(1080, 760), lambda: [low]) == QSize(1080, low.below_title.height)
    assert low.below_title.height < 760
    assert usual_size(QSize(1080, 760), lambda: [SCREEN]) == QSize(1080, 760)
