"""Where the bar of the panel is short, whole texts go before one loses its letters."""

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.inbox_page import InboxTools
from heimdall_desktop.widgets.panel.panel_bar import TIME_LEAST_PX, PanelBar

NAME, TIME = "payments-api", "19:08 elapsed, about 12 min left (6 to 17)"


def _texts(bar: PanelBar, width: int) -> list[str]:
    bar.resize(width, bar.height())
    QApplication.processEvents()
    labels = [label for label in bar.findChildren(QLabel) if label.isVisible()]
    for label in labels:
        if label.text() == NAME:
            assert label.width() >= label.sizeHint().width()
    return [label.text() for label in labels]


def test_the_time_goes_before_the_name_loses_a_letter(theme: Theme, qtbot: QtBot) -> None:
    bar = PanelBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_scan(NAME, TIME)
    needed = bar.tabs.sizeHint().width()
    assert _texts(bar, needed + 600) == [NAME, TIME]
    assert _texts(bar, needed + 300) == [NAME, TIME]
    assert _texts(bar, needed + 180) == [NAME]
    assert _texts(bar, needed + 60) == []


def test_a_name_without_end_leaves_room_for_the_time(theme: Theme, qtbot: QtBot) -> None:
    bar = PanelBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_scan("a" * 600, TIME)
    needed = bar.tabs.sizeHint().width()
    for width in (600, 340):
        assert _texts(bar, needed + width) == ["a" * 600, TIME]
        name, time = (label for label in bar.findChildren(QLabel) if label.isVisible())
        assert bar.rect().contains(name.geometry())
        assert bar.rect().contains(time.geometry())
        assert time.width() >= min(time.sizeHint().width(), theme.scale(TIME_LEAST_PX))
        assert not name.geometry().intersects(time.geometry())
    assert _texts(bar, needed + 240) == ["a" * 600]
    assert _texts(bar, needed + 60) == []


def test_the_tools_of_a_page_take_the_place_of_the_scan_while_there_is_room(
    theme: Theme, qtbot: QtBot
) -> None:
    bar, tools = PanelBar(), InboxTools()
    qtbot.addWidget(bar)
    tab = bar.add_tab("Inbox", "ui-inbox", tools)
    bar.show()
    bar.show_scan(NAME, TIME)
    needed = bar.tabs.sizeHint().width()
    assert _texts(bar, needed + 600) == [NAME, TIME]
    assert not tools.isVisible()
    bar.tabs.setCurrentIndex(tab)
    assert _texts(bar, needed + 600) == []
    assert tools.isVisible()
    assert _texts(bar, needed + 180) == [NAME]
    assert not tools.isVisible()
    bar.resize(needed + 600, bar.height())
    bar.show_collapsed(is_collapsed=True)
    assert not tools.isVisible()


def test_tabs_come_closer_where_a_narrow_bar_would_cut_them(theme: Theme, qtbot: QtBot) -> None:
    bar = PanelBar()
    qtbot.addWidget(bar)
    tabs = [bar.add_tab(name, "ui-inbox") for name in ("Inbox", "Threat model", "Compare")]
    bar.resize(600, theme.scale(34))
    bar.show()
    wide = bar.tabs.tabRect(0).width()
    least = bar.minimumSizeHint().width()
    bar.resize(540, bar.height())
    bar.show_log_count("1 311")
    for tab in tabs:
        bar.show_count(tab, 34)
    qtbot.waitUntil(lambda: bar.tabs.width() >= bar.tabs.sizeHint().width())
    assert bar.tabs.tabRect(0).left() == 0
    assert bar.tabs.tabRect(0).width() < wide
    assert bar.tabs.geometry().right() < bar.width()
    assert least < 540
