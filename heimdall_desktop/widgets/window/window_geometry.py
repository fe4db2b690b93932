"""Remembers a window's place, and keeps the window visible."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QRect, QSize
from PySide6.QtGui import QGuiApplication, QImageWriter, QScreen
from PySide6.QtWidgets import QWidget

from heimdall_desktop.presentation.window import window_place

_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange}

Screens = Callable[[], Sequence[window_place.Area]]


class WindowGeometry(QObject):
    """Follows a window while it is shown.

    Args:
        window: The window; also the parent.
        keep: Receives the place as text whenever it changes.
        screens: The available areas of the desktop, the main screen first.
        least: The minimum size; on a smaller screen the window may fill it.
    """

    def __init__(
        self,
        window: QWidget,
        keep: Callable[[str], None],
        screens: Screens | None = None,
        least: QSize | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._keep = window, keep
        self._screens = screens or present_screens
        self._least = least or QSize(0, 0)
        self._limit()
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._come_back)
            application.screenAdded.connect(self._follow)
            for screen in application.screens():
                self._follow(screen)

    def restore(self, text: str) -> bool:
        """Restore the window's place as far as it is visible; return False without a place."""
        place = window_place.read_place(text)
        if place is None:
            return False
        place = window_place.fitted(place, self._screens())
        self._window.setGeometry(QRect(place.x, place.y, place.width, place.height))
        states = self._window.windowState()
        maximised, full = states.WindowMaximized, states.WindowFullScreen
        if place.is_full_screen:
            self._window.setWindowState(states | full)
        elif place.is_maximised:
            self._window.setWindowState(states | maximised)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        window = self._window
        is_moved = watched is window and event.type() in _MOVES
        if is_moved and window.isVisible() and not window.isMinimized():
            self._keep(self._place().text())
        return super().eventFilter(watched, event)

    def _place(self) -> window_place.WindowPlace:
        window = self._window
        usual = window.normalGeometry()
        rect = usual if usual.isValid() else window.geometry()
        return window_place.WindowPlace(
            rect.x(),
            rect.y(),
            rect.width(),
            rect.height(),
            window.isMaximized(),
            window.isFullScreen(),
        )

    def _limit(self) -> None:
        self._window.setMinimumSize(usual_size(self._least, self._screens))

    def _follow(self, screen: QScreen) -> None:
        """Treat a screen that becomes smaller like one that is gone."""
        screen.availableGeometryChanged.connect(self._come_back)

    def _come_back(self) -> None:
        """Move the window to free space after a screen is gone or smaller."""
        self._limit()
        if self._window.isVisible():
            place = window_place.fitted(self._place(), self._screens())
            if place != self._place() and not (place.is_maximised or place.is_full_screen):
                self._window.setGeometry(QRect(place.x, place.y, place.width, place.height))


def present_screens() -> list[window_place.Area]:
    """Return the area of each screen that windows may cover, the main one first."""
    main = QGuiApplication.primaryScreen()
    screens = [main, *(screen for screen in QGuiApplication.screens() if screen is not main)]
    rects = [screen.availableGeometry() for screen in screens]
    return [window_place.Area(rect.x(), rect.y(), rect.width(), rect.height()) for rect in rects]


def usual_size(wanted: QSize, screens: Screens = present_screens) -> QSize:
    """Return the size of a window that was never moved: as wanted, as far as it fits."""
    return QSize(*window_place.first_size(wanted.width(), wanted.height(), screens()[0]))


# Makes a picture of a window for a file.


def picture_of(window: QWidget, file: Path) -> bytes:
    """Return an image of a window, in the format of a file name, or PNG if Qt can't write that.

    Raises:
        OSError: Qt can't write it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    wanted = file.suffix.removeprefix(".").lower()
    known = [bytes(name.data()).decode() for name in QImageWriter.supportedImageFormats()]
    if not window.grab().save(buffer, wanted if wanted in known else "png"):
        raise OSError("no picture")
    return bytes(buffer.data().data())
