"""A menu inside another one, with its title as the name it has for assistive technology."""

from PySide6.QtWidgets import QMenu


def sub_menu(menu: QMenu, title: str) -> QMenu:
    """Add a menu to another one; Qt itself tells its title to eyes only."""
    inner = menu.addMenu(title)
    inner.setAccessibleName(title)
    return inner
