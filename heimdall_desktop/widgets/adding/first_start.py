"""The page before any scan is watched: three ways to start, and the sign-in form.

Source: design picture 4a, behaviour.md 2.6.
"""

from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QDir, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.widgets.adding.link_lookup import RECORDING_SUFFIX
from heimdall_desktop.widgets.adding.sign_in import SignIn
from heimdall_desktop.widgets.controls.buttons import PaintedButton
from heimdall_desktop.widgets.controls.dialog_frame import file_dialog
from heimdall_desktop.widgets.controls.fields import ErrorLine
from heimdall_desktop.widgets.controls.pane import Edge, Pane, named
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label, Paragraph
from heimdall_desktop.widgets.look.painting import RowCursor, fill, focus_ring, horizontal_hairline
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

# Starts local tasks that need no remote server: a folder scan, the demo, or a replay.


class LocalStart(QObject):
    """Asks the user for the folder, calls the controller, and reports progress.

    Args:
        window: The parent of the folder dialog; also the owner.

    Signals:
        began: one sentence on the current action.
        ended: None, or why it failed.
    """

    began = Signal(str)
    ended = Signal(object)

    def __init__(self, requests: Requests, window: QtWidgets.QWidget) -> None:
        super().__init__(window)
        self._requests, self._window = requests, window

    def choose_folder(self) -> None:
        title = tr("Scan a local folder")
        dialog = file_dialog(self._window, "choose-folder", title, self.scan_folder)
        dialog.setLabelText(QtWidgets.QFileDialog.DialogLabel.Accept, tr("Scan", "verb"))
        dialog.setDirectory(QDir.homePath())
        dialog.setOption(QtWidgets.QFileDialog.Option.ShowDirsOnly)
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.Directory)
        dialog.open()

    def choose_recording(self) -> None:
        title = tr("Play a recording")
        dialog = file_dialog(self._window, "choose-recording", title, self.play_recording)
        dialog.setLabelText(QtWidgets.QFileDialog.DialogLabel.Accept, tr("Play"))
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFile)
        recordings = tr("Recordings ({suffix})").format(suffix=f"*{RECORDING_SUFFIX}")
        dialog.setNameFilters([recordings, tr("All files ({suffix})").format(suffix="*")])
        dialog.open()

    def scan_folder(self, folder: str) -> None:
        self.began.emit(tr("Starting the embedded server\u2026"))
        self._requests.request_folder_scan(Path(folder), self.ended.emit)

    def play_demo(self) -> None:
        self.began.emit(tr("Starting the demo\u2026"))
        self._requests.request_demo(self.ended.emit)

    def play_recording(self, file: str) -> None:
        self.began.emit(tr("Opening the replay\u2026"))
        self._requests.recordings.request_play(Path(file).absolute(), self.ended.emit)


LEFT_PX, RIGHT_PX = 348, 372  # picture 4a
GAP_PX, NARROW_GAP_PX = 72, 24
PRODUCT_ICON_PX = 54
LINK_DETAIL = tr_noop("Or drop it anywhere on this window")
FOLDER_DETAIL = tr_noop("With the embedded server, no account needed")
DEMO_DETAIL = tr_noop("Recorded scans, works offline")
ACTION_ROW_PX = 56
ACTION_ICON_PX = 18
ACTION_INDENT_PX = 36
ACTION_ARROW_PX = 16
ACTION_RADIUS_PX = 6
UNLIMITED_PX = 16_777_215  # QWIDGETSIZE_MAX, which PySide6 does not export


