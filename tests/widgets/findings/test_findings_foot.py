"""The bar counts what is hidden and leads back."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.board.completeness_text import Completeness, SyncStatus
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.findings.findings_foot import BAR_PX, FindingsFoot
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> Iterator[FindingsFoot]:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(1200, BAR_PX)
    holder.show()
    bar = FindingsFoot(holder)
    bar.resize(1200, BAR_PX)
    yield bar
    holder.close()


def said(bar: FindingsFoot) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if not label.isHidden()]


def placed(part: QWidget, bar: FindingsFoot) -> QRect:
    """Return where a part stands in the bar."""
    return QRect(part.mapTo(bar, QPoint(0, 0)), part.size())


def test_it_says_how_far_all_is_checked(bar: FindingsFoot) -> None:
    bar.show_sync(SyncStatus(Completeness.CHECKED, "2 of 2 findings checked", "Caught up"))
    assert not bar.isHidden()
    assert said(bar) == ["2 of 2 findings checked. Caught up"]
    bar.show_sync(None)
    assert bar.isHidden()


def test_it_is_there_as_long_as_rows_are_hidden(bar: FindingsFoot) -> None:
    assert bar.isHidden()
    bar.show_hidden(1088)
    assert not bar.isHidden()
    assert said(bar) == ["1\u00a0088 findings are hidden by this filter."]
    bar.show_hidden(1)
    assert said(bar) == ["1 finding is hidden by this filter."]


def test_it_shows_that_new_rows_are_not_followed(bar: FindingsFoot) -> None:
    bar.show_paused(is_paused=True)
    assert "Following paused" in said(bar)


def test_it_leads_back(bar: FindingsFoot, qtbot: QtBot) -> None:
    bar.show_hidden(3)
    clear = bar.findChild(QPushButton, "findings_foot_clear")
    assert clear is not None
    with qtbot.waitSignal(bar.clear_requested):
        QTest.mouseClick(clear, Qt.MouseButton.LeftButton)


def test_it_leads_to_what_is_snoozed_where_that_alone_is_hidden(
    bar: FindingsFoot, qtbot: QtBot
) -> None:
    link = part(bar, QPushButton, "findings_foot_clear")
    bar.show_hidden(3, snoozed=3)
    assert said(bar) == ["3 findings are snoozed."]
    assert link.accessibleName() == "Show them"
    with qtbot.waitSignal(bar.snoozed_requested):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    bar.show_hidden(5, snoozed=3)
    assert said(bar) == ["5 findings are hidden by this filter. 3 of them are snoozed."]
    with qtbot.waitSignal(bar.clear_requested):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)


def test_t09_it_counts_repeats_and_shows_or_folds_them(bar: FindingsFoot, qtbot: QtBot) -> None:
    link = bar.findChild(QPushButton, "findings_foot_repeats")
    assert link is not None
    bar.show_repeats(1061, are_folded=True)
    assert said(bar) == ["1\u00a0061 repeats of a retried scan are collapsed."]
    assert (bar.isHidden(), link.accessibleName()) == (False, "Show them")
    with qtbot.waitSignal(bar.repeats_requested) as caught:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert caught.args == [True]
    bar.show_repeats(1, are_folded=False)
    assert said(bar) == ["1 repeat of a retried scan is shown."]
    assert link.accessibleName() == "Collapse it"
    with qtbot.waitSignal(bar.repeats_requested) as caught:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert caught.args == [False]
    bar.show_repeats(0, are_folded=True)
    assert bar.isHidden()


WHOLE = [
    "1\u00a0088 findings are hidden by this filter.",
    "61 repeats of a retried scan are collapsed.",
]
SHORT = ["1\u00a0088 hidden", "61 repeats"]


@pytest.mark.parametrize(
    ("width", "counts"),
    [(1300, WHOLE), (900, [WHOLE[0], SHORT[1]]), (700, SHORT), (540, SHORT), (420, SHORT)],
)
def test_t09_it_stays_one_line_and_says_counts_in_a_word_where_room_is_short(
    theme: Theme, qtbot: QtBot, width: int, counts: list[str]
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    bar = FindingsFoot()
    column.addWidget(bar)
    column.addStretch(1)
    bar.show_hidden(1088)
    bar.show_repeats(61, are_folded=True)
    bar.show_paused(is_paused=True)
    bar.show_sync(
        SyncStatus(Completeness.CHECKED, "1\u00a0500 of 1\u00a0500 findings checked 12 min ago", "")
    )
    holder.resize(width, 200)
    holder.show()
    QApplication.processEvents()
    assert bar.height() == theme.scale(BAR_PX)
    texts = [label for label in bar.findChildren(Label) if label.isVisible()]
    assert [label.text() for label in texts[:2]] == counts
    assert [label.shown_text() for label in texts[:2]] == counts
    assert [label.accessibleDescription() for label in texts[:2]] == WHOLE
    assert part(bar, Label, "findings_foot_state").shown_text() == "Following paused"
    parts = [*texts, *(link for link in bar.findChildren(QPushButton) if link.isVisible())]
    assert all(bar.rect().contains(placed(part, bar)) for part in parts)
    for one, other in combinations(parts, 2):
        assert not placed(one, bar).intersects(placed(other, bar))


def test_words_do_not_change_with_the_age_at_their_end(bar: FindingsFoot) -> None:
    bar.show_hidden(1)
    texts = [f"1\u00a0500 of 1\u00a0500 findings checked {age} ago" for age in ("12 min", "3 s")]
    lines = [SyncStatus(Completeness.CHECKED, text, "") for text in texts]
    bar.show()
    seen = set()
    for width in range(300, 700, 7):
        bar.resize(width, BAR_PX)
        reported = []
        for line in lines:
            bar.show_sync(line)
            reported.append(said(bar)[0])
        assert reported[0] == reported[1]
        seen.add(reported[0])
    assert seen == {"1 hidden", "1 finding is hidden by this filter."}


@pytest.mark.parametrize("width", range(120, 700, 20))
def test_nothing_in_it_is_ever_cut(bar: FindingsFoot, width: int) -> None:
    note = "Server dropped events: caught up, none lost"
    text = "760 of 760 in 6 scans checked 12 s ago"
    bar.show_sync(SyncStatus(Completeness.CHECKED, text, note))
    bar.show_paused(is_paused=True)
    bar.show()
    bar.resize(width, BAR_PX)
    QApplication.processEvents()
    ledger = part(bar, Label, "findings_foot_ledger")
    assert ledger.text() in (f"{text}. {note}", text, "Checked", "")
    assert ledger.shown_text() == ledger.text()
    assert ledger.accessibleDescription() == f"{text}. {note}"


def test_hidden_criticals_are_shown_however_little_room_there_is(bar: FindingsFoot) -> None:
    bar.resize(300, BAR_PX)
    bar.show_hidden(1088, 3)
    assert said(bar) == ["1\u00a0088 hidden, 3 critical"]
