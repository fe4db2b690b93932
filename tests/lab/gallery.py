"""Walks the real window through every state it can be in, to look at and for pictures.

`python -m tests.lab gallery` opens it. The store is told scripted facts; no server is asked, and
nothing is kept.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

os.environ["QT_API"] = "pyside6"

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QVBoxLayout, QWidget

from heimdall_desktop import paths, system_libraries
from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.server import ServerState, Standing, TokenStanding
from heimdall_desktop.models.translation import use_language
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.widgets.board.replay_bar import ReplayBar
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.app_style import dress
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.settings.settings_window import SettingsWindow
from heimdall_desktop.widgets.window.problem_bar import ProblemBar
from heimdall_desktop.widgets.window.workspace import shown_dialog
from tests.fakes.hands import part
from tests.fakes.inbox_lines import full_inbox, lines_of_every_kind
from tests.fakes.shown_window import ShownWindow
from tests.lab.gallery_scenes import SCENES, Scene, wallboard
from tests.lab.scan_script import SERVER

FAILED, BAD_ARGUMENTS = 1, 2
SETTLE_MS = 60  # the window lays itself out
SIZE = QSize(260, 640)
ACCOUNT = "m.okafor@corp.example"
STANDS_S = 420.0  # for so long a server stands as a scene wants it
LOOKED_S = 60.0  # and so long before new scans were looked for


class Gallery(QObject):
    """Shows one scene after the other.

    Args:
        theme: The look.
        shown: The window and what it shows, which is nothing else.
    """

    def __init__(self, theme: Theme, shown: ShownWindow) -> None:
        super().__init__(shown.window)
        self._theme, self._shown = theme, shown
        self._window, self._time = shown.window, shown.time
        self._store, self._ticker, self._inbox = shown.store, shown.ticker, shown.inbox
        self._list: QListWidget | None = None

    def show_scene(self, name: str) -> None:
        """Bring the window into a state.

        Raises:
            KeyError: there is no scene of this name.
        """
        scene = SCENES[name]
        findings = part(self._window, FindingsPane, "findings_pane")
        if findings.table.selection.is_many:  # else Escape would lead back no further
            findings.table.selection.clear()
            findings.filter_state.set_text("")
        QTest.keyClick(QApplication.focusWidget() or self._window, Qt.Key.Key_Escape)
        while (dialog := QApplication.activeModalWidget()) is not None:
            dialog.close()
        for window in self._window.findChildren(SettingsWindow):
            window.close()
        self._shown.requests.preferences.change(Settings())
        findings.table_state.change(lambda layout: replace(layout, zoom=100))
        self._leave_replay()
        problems = self._window.findChildren(ProblemBar)[0]
        for key in problems.keys:
            problems.clear(key)
        self._show_account(scene)
        findings.filter_state.set_text("")
        scene.tell(self._store, self._time)
        self._ticker.flush()
        findings.filter_state.set_text(scene.filter_text)
        if scene.problem is not None:
            self._window.show_error(scene.problem)
        if scene.has_inbox:
            now = self._time.now()
            for line in [*reversed(full_inbox(now).lines), *lines_of_every_kind(now)]:
                self._inbox.put(line)
            self._window.show_inbox()
        self._window.activateWindow()
        findings.table.setFocus()
        for key in scene.keys:
            QApplication.processEvents()
            QTest.keySequence(QApplication.focusWidget() or self._window, QKeySequence(key))
        if scene.last_filter:
            findings.filter_state.set_text(scene.last_filter)
        if scene.then is not None:
            scene.then(self._shown)

    def _leave_replay(self) -> None:
        """Take back what the scenes do to a window that never goes back: a replay ends with it."""
        self._window.close_other_windows()
        for bar in self._window.findChildren(ReplayBar):
            bar.hide()
            bar.deleteLater()
        for scan in self._store:
            scan.replay_pace = 0.0
            self._store.tag(scan.id, Tag.REPLAY, is_on=False)

    def _show_account(self, scene: Scene) -> None:
        """Be signed in, but for the first start; say what is left of the session."""
        self._window.show_account(None, "", is_signed_in=False)
        if scene.play is None:
            self._window.sessions.show_sessions({}, None)
            self._window.show_server(None)
        else:
            is_signed_in = scene.standing is not Standing.SIGNED_OUT
            is_named = scene.token is TokenStanding.GOOD
            self._window.show_account(
                SERVER, ACCOUNT if is_named else "", is_signed_in=is_signed_in, token=scene.token
            )
            since = self._time.now() - timedelta(seconds=STANDS_S)
            looked_at = since - timedelta(seconds=LOOKED_S)
            self._shown.requests.preferences.change_setting("watches_new", True)
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
            self._window.sessions.show_sessions({SERVER: ends_s} if is_signed_in else {}, SERVER)

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
            if not front(self._shown).grab().save(str(file), "png"):
                failed.append(file)
            show_next()

        show_next()


def front(shown: ShownWindow) -> QWidget:
    """Return what is looked at: a popup, a dialog, the settings or the wall, where one is open."""
    settings = shown_dialog(shown.window, SettingsWindow)
    return (
        QApplication.activePopupWidget()
        or QApplication.activeModalWidget()
        or settings
        or wallboard()
        or shown.window
    )


def main(arguments: Sequence[str]) -> int:
    """Show the gallery until it is closed, or only write its pictures; return the exit status."""
    options = _options(arguments)
    if not system_libraries.has_display():
        sys.stderr.write(f"{system_libraries.NO_DISPLAY}\n")
        return BAD_ARGUMENTS
    app = QApplication([])
    use_language(QLocale(options.language), paths.resources() / "translations", app)
    theme = Theme(paths.resources(), ThemeMode(options.theme or "system"))
    dress(app, theme)
    shown = ShownWindow().show()
    gallery = Gallery(theme, shown)

    def go_on(failed: Sequence[Path]) -> None:
        if failed:
            sys.stderr.write(f"Couldn't save the screenshot to {failed[0]}.\n")
        if failed or options.quit_when_done:
            app.exit(FAILED if failed else 0)
        else:
            gallery.open_list(options.name)

    def begin() -> None:
        place: Path | None = options.screenshot
        if place is None:
            go_on(())
            return
        gallery.take_pictures(
            [options.name] if options.name else list(SCENES),
            [options.theme] if options.theme else ["light", "dark"],
            lambda scene, mode: place / f"{scene}-{mode}.png",
            go_on,
        )

    QTimer.singleShot(0, begin)
    status = app.exec()
    shown.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # while Python is there
    return status


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.lab gallery",
        description="Every empty, loading and error state of the window, from a list.",
        epilog=f"states: {', '.join(SCENES)}",
    )
    parser.add_argument("name", nargs="?", default="", help="the state to begin with")
    parser.add_argument(
        "--screenshot", metavar="DIR", type=Path, help="write a picture of that state, or of each"
    )
    parser.add_argument("--theme", choices=[mode.value for mode in ThemeMode])
    parser.add_argument("--language", default="en", metavar="CODE", help='such as "de"')
    parser.add_argument(
        "--quit-when-done", action="store_true", help="end once the pictures are written"
    )
    options = parser.parse_args(arguments)
    if options.name and options.name not in SCENES:
        parser.error(f"no state is called {options.name}; there are {', '.join(SCENES)}")
    if options.quit_when_done and options.screenshot is None:
        parser.error("--quit-when-done needs --screenshot, a place for the pictures")
    if options.screenshot is not None:
        try:
            options.screenshot.mkdir(parents=True, exist_ok=True)
        except OSError:
            parser.error(f"{options.screenshot} is no folder that can be written")
    return options