class ActionRow(PaintedButton):
    """A wide button of two lines with a hairline below."""

    def __init__(self, icon: str, text: str, detail: str) -> None:
        super().__init__(text, icon=icon, height_px=ACTION_ROW_PX)
        self._detail = detail
        self.setAccessibleDescription(detail)
        self.setSizePolicy(
            QtWidgets.QSizePolicy.Policy.Expanding, QtWidgets.QSizePolicy.Policy.Fixed
        )

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(320), self._theme.scale(self._height_px))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(200), self._theme.scale(self._height_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            if self._is_active():
                fill(painter, rect, tokens.pressed if self.isDown() else tokens.hover)
            ink = tokens.accent if self.isEnabled() else tokens.disabled
            row = RowCursor(theme, painter, rect, self.layoutDirection())
            row.skip(theme.scale(2))
            row.icon(self._icon, theme.scale(ACTION_ICON_PX), ink)
            row.skip_at_end(theme.scale(4))
            row.icon_at_end("ui-chevron-right", theme.scale(ACTION_ARROW_PX), tokens.muted)
            name = theme.font(Role.BODY, Weight.SEMIBOLD)
            heights = [theme.metrics(role).height() for role in (Role.BODY, Role.SMALL)]
            gap = theme.scale(2)
            top = rect.top() + (rect.height() - sum(heights) - gap) / 2
            looks = (
                (self.label, name, tokens.text if self.isEnabled() else tokens.disabled),
                (self._detail, theme.font(Role.SMALL), tokens.muted),
            )
            for height, (text, font, colour) in zip(heights, looks, strict=True):
                line = QRectF(rect.left(), top, rect.width(), height)
                words = RowCursor(theme, painter, line, self.layoutDirection())
                words.skip(theme.scale(ACTION_INDENT_PX))
                words.skip_at_end(theme.scale(ACTION_ARROW_PX + 8))
                words.text(text, font, colour)
                top += height + gap
            horizontal_hairline(painter, 0, rect.height() - 1, rect.width(), tokens.hairline)
            if self.hasFocus():
                focus_ring(
                    painter, rect.adjusted(0, 1, 0, -2), theme.scale(ACTION_RADIUS_PX), theme
                )


class FirstStart(Pane):
    """Introduces the application, and offers the ways to start.

    Attributes:
        link_button: opens the dialog for links and ids.
    """

    def __init__(self, requests: Requests) -> None:
        super().__init__()
        self._local = LocalStart(requests, self)
        self._local.began.connect(self._begin)
        self._local.ended.connect(self._end)
        self.link_button = ActionRow("ui-link", tr("Paste a scan link"), tr(LINK_DETAIL))
        self.link_button.setObjectName("start-link")
        self._folder = ActionRow("ui-folder", tr("Scan a local folder"), tr(FOLDER_DETAIL))
        self._folder.setObjectName("start-folder")
        self._folder.clicked.connect(self._local.choose_folder)
        self._demo = named(ActionRow("ui-demo", tr("Play the demo"), tr(DEMO_DETAIL)), "start-demo")
        self._demo.clicked.connect(self._local.play_demo)
        self._rows = (self.link_button, self._folder, self._demo)
        self._progress = named(Label("", Role.SMALL, tone=Tone.MUTED), "start-progress")
        self._error = named(ErrorLine(), "start-error")
        self.sign_in = SignIn(requests)
        self.setAccessibleName(tr("Getting started"))
        self._lay_out()

    def take_keyboard(self) -> None:
        self.link_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_first(self) -> None:
        """Focus the form, or the first way to start if the form is out of sight."""
        if self._halves.direction() is QtWidgets.QBoxLayout.Direction.LeftToRight:
            self.sign_in.focus_first_gap()
        else:
            self.link_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Give both halves their widths, side by side if there is room, for each zoom."""
        self._left.setFixedWidth(self._theme.scale(LEFT_PX))
        self.sign_in.setFixedWidth(self._theme.scale(RIGHT_PX))
        fits = self.width() >= self._theme.scale(LEFT_PX + RIGHT_PX + 2 * GAP_PX + 32)
        directions = QtWidgets.QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if fits else directions.TopToBottom)
        self._halves.setSpacing(self._theme.scale(GAP_PX if fits else NARROW_GAP_PX))
        self._rule.set_edges(Edge.START if fits else Edge.TOP)
        self._rule.setMaximumSize(*((1, UNLIMITED_PX) if fits else (UNLIMITED_PX, 1)))

    def _begin(self, sentence: str) -> None:
        self._error.clear()
        self._progress.setText(sentence)
        for row in self._rows:
            row.setEnabled(False)

    def _end(self, error: HeimdallError | None) -> None:
        self._progress.setText("")
        for row in self._rows:
            row.setEnabled(True)
        if error is not None:
            self._error.show_error(error)

    def _lay_out(self) -> None:
        scale = self._theme.scale
        self._rule = Pane(edges=Edge.START)
        self._rule.setMinimumSize(1, 1)
        self._rule.setMaximumWidth(1)
        self._halves = QtWidgets.QBoxLayout(QtWidgets.QBoxLayout.Direction.LeftToRight)
        self._left = self._ways()
        self._halves.addWidget(self._left, 0, Qt.AlignmentFlag.AlignTop)
        self._halves.addWidget(self._rule)
        self._halves.addWidget(self.sign_in, 0, Qt.AlignmentFlag.AlignTop)
        content = QtWidgets.QWidget()
        centred = QtWidgets.QHBoxLayout()
        centred.addStretch(1)
        centred.addLayout(self._halves)
        centred.addStretch(1)
        column = QtWidgets.QVBoxLayout(content)
        column.setContentsMargins(scale(16), scale(24), scale(16), scale(24))
        column.addStretch(2)
        column.addLayout(centred)
        column.addStretch(3)
        area = QtWidgets.QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab scrolls to the focused widget
        area.setFrameShape(QtWidgets.QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(content)
        content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        whole = QtWidgets.QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _ways(self) -> QtWidgets.QWidget:
        scale = self._theme.scale
        ways = QtWidgets.QWidget()
        column = QtWidgets.QVBoxLayout(ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(IconMark("app-icon", PRODUCT_ICON_PX))
        column.addSpacing(scale(18))
        column.addWidget(Label("Heimdall Desktop", Role.HEAD, Weight.SEMIBOLD))
        column.addSpacing(scale(6))
        sentence = tr(
            "Watches security scans while they run and notifies you once, when it matters."
        )
        column.addWidget(Paragraph(sentence, tone=Tone.MUTED))
        column.addSpacing(scale(16))
        rule = Pane(edges=Edge.TOP)
        rule.setFixedHeight(1)
        column.addWidget(rule)
        for row in self._rows:
            column.addWidget(row)
        column.addSpacing(scale(10))
        column.addWidget(self._progress)
        column.addWidget(self._error)
        return ways
