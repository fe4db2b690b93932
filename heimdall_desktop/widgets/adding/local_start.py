"""Starts what needs no server elsewhere: a scan of a local folder, the demo, or a replay."""

from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.adding.dropped import RECORDING_SUFFIX


class LocalStart(QObject):
    """Asks for the folder, asks the controller, and tells how it goes.

    Args:
        requests: Who starts the embedded server.
        window: The widget above which the folder is chosen; also the owner.

    Signals:
        began: one sentence on what is being done.
        ended: None, or why it failed.
    """

    began = Signal(str)
    ended = Signal(object)

    def __init__(self, requests: Requests, window: QWidget) -> None:
        super().__init__(window)
        self._requests, self._window = requests, window

    def choose_folder(self) -> None:
        """Ask for a folder, and scan it."""
        dialog = QFileDialog(self._window, tr("Scan a local folder"), QDir.homePath())
        dialog.setObjectName("choose-folder")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)  # native ones block the loop
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Scan"))
        dialog.fileSelected.connect(self.scan_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def scan_folder(self, folder: str) -> None:
        """Scan a folder with the embedded server."""
        self.began.emit(tr("Starting the embedded server\u2026"))
        self._requests.request_folder_scan(Path(folder), self._tell)

    def play_demo(self) -> None:
        """Play the recorded scans with the embedded server."""
        self.began.emit(tr("Starting the demo\u2026"))
        self._requests.request_demo(self._tell)

    def choose_recording(self) -> None:
        """Ask for a recording, and play it."""
        dialog = QFileDialog(self._window, tr("Play a recording"))
        dialog.setObjectName("choose-recording")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)  # native ones block the loop
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        suffix = f"*{RECORDING_SUFFIX}"
        dialog.setNameFilters(
            [
                tr("Recordings ({suffix})").format(suffix=suffix),
                tr("All files ({suffix})").format(suffix="*"),
            ]
        )
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Play"))
        dialog.fileSelected.connect(self.play_recording)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def play_recording(self, file: str) -> None:
        """Open a window of its own that plays a recording."""
        self.began.emit(tr("Opening the replay\u2026"))
        self._requests.recordings.request_play(Path(file).absolute(), self._tell)

    def _tell(self, error: HeimdallError | None) -> None:
        self.ended.emit(error)
