"""Makes a picture of a window for a file."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QWidget


def picture_of(window: QWidget, file: Path) -> bytes:
    """Return what a window shows, in the format of a file name.

    Raises:
        OSError: Qt can't write it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not window.grab().save(buffer, _picture_format(file)):
        raise OSError("no picture")
    return bytes(buffer.data().data())


def _picture_format(file: Path) -> str:
    """The format a file name asks for; PNG where it asks for none that Qt can write."""
    wanted = file.suffix.removeprefix(".").lower()
    known = [bytes(name.data()).decode() for name in QImageWriter.supportedImageFormats()]
    return wanted if wanted in known else "png"
