"""The tree that assistive technology sees of a window, in this process: roles, names, texts."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget


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


Role = QAccessible.Role
#: What people act on or move into; each must say what it is.
INTERACTIVE = {
    Role.Button, Role.ButtonMenu, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText,
    Role.Link, Role.List, Role.ListItem, Role.MenuItem, Role.PageTab, Role.PageTabList,
    Role.PopupMenu, Role.Slider, Role.SpinBox, Role.Table, Role.Tree, Role.Dialog,
}  # fmt: skip
MOST_CHILDREN = 60  # of a long table, the first rows stand for all


def complaints_about(window: QWidget) -> list[str]:
    """Return what assistive technology could not tell people of what is visible in a window."""
    return list(_complaints(QAccessible.queryAccessibleInterface(window), ""))


def roles_in(window: QWidget) -> set[QAccessible.Role]:
    return set(_roles(QAccessible.queryAccessibleInterface(window)))


def _complaints(here: QAccessibleInterface, path: str) -> Iterator[str]:
    role, name, widget = here.role(), here.text(QAccessible.Text.Name), here.object()
    own = widget.objectName() if isinstance(widget, QWidget) else ""
    path = f"{path} > {role.name} {name!r} {own}".rstrip()
    if role in INTERACTIVE and not name.strip():
        yield f"without a name: {path}"
    if "<qt>" in here.text(QAccessible.Text.Description):
        yield f"tells markup: {path}"
    if isinstance(widget, QLabel) and widget.accessibleName() not in ("", widget.text()):
        yield f"hides {widget.text()!r}: {path}"
    for child in _children(here):
        yield from _complaints(child, path)


def _roles(here: QAccessibleInterface) -> Iterator[QAccessible.Role]:
    yield here.role()
    for child in _children(here):
        yield from _roles(child)


def _children(here: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for number in range(min(here.childCount(), MOST_CHILDREN)):
        child = here.child(number)
        if child.isValid() and not child.state().invisible:
            yield child
