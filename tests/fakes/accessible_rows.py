"""What assistive technology does to the rows of a view, in this process.

It is another process in real life, so what the window was about to do is done before.
"""

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QApplication


def toggle(view: QAbstractItemView, row: int) -> None:
    """Carry out the action that Qt offers for each row."""
    QApplication.processEvents()
    action = row_of(view, row).actionInterface()
    action.doAction(action.toggleAction())
    QApplication.processEvents()


def select(view: QAbstractItemView, row: int) -> None:
    """Select a row, as the selection interface of a list does it."""
    QApplication.processEvents()
    view_part = QAccessible.queryAccessibleInterface(view)
    assert view_part.selectionInterface().select(row_of(view, row))
    QApplication.processEvents()


def row_of(view: QAbstractItemView, row: int) -> QAccessibleInterface:
    """Return what assistive technology sees of a row of a list."""
    child = QAccessible.queryAccessibleInterface(view).child(row)
    assert child is not None
    assert child.isValid()
    return child
