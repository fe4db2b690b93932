"""A line is painted from its state: unread, withdrawn, selected; never from markup."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.alerts.alert import Decision
from heimdall_desktop.domain.alerts.inbox import Inbox
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.models.inbox_model import InboxModel
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.inbox_delegate import InboxDelegate
from tests.fakes.findings import FOUND_AT
from tests.fakes.inbox_lines import make_line
from tests.fakes.pixels import places

Paint = Callable[..., QImage]


@pytest.fixture
def paint(theme: Theme, qtbot: QtBot) -> Paint:
    view = QListView()
    qtbot.addWidget(view)
    delegate = InboxDelegate(theme, view)
    inbox = Inbox(lambda: FOUND_AT)

    def paint(
        *states: QStyle.StateFlag, width: int = 1000, is_mirrored: bool = False, **fields: Any
    ) -> QImage:
        inbox.put(replace(make_line(), **fields))
        model = InboxModel(inbox, view)
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 30)
        option.direction = Qt.LayoutDirection(int(is_mirrored))
        for state in states:
            option.state |= state
        image = QImage(width, 30, QImage.Format.Format_ARGB32)
        image.fill(theme.tokens.surface)
        painter = QPainter(image)
        delegate.paint(painter, option, model.index(0))
        painter.end()
        return image

    return paint


def test_an_unread_line_has_a_dot(paint: Paint, theme: Theme) -> None:
    accent = theme.tokens.accent.name()
    assert paint().pixelColor(11, 14).name() == accent
    assert paint(is_read=True).pixelColor(11, 14).name() == theme.tokens.surface.name()
    assert paint(is_mirrored=True).pixelColor(988, 14).name() == accent
    taken_back = paint(withdrawal="Taken back: dismissed")
    assert taken_back.pixelColor(11, 14).name() == theme.tokens.surface.name()


def test_a_withdrawn_line_has_a_hollow_shape(paint: Paint, theme: Theme) -> None:
    inside = 25, 14
    assert paint().pixelColor(*inside).name() == theme.tokens.severity.critical.fill.name()
    withdrawn = paint(withdrawal="Taken back: dismissed")
    assert withdrawn.pixelColor(*inside).name() == theme.tokens.surface.name()


def test_a_scan_that_failed_has_the_icon_of_that(paint: Paint, theme: Theme) -> None:
    icon, ink = QRect(22, 7, 16, 16), theme.tokens.failed
    assert len(places(paint(event=Event.FAILED), ink, icon)) > 10
    assert not places(paint(event=Event.FAILED, withdrawal="Taken back"), ink, icon)
    assert not places(paint(event=Event.FAILED), theme.tokens.severity.critical.fill, icon)


def test_an_unread_line_is_heavier(paint: Paint, theme: Theme) -> None:
    title, ink = QRect(48, 0, 400, 28), theme.tokens.text
    unread, read = (places(paint(is_read=x), ink, title, near=60) for x in (False, True))
    assert len(unread) > 1.3 * len(read) > 0


def test_short_room_drops_the_scan_first_and_then_the_outcome(paint: Paint) -> None:
    assert paint(scan_name="a") != paint(scan_name="b")
    assert paint(width=700, scan_name="a") == paint(width=700, scan_name="b")
    tray, view = Decision.TRAY, Decision.IN_VIEW
    assert paint(width=700, decision=tray) != paint(width=700, decision=view)
    assert paint(width=500, decision=tray) == paint(width=500, decision=view)


def test_selection_is_fill_and_bar(paint: Paint, theme: Theme) -> None:
    states = (QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_Active)
    image = paint(*states)
    assert image.pixelColor(1, 14).name() == theme.tokens.accent.name()
    assert image.pixelColor(600, 2).name() == theme.tokens.selection.name()
