"""The log grows on top without losing a place; the timeline changes in place."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.alerts.alert import LINE_LIMIT, Decision
from heimdall_desktop.domain.comparison import ChangeKind, Compared, compare
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.models import panel_models
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.models.scans_model import ScanFacts
from heimdall_desktop.presentation.alerts.inbox import Inbox, InboxPart
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.panel import comparison_text
from heimdall_desktop.presentation.panel.log_lines import LogSign
from heimdall_desktop.presentation.panel.timeline import Timeline, TimelineRow
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.findings import FOUND_AT, finding_id, make_finding
from tests.fakes.inbox_lines import make_failed_line, make_line


@pytest.fixture
def story(qapp: QApplication) -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop").run([30], 50)


@pytest.fixture
def model(qapp: QApplication) -> Iterator[panel_models.LogModel]:
    model = panel_models.LogModel()
    tester = checked(model)
    yield model
    tester.deleteLater()


def checked(model: QAbstractItemModel) -> QAbstractItemModelTester:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    return QAbstractItemModelTester(model, mode)


def titles(model: panel_models.LogModel) -> list[str]:
    return [model.index(number).data() for number in range(model.rowCount())]


def test_new_lines_come_on_top_and_old_ones_keep_their_index(
    story: ScanStory, model: panel_models.LogModel
) -> None:
    counts: list[str] = []
    model.count_changed.connect(counts.append)
    story.log(story.line("Index", task="index", status="running", ago_s=30))
    model.show_scan(story.scan)
    index = QPersistentModelIndex(model.index(0))
    story.log(story.line("Index done", task="index", ago_s=20))
    model.show_scan(story.scan)
    assert titles(model) == ["Index done", "Index"]
    assert index.row() == 1
    line = model.row(1)
    assert line is not None
    assert line.sign is LogSign.STARTED
    assert counts == ["1", "2"]


def test_a_late_line_finds_its_place(story: ScanStory, model: panel_models.LogModel) -> None:
    story.log(story.line("Two", task="two", ago_s=5))
    model.show_scan(story.scan)
    story.log(story.line("One", task="one", ago_s=30))
    model.show_scan(story.scan)
    assert titles(model) == ["Two", "One"]


def test_another_scan_has_another_log(story: ScanStory, model: panel_models.LogModel) -> None:
    story.log(story.line("One"))
    model.show_scan(story.scan)
    model.show_scan(ScanStory(Store(), FakeTime(), "other").scan)
    assert titles(model) == []
    model.show_scan(None)
    assert model.row(0) is None


def test_a_line_is_read_as_a_sentence(story: ScanStory, model: panel_models.LogModel) -> None:
    story.log(story.line("Index", "12 files", task="index"))
    model.show_scan(story.scan)
    sentence = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence.endswith("Hunt: Index. 12 files")


def test_the_timeline_changes_in_place(story: ScanStory) -> None:
    store = Store()
    story = ScanStory(store, FakeTime(), "shop").run([30], 50)
    facts = ScanFacts(store, story.time.clock, story.time.now)
    model = panel_models.TimelineModel()
    tester = checked(model)
    model.show_timeline(facts.timeline(story.scan))
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last, roles: changed.append(last.row()))
    model.show_timeline(facts.timeline(story.scan))
    assert changed == []
    story.time.pass_s(1)
    model.show_timeline(facts.timeline(story.scan))
    assert changed == [8]
    assert model.index(1).data() == "Tyr"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Tyr, running, 0:51. No estimate (needs 3 past scans)"
    )
    model.show_timeline(None)
    assert model.rowCount() == 0
    tester.deleteLater()


# -- The stages as Qt reads them: hostile errors stay text, everything known is shown. --


DETAILS = ("Hunt", "Started 13:58:37", "0:09 failed")
ERROR = ("<img src='file:///etc/hostname'>",)
ROW = TimelineRow(
    "hunt",
    "Hunt",
    StageDisplay.FAILED,
    0.0,
    9.0,
    "0:09",
    "Failed: <b>no</b>",
    details=DETAILS,
    shown_error=ERROR,
)


@pytest.fixture
def timeline_model() -> Iterator[panel_models.TimelineModel]:
    timeline_model = panel_models.TimelineModel()
    timeline_model.show_timeline(Timeline((ROW,), None, 30.0, 5.0, ""))
    yield timeline_model
    timeline_model.deleteLater()


def test_qt_gets_no_markup_to_guess_at(timeline_model: panel_models.TimelineModel) -> None:
    assert timeline_model.index(0).data(Qt.ItemDataRole.ToolTipRole) is None


def test_assistive_technology_hears_everything(timeline_model: panel_models.TimelineModel) -> None:
    reported = timeline_model.index(0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert reported.startswith("Started 13:58:37. 0:09 failed. <img")


# -- Lines come above and go below as single rows, so that views keep their place. --


@pytest.fixture
def inbox() -> Inbox:
    inbox = Inbox(lambda: FOUND_AT)
    for number in range(3):
        inbox.put(make_line(number))
    return inbox


@pytest.fixture
def inbox_model(qapp: QApplication, inbox: Inbox) -> panel_models.InboxModel:
    inbox_model = panel_models.InboxModel(inbox, Mask())
    QAbstractItemModelTester(
        inbox_model, QAbstractItemModelTester.FailureReportingMode.Fatal, inbox_model
    )
    return inbox_model


def keys(inbox_model: panel_models.InboxModel) -> list[str]:
    return [inbox_model.index(row).data(ROW_ROLE).key for row in range(inbox_model.rowCount())]


def test_new_lines_come_above_and_move_no_index(
    inbox: Inbox, inbox_model: panel_models.InboxModel
) -> None:
    index = QPersistentModelIndex(inbox_model.index(1))
    inbox.put(make_line(3))
    inbox.put(make_line(4))
    assert inbox_model.refresh() == 2
    assert keys(inbox_model) == [finding_id(number) for number in (4, 3, 2, 1, 0)]
    assert index.row() == 3


def test_a_line_that_changed_is_named_alone(
    inbox: Inbox, inbox_model: panel_models.InboxModel, qtbot: QtBot
) -> None:
    inbox.mark_read(finding_id(1))
    with qtbot.waitSignal(inbox_model.dataChanged) as changed:
        assert inbox_model.refresh() == 0
    assert changed.args is not None
    assert [index.row() for index in changed.args[:2]] == [1, 1]
    with qtbot.assertNotEmitted(inbox_model.dataChanged):
        inbox_model.refresh()


def test_thousands_of_changed_lines_are_one_news(
    inbox: Inbox, inbox_model: panel_models.InboxModel, qtbot: QtBot
) -> None:
    for number in range(3, 40):
        inbox.put(make_line(number))
    inbox_model.refresh()
    inbox.mark_all_read()
    with qtbot.waitSignal(inbox_model.dataChanged) as changed:
        inbox_model.refresh()
    assert changed.args is not None
    assert [index.row() for index in changed.args[:2]] == [0, 39]
    for number in (0, 1, 20):
        inbox.mark_read(finding_id(number), is_read=False)
    spans = []
    inbox_model.dataChanged.connect(lambda first, last, _: spans.append((first.row(), last.row())))
    inbox_model.refresh()
    assert spans == [(19, 19), (38, 39)]


def test_a_line_that_waits_again_comes_where_it_belongs(
    inbox: Inbox, inbox_model: panel_models.InboxModel
) -> None:
    inbox.mark_read(finding_id(1))
    inbox_model.show_part(InboxPart.UNREAD)
    oldest = QPersistentModelIndex(inbox_model.index(1))
    inbox.mark_read(finding_id(1), is_read=False)
    assert inbox_model.refresh() == 0
    assert keys(inbox_model) == [finding_id(number) for number in (2, 1, 0)]
    assert oldest.row() == 2


def test_lines_of_earlier_sessions_come_below(
    inbox: Inbox, inbox_model: panel_models.InboxModel
) -> None:
    newest = QPersistentModelIndex(inbox_model.index(0))
    inbox.restore([make_line(8), make_line(9)])
    assert inbox_model.refresh() == 0
    assert keys(inbox_model) == [finding_id(number) for number in (2, 1, 0, 9, 8)]
    assert newest.row() == 0


def test_the_oldest_lines_leave_below(inbox: Inbox, inbox_model: panel_models.InboxModel) -> None:
    for number in range(3, LINE_LIMIT + 2):
        inbox.put(make_line(number))
    inbox_model.refresh()
    assert inbox_model.rowCount() == LINE_LIMIT
    assert keys(inbox_model) == [line.key for line in inbox.lines]


def test_a_read_line_is_dropped_between_others(
    inbox: Inbox, inbox_model: panel_models.InboxModel
) -> None:
    inbox.mark_read(finding_id(1))
    for number in range(3, LINE_LIMIT + 1):
        inbox.put(make_line(number))
    assert inbox_model.refresh() == LINE_LIMIT - 2
    assert keys(inbox_model) == [line.key for line in inbox.lines]
    assert finding_id(1) not in keys(inbox_model)


def test_everything_can_be_replaced_at_once(
    inbox: Inbox, inbox_model: panel_models.InboxModel
) -> None:
    for number in range(1000, 1000 + LINE_LIMIT):
        inbox.put(make_line(number))
    assert inbox_model.refresh() == LINE_LIMIT
    assert keys(inbox_model) == [line.key for line in inbox.lines]


def test_a_line_is_read_aloud_with_its_time(
    inbox: Inbox, inbox_model: panel_models.InboxModel
) -> None:
    index, local = inbox_model.index(0), FOUND_AT.astimezone()
    assert index.data() == "Critical: Hole 2"
    assert index.data(panel_models.MOMENT_ROLE) == f"{local:%H:%M}"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        f"Unread. Critical: Hole 2. payments-api. Inbox only so far. {local:%H:%M}."
    )


def test_a_line_of_a_scan_is_read_aloud_too(
    inbox: Inbox, inbox_model: panel_models.InboxModel
) -> None:
    inbox.put(make_failed_line(decision=Decision.NOTIFIED))
    inbox_model.refresh()
    index, local = inbox_model.index(0), FOUND_AT.astimezone()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Unread. Scan of payments-api stopped in hunt. payments-api. Shown on the desktop. "
        f"{local:%H:%M}."
    )
    assert "Attempt 1. Out of memory." in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_line_of_another_day_says_which(
    inbox: Inbox, inbox_model: panel_models.InboxModel
) -> None:
    earlier = FOUND_AT - timedelta(days=20)
    inbox.put(make_line(3, raised_at=earlier))
    inbox_model.refresh()
    assert inbox_model.index(0).data(panel_models.MOMENT_ROLE) == f"{earlier.astimezone().day} Jun"


def test_a_tip_shows_markup_as_text(inbox: Inbox, inbox_model: panel_models.InboxModel) -> None:
    inbox.put(replace(make_line(3), title="<img src=x>"))
    inbox_model.refresh()
    tip = inbox_model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img src=x&gt;" in tip
    assert "<img" not in tip


def test_rows_that_are_not_there_have_nothing(inbox_model: panel_models.InboxModel) -> None:
    assert inbox_model.row(-1) is None
    assert inbox_model.index(7).data(ROW_ROLE) is None
    assert inbox_model.rowCount(inbox_model.index(0)) == 0


def test_a_part_is_listed_and_keeps_what_has_been_read_meanwhile(
    inbox: Inbox, inbox_model: panel_models.InboxModel
) -> None:
    inbox.mark_read(finding_id(1))
    inbox_model.show_part(InboxPart.UNREAD)
    assert keys(inbox_model) == [finding_id(2), finding_id(0)]
    inbox.mark_read(finding_id(0))
    inbox.put(make_line(3))
    assert inbox_model.refresh() == 1
    assert keys(inbox_model) == [finding_id(3), finding_id(2), finding_id(0)]
    inbox_model.show_part(InboxPart.UNREAD)
    assert keys(inbox_model) == [finding_id(3), finding_id(2)]


# -- Groups stand one below the other, and are listed, opened and closed by themselves. --


NEW, CHANGED, FIXED, STILL = ChangeKind


def later(number: int, **fields: object) -> Finding:
    """Return the finding of a number in the later scan."""
    return make_finding(100 + number, **{"fingerprint": f"{number:064x}"} | fields)


OLD = [
    make_finding(1, title="Moved", line_start=88),
    make_finding(2, title="Lowered", severity=Severity.CRITICAL),
    make_finding(3, title="Gone"),
    make_finding(4, title="Doubted"),
    make_finding(5, title="Flow", fingerprint="taint-1"),
]
NOW = [
    later(1, title="Moved", line_start=96),
    later(2, title="Lowered"),
    later(4, title="Doubted", status=FindingStatus.FALSE_POSITIVE),
    later(5, title="Flow", fingerprint="taint-2"),
    later(6, title="Added"),
    later(7, title="Nothing", status=FindingStatus.DISMISSED),
]


@pytest.fixture
def comparison_model(qapp: object) -> panel_models.ComparisonModel:
    made = panel_models.ComparisonModel()
    made.show_comparison(compare(OLD, NOW))
    return made


def shown(comparison_model: panel_models.ComparisonModel) -> list[str]:
    return [comparison_model.index(row).data() for row in range(comparison_model.rowCount())]


def compared(comparison_model: panel_models.ComparisonModel, title: str) -> Compared:
    row = comparison_model.index(shown(comparison_model).index(title)).data(ROW_ROLE)
    assert isinstance(row, Compared)
    return row


def head(
    comparison_model: panel_models.ComparisonModel, kind: ChangeKind
) -> comparison_text.ComparisonHead:
    number = comparison_model.row_of(kind)
    assert number is not None
    row = comparison_model.row(number)
    assert isinstance(row, comparison_text.ComparisonHead)
    return row


def test_groups_have_heads_and_the_rows_of_each_follow(
    comparison_model: panel_models.ComparisonModel,
) -> None:
    assert shown(comparison_model) == [
        *("New", "Added", "Nothing"),
        *("Changed", "Lowered", "Doubted"),
        *("Fixed", "Gone"),
        *("Still there", "Flow", "Moved"),
    ]
    assert comparison_model.head_above(2) == 0
    assert comparison_model.head_above(3) == 3


def test_heads_tell_what_counts_and_what_does_not(
    comparison_model: panel_models.ComparisonModel,
) -> None:
    new = head(comparison_model, NEW)
    assert (new.count, new.note) == (1, "1 withdrawn or fixed, not counted")
    assert new.severities == {Severity.HIGH: 1}
    assert head(comparison_model, STILL).note == "1 moved, not new; 1 probably the same"
    assert head(comparison_model, FIXED).sentence == "Fixed, 1, no longer found"


def test_rows_tell_why_they_stand_where_they_do(
    comparison_model: panel_models.ComparisonModel,
) -> None:
    told = {
        title: comparison_text.remark(compared(comparison_model, title))
        for title in ("Moved", "Flow", "Doubted")
    }
    assert told == {
        "Moved": "moved, not new",
        "Flow": "probably the same",
        "Doubted": "now withdrawn",
    }
    assert comparison_text.place(compared(comparison_model, "Moved")) == (
        "orders.py:88 → 96",
        "shop/api",
    )
    assert comparison_text.place(compared(comparison_model, "Gone")) == ("orders.py:88", "shop/api")
    sentence = comparison_model.index(shown(comparison_model).index("Lowered")).data(
        int(Qt.ItemDataRole.AccessibleTextRole)
    )
    assert sentence == "Changed, critical to high, Lowered, orders.py:88"


def test_a_finding_is_told_how_it_was_in_the_earlier_scan(
    comparison_model: panel_models.ComparisonModel,
) -> None:
    told = {
        title: " ".join(
            comparison_text.finding_words(compared(comparison_model, title), "on 11 May 14:20")
        ).strip()
        for title in ("Added", "Lowered", "Doubted", "Moved", "Flow")
    }
    assert told == {
        "Added": "New: not found in the scan on 11 May 14:20.",
        "Lowered": "It was critical on 11 May 14:20 and is high here.",
        "Doubted": "It was unverified on 11 May 14:20 and is withdrawn here.",
        "Moved": "It was at line 88 on 11 May 14:20.",
        "Flow": "Probably the same finding as on 11 May 14:20.",
    }


@pytest.mark.parametrize(
    ("before", "after", "words", "is_counted"),
    [
        ("open", "fixed", ("now fixed", "It was unverified at 14:20 and is fixed here."), True),
        (
            "fixed",
            "open",
            ("no longer fixed", "It was fixed at 14:20 and is unverified here."),
            True,
        ),
        (
            "fixed",
            "confirmed",
            ("now confirmed", "It was fixed at 14:20 and is confirmed here."),
            True,
        ),
        ("fixed", "fixed", ("fixed", ""), False),
        (
            "dismissed",
            "open",
            ("no longer withdrawn", "It was withdrawn at 14:20 and is unverified here."),
            True,
        ),
    ],
)
def test_a_fixed_finding_is_compared_like_a_withdrawn_one(
    before: str, after: str, words: tuple[str, str], is_counted: bool
) -> None:
    was = make_finding(1, status=FindingStatus(before))
    comparison = compare([was], [later(1, status=FindingStatus(after))])
    [row] = comparison.rows
    assert (comparison_text.remark(row), comparison_text.finding_words(row, "at 14:20")[0]) == words
    assert (comparison.counts.total() > 0) is is_counted


def test_a_finding_is_told_all_that_differs_and_nothing_where_nothing_does() -> None:
    before = make_finding(1, file_path="old\u202e/a.py", line_start=7, severity=Severity.LOW)
    after = later(1, file_path="b.py", line_start=7, status=FindingStatus.CONFIRMED)
    [row] = compare([before], [after]).rows
    assert comparison_text.finding_words(row, "at 14:20") == (
        "It was low and unverified at 14:20 and is high and confirmed here.",
        "It was at old\ufffd/a.py:7.",
    )
    [moved] = compare([make_finding(5, fingerprint="a")], [later(5, line_start=9)]).rows
    assert comparison_text.finding_words(moved, "at 14:20") == (
        "Probably the same finding as at 14:20.",
        "It was at line 88.",
    )
    [same] = compare([before], [before]).rows
    assert comparison_text.finding_words(same, "at 14:20") == ("", "")


def test_a_group_is_closed_or_not_listed_at_all(
    comparison_model: panel_models.ComparisonModel,
) -> None:
    comparison_model.toggle(CHANGED)
    comparison_model.toggle_wanted(NEW)
    assert shown(comparison_model) == ["Changed", "Fixed", "Gone", "Still there", "Flow", "Moved"]
    assert comparison_model.row_of(NEW) is None
    comparison_model.toggle(CHANGED)
    comparison_model.toggle_wanted(NEW)
    assert comparison_model.rowCount() == 11


def test_nothing_is_compared(comparison_model: panel_models.ComparisonModel) -> None:
    comparison_model.show_comparison(None)
    assert comparison_model.rowCount() == 0


def test_how_pairs_were_found_is_told_in_numbers() -> None:
    doubled = [*NOW, later(8, title="Moved", line_start=96, fingerprint=NOW[0].fingerprint)]
    assert comparison_text.pairs_words(compare(OLD, doubled)) == (
        "How the 4 pairs were matched",
        [
            ("3", "by fingerprint, 1 of them moved"),
            ("1", "probably the same (file, CWE and title match)"),
            ("1", "duplicates, counted once"),
        ],
    )
