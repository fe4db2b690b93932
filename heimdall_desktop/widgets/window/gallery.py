"""Walks the real window through every state it can be in, for people who look and for pictures.

`--debug --gallery` opens it. It tells the store scripted facts; nothing is asked of anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from heimdall_desktop.application.gallery_scenes import SCENES, Scene
from heimdall_desktop.application.scan_script import SERVER, ScriptedTime
from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.server import ServerState, Standing, TokenStanding
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.window.main_window import MainWindow

SETTLE_MS = 60  # the window lays itself out
SIZE = QSize(260, 640)
ACCOUNT = "m.okafor@corp.example"
STANDS_S = 420.0  # for so long a server stands as a scene wants it
LOOKED_S = 60.0  # and so long before new scans were looked for


class Gallery(QObject):
    """Shows one scene after the other.

    Args:
        theme: The look.
        window: The main window.
        store: What it shows; holds nothing else.
        ticker: Hands out changes.
        time: The moment all scenes are about.
    """

    def __init__(
        self, theme: Theme, window: MainWindow, store: Store, ticker: Ticker, time: ScriptedTime
    ) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._store, self._ticker, self._time = store, ticker, time
        self._list: QListWidget | None = None

    def show_scene(self, name: str) -> None:
        """Bring the window into a state.

        Raises:
            KeyError: there is no scene of this name.
        """
        scene = SCENES[name]
        self._window.forget_troubles()
        self._show_account(scene)
        self._window.filter_by("")
        scene.tell(self._store, self._time)
        self._ticker.flush()
        self._window.filter_by(scene.filter_text)
        if scene.trouble is not None:
            self._window.show_error(scene.trouble)

    def _show_account(self, scene: Scene) -> None:
        """Be signed in, but for the first start; say what is left of the session."""
        self._window.show_account(None, "", is_signed_in=False)
        if scene.play is None:
            self._window.show_sessions({}, None)
            self._window.show_server(None)
        else:
            is_signed_in = scene.standing is not Standing.SIGNED_OUT
            is_named = scene.token is TokenStanding.GOOD
            self._window.show_account(
                SERVER, ACCOUNT if is_named else "", is_signed_in=is_signed_in, token=scene.token
            )
            since = self._time.now() - timedelta(seconds=STANDS_S)
            looked_at = since - timedelta(seconds=LOOKED_S)
            self._window.show_new_scans(is_on=True)
            self._window.show_server(
                ServerState(
                    SERVER,
                    scene.standing,
                    since,
                    looked_at=looked_at,
                    is_token_refused=scene.token is TokenStanding.REFUSED,
                )
            )
            ends_s = self._time.clock() + scene.session_left_s
            self._window.show_sessions({SERVER: ends_s} if is_signed_in else {}, SERVER)

    def open_list(self, name: str) -> None:
        """Open a list of all scenes beside the window, and show one of them; "" is the first."""
        names = list(SCENES)
        box = QWidget(self._window, Qt.WindowType.Tool)
        box.setObjectName("gallery")
        box.setWindowTitle("Gallery")
        box.resize(SIZE)
        self._list = QListWidget(box)
        self._list.setObjectName("gallery_scenes")
        self._list.setAccessibleName("States of the window")
        self._list.addItems([SCENES[each].title for each in names])
        self._list.currentRowChanged.connect(lambda row: self.show_scene(names[row]))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        self._list.setCurrentRow(names.index(name) if name else 0)
        box.show()

    def take_pictures(
        self,
        names: Sequence[str],
        themes: Sequence[str],
        place: Callable[[str, str], Path],
        on_done: Callable[[list[Path]], None],
    ) -> None:
        """Write a picture of each scene in each theme.

        Args:
            names: of the scenes.
            themes: values of `ThemeMode`.
            place: where the picture of a scene and a theme belongs.
            on_done: told which pictures could not be written.
        """
        steps = [(name, theme) for theme in themes for name in names]
        failed: list[Path] = []

        def show_next() -> None:
            if not steps:
                on_done(failed)
                return
            name, theme = steps[0]
            self._theme.set_mode(ThemeMode(theme))
            self.show_scene(name)
            QTimer.singleShot(SETTLE_MS, self, keep)

        def keep() -> None:
            file = place(*steps.pop(0))
            if not self._window.grab().save(str(file), "png"):
                failed.append(file)
            show_next()

        show_next()
