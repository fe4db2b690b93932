"""Brings a window before all others."""

from PySide6.QtWidgets import QWidget


def come_forward(window: QWidget) -> None:
    """Show a window with the keyboard in it, also one that was minimised."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()
