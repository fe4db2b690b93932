"""Keeps a picture of a window in a file."""

from pathlib import Path

from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QWidget


def save_picture(window: QWidget, file: Path) -> bool:
    """Write what a window shows into a file; return whether that was possible."""
    return window.grab().save(str(file), _picture_format(file))


def _picture_format(file: Path) -> str:
    """The format a file name asks for; PNG where it asks for none that Qt can write."""
    wanted = file.suffix.removeprefix(".").lower()
    known = [bytes(name.data()).decode() for name in QImageWriter.supportedImageFormats()]
    return wanted if wanted in known else "png"
