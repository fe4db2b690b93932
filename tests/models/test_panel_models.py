"""The log grows on top without losing a place; the timeline changes in place."""

from datetime import timedelta
from typing import Any, TypeVar

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.alerts.alert import LINE_LIMIT, Decision
from heimdall_desktop.domain.comparison import ChangeKind, Compared, compare
from heimdall_desktop.domain.facts.finding import Finding, FindingId, FindingStatus, Severity
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.models.panel_models import (
    MOMENT_ROLE,
    ComparisonModel,
    InboxModel,
    LogModel,
    TimelineModel,
)
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.models.scans_model import ScanFacts
from heimdall_desktop.presentation.alerts.inbox import Inbox, InboxPart
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.panel.comparison_text import (
    ComparisonHead,
    finding_words,
    pairs_words,
    place,
    remark,
)
from heimdall_desktop.presentation.panel.log_lines import LogMark
from heimdall_desktop.presentation.panel.timeline import Timeline, TimelineRow
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.findings import FOUND_AT, finding_id, make_finding
from tests.fakes.inbox_lines import make_failed_line, make_line


class Log:
    """A scan, and the model of its log."""

    def __init__(self) -> None:
        self.story = ScanStory(Store(), FakeTime(), "shop").run([30], 50)
        self.model = checked(LogModel())

    def add(self, *words: str, **fields: Any) -> None:
        self.story.log(self.story.line(*words, **fields))
        self.model.show_scan(self.story.scan)

    def titles(self) -> list[str]:
        return [self.model.index(number).data() for number in range(self.model.rowCount())]


@pytest.fixture
def log(qapp: QApplication) -> Log:
    return Log()


Model = TypeVar("Model", bound=QAbstractItemModel)


def checked(model: Model) -> Model:
    """Let Qt check a model."""
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def test_new_lines_come_on_top_and_old_ones_keep_their_index(log: Log) -> None:
    counts: list[str] = []
    log.model.count_changed.connect(counts.append)
    log.add("Index", task="index", status="running", ago_s=30)
    index = QPersistentModelIndex(log.model.index(0))
    log.add("Index done", task="index", ago_s=20)
    assert log.titles() == ["Index done", "Index"]
    assert index.row() == 1
    line = log.model.row(1)
    assert line is not None
    assert line.mark is LogMark.STARTED
    assert counts == ["1", "2"]


def test_a_late_line_finds_its_place(log: Log) -> None:
    log.add("Two", task="two", ago_s=5)
    log.add("One", task="one", ago_s=30)
    assert log.titles() == ["Two", "One"]


def test_another_scan_has_another_log(log: Log) -> None:
    log.add("One")
    log.model.show_scan(ScanStory(Store(), FakeTime(), "other").scan)
    assert log.titles() == []
    log.model.show_scan(None)
    assert log.model.row(0) is None


def test_a_line_is_read_as_a_sentence(log: Log) -> None:
    log.add("Index", "12 files", task="index")
    sentence = log.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence.endswith("Hunt: Index. 12 files")


def test_the_timeline_changes_in_place(qapp: QApplication) -> None:
    store = Store()
    story = ScanStory(store, FakeTime(), "shop").run([30], 50)
    facts = ScanFacts(store, story.time.clock, story.time.now)
    model = checked(TimelineModel())
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


def test_qt_gets_no_markup_to_guess_at_and_everything_to_read_aloud(qapp: QApplication) -> None:
    model = TimelineModel()
    model.show_timeline(Timeline((ROW,), None, 30.0, 5.0, ""))
    index = model.index(0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) is None
    reported = index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert reported.startswith("Started 13:58:37. 0:09 failed. <img")


def ids(*numbers: int) -> list[FindingId]:
    return list(map(finding_id, numbers))


# -- Lines come above and go below as single rows, so that views keep their place. --


class ListedInbox(Inbox):
    """An inbox with three lines, and its model."""

    def __init__(self) -> None:
        super().__init__(lambda: FOUND_AT)
        self.add(*range(3))
        self.model = checked(InboxModel(self, Mask()))

    def add(self, *numbers: int) -> None:
        for number in numbers:
            self.put(make_line(number))

    def listed(self) -> list[str]:
        return [self.model.index(row).data(ROW_ROLE).key for row in range(self.model.rowCount())]


@pytest.fixture
def inbox(qapp: QApplication) -> ListedInbox:
    return ListedInbox()


def test_new_lines_come_above_and_move_no_index(inbox: ListedInbox) -> None:
    index = QPersistentModelIndex(inbox.model.index(1))
    inbox.add(3, 4)
    assert inbox.model.refresh() == 2
    assert inbox.listed() == ids(4, 3, 2, 1, 0)
    assert index.row() == 3


def test_a_line_that_changed_is_named_alone(inbox: ListedInbox, qtbot: QtBot) -> None:
    inbox.mark_read(finding_id(1))
    with qtbot.waitSignal(inbox.model.dataChanged) as changed:
        assert inbox.model.refresh() == 0
    assert changed.args is not None
    assert [index.row() for index in changed.args[:2]] == [1, 1]
    with qtbot.assertNotEmitted(inbox.model.dataChanged):
        inbox.model.refresh()


def test_thousands_of_changed_lines_are_one_news(inbox: ListedInbox, qtbot: QtBot) -> None:
    inbox.add(*range(3, 40))
    inbox.model.refresh()
    inbox.mark_all_read()
    with qtbot.waitSignal(inbox.model.dataChanged) as changed:
        inbox.model.refresh()
    assert changed.args is not None
    assert [index.row() for index in changed.args[:2]] == [0, 39]
    for number in (0, 1, 20):
        inbox.mark_read(finding_id(number), is_read=False)
    spans = []
    inbox.model.dataChanged.connect(lambda first, last, _: spans.append((first.row(), last.row())))
    inbox.model.refresh()
    assert spans == [(19, 19), (38, 39)]


def test_a_line_that_waits_again_comes_where_it_belongs(inbox: ListedInbox) -> None:
    inbox.mark_read(finding_id(1))
    inbox.model.show_part(InboxPart.UNREAD)
    oldest = QPersistentModelIndex(inbox.model.index(1))
    inbox.mark_read(finding_id(1), is_read=False)
    assert inbox.model.refresh() == 0
    assert inbox.listed() == ids(2, 1, 0)
    assert oldest.row() == 2


def test_lines_of_earlier_sessions_come_below(inbox: ListedInbox) -> None:
    newest = QPersistentModelIndex(inbox.model.index(0))
    inbox.restore([make_line(8), make_line(9)])
    assert inbox.model.refresh() == 0
    assert inbox.listed() == ids(2, 1, 0, 9, 8)
    assert newest.row() == 0


def test_the_oldest_lines_leave_below(inbox: ListedInbox) -> None:
    inbox.add(*range(3, LINE_LIMIT + 2))
    inbox.model.refresh()
    assert inbox.model.rowCount() == LINE_LIMIT
    assert inbox.listed() == [line.key for line in inbox.lines]


def test_a_read_line_is_dropped_between_others(inbox: ListedInbox) -> None:
    inbox.mark_read(finding_id(1))
    inbox.add(*range(3, LINE_LIMIT + 1))
    assert inbox.model.refresh() == LINE_LIMIT - 2
    assert inbox.listed() == [line.key for line in inbox.lines]
    assert finding_id(1) not in inbox.listed()


def test_everything_can_be_replaced_at_once(inbox: ListedInbox) -> None:
    inbox.add(*range(1000, 1000 + LINE_LIMIT))
    assert inbox.model.refresh() == LINE_LIMIT
    assert inbox.listed() == [line.key for line in inbox.lines]


def test_a_line_is_read_aloud_with_its_time(inbox: ListedInbox) -> None:
    index, local = inbox.model.index(0), FOUND_AT.astimezone()
    assert index.data() == "Critical: Hole 2"
    assert index.data(MOMENT_ROLE) == f"{local:%H:%M}"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        f"Unread. Critical: Hole 2. payments-api. Inbox only so far. {local:%H:%M}."
    )


def test_a_line_of_a_scan_is_read_aloud_too(inbox: ListedInbox) -> None:
    inbox.put(make_failed_line(decision=Decision.NOTIFIED))
    inbox.model.refresh()
    index, local = inbox.model.index(0), FOUND_AT.astimezone()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Unread. Scan of payments-api stopped in hunt. payments-api. Shown on the desktop. "
        f"{local:%H:%M}."
    )
    assert "Attempt 1. Out of memory." in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_line_of_another_day_says_which(inbox: ListedInbox) -> None:
    earlier = FOUND_AT - timedelta(days=20)
    inbox.put(make_line(3, raised_at=earlier))
    inbox.model.refresh()
    assert inbox.model.index(0).data(MOMENT_ROLE) == f"{earlier.astimezone().day} Jun"


def test_a_tip_shows_markup_as_text(inbox: ListedInbox) -> None:
    inbox.put(replace(make_line(3), title="<img src=x>"))
    inbox.model.refresh()
    tip = inbox.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img src=x&gt;" in tip
    assert "<img" not in tip


def test_rows_that_are_not_there_have_nothing(inbox: ListedInbox) -> None:
    assert inbox.model.row(-1) is None
    assert inbox.model.index(7).data(ROW_ROLE) is None
    assert inbox.model.rowCount(inbox.model.index(0)) == 0


def test_a_part_is_listed_and_keeps_what_has_been_read_meanwhile(inbox: ListedInbox) -> None:
    inbox.mark_read(finding_id(1))
    inbox.model.show_part(InboxPart.UNREAD)
    assert inbox.listed() == ids(2, 0)
    inbox.mark_read(finding_id(0))
    inbox.add(3)
    assert inbox.model.refresh() == 1
    assert inbox.listed() == ids(3, 2, 0)
    inbox.model.show_part(InboxPart.UNREAD)
    assert inbox.listed() == ids(3, 2)


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
    make_finding(5, title="Flow", code_snippet="run(path)"),
]
NOW = [
    later(1, title="Moved", line_start=96),
    later(2, title="Lowered"),
    later(4, title="Doubted", status=FindingStatus.FALSE_POSITIVE),
    later(5, title="Flow", code_snippet="run(path, shell=True)"),
    later(6, title="Added"),
    later(7, title="Nothing", status=FindingStatus.DISMISSED),
]


@pytest.fixture
def comparison(qapp: object) -> ComparisonModel:
    made = ComparisonModel()
    made.show_comparison(compare(OLD, NOW))
    return made


def shown(comparison: ComparisonModel) -> list[str]:
    return [comparison.index(row).data() for row in range(comparison.rowCount())]


def compared(comparison: ComparisonModel, title: str) -> Compared:
    row = comparison.index(shown(comparison).index(title)).data(ROW_ROLE)
    assert isinstance(row, Compared)
    return row


def head(comparison: ComparisonModel, kind: ChangeKind) -> ComparisonHead:
    number = comparison.row_of(kind)
    assert number is not None
    row = comparison.row(number)
    assert isinstance(row, ComparisonHead)
    return row


def test_groups_have_heads_and_the_rows_of_each_follow(comparison: ComparisonModel) -> None:
    assert shown(comparison) == [
        *("New", "Added", "Nothing"),
        *("Changed", "Lowered", "Doubted"),
        *("Fixed", "Gone"),
        *("Still there", "Flow", "Moved"),
    ]
    assert comparison.head_above(2) == 0
    assert comparison.head_above(3) == 3


def test_heads_tell_what_counts_and_what_does_not(comparison: ComparisonModel) -> None:
    new = head(comparison, NEW)
    assert (new.count, new.note) == (1, "1 withdrawn or fixed, not counted")
    assert new.severities == {Severity.HIGH: 1}
    assert head(comparison, STILL).note == "1 moved, not new; 1 probably the same"
    assert head(comparison, FIXED).sentence == "Fixed, 1, no longer found"


def test_rows_give_the_reason_for_their_group(comparison: ComparisonModel) -> None:
    words = {title: remark(compared(comparison, title)) for title in ("Moved", "Flow", "Doubted")}
    assert words == {
        "Moved": "moved, not new",
        "Flow": "probably the same",
        "Doubted": "now withdrawn",
    }
    assert place(compared(comparison, "Moved")) == ("orders.py:88 → 96", "shop/api")
    assert place(compared(comparison, "Gone")) == ("orders.py:88", "shop/api")
    sentence = comparison.index(shown(comparison).index("Lowered")).data(
        int(Qt.ItemDataRole.AccessibleTextRole)
    )
    assert sentence == "Changed, critical to high, Lowered, orders.py:88"


def test_a_finding_is_compared_with_the_earlier_scan(comparison: ComparisonModel) -> None:
    words = {
        title: " ".join(finding_words(compared(comparison, title), "on 11 May 14:20")).strip()
        for title in ("Added", "Lowered", "Doubted", "Moved", "Flow")
    }
    assert words == {
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
        ("fixed", "open", ("no longer fixed", "It was fixed at 14:20 and is unverified here."),
         True),
        ("fixed", "confirmed", ("now confirmed", "It was fixed at 14:20 and is confirmed here."),
         True),
        ("fixed", "fixed", ("fixed", ""), False),
        ("dismissed", "open",
         ("no longer withdrawn", "It was withdrawn at 14:20 and is unverified here."), True),
    ],
)  # fmt: skip
def test_a_fixed_finding_is_compared_like_a_withdrawn_one(
    before: str, after: str, words: tuple[str, str], is_counted: bool
) -> None:
    was = make_finding(1, status=FindingStatus(before))
    comparison = compare([was], [later(1, status=FindingStatus(after))])
    [row] = comparison.rows
    assert (remark(row), finding_words(row, "at 14:20")[0]) == words
    assert (comparison.counts.total() > 0) is is_counted


def test_all_differences_are_named_and_nothing_else() -> None:
    moved_code = {"line_start": 7, "code_snippet": "run()"}
    before = make_finding(1, file_path="old\u202e/a.py", severity=Severity.LOW, **moved_code)
    after = later(1, file_path="b.py", status=FindingStatus.CONFIRMED, **moved_code)
    [row] = compare([before], [after]).rows
    assert finding_words(row, "at 14:20") == (
        "It was low and unverified at 14:20 and is high and confirmed here.",
        "It was at old\ufffd/a.py:7. Probably the same finding.",
    )
    edited = later(5, line_start=9, code_snippet="run(path)")
    [moved] = compare([make_finding(5, code_snippet="run()")], [edited]).rows
    assert finding_words(moved, "at 14:20") == (
        "Probably the same finding as at 14:20.",
        "It was at line 88.",
    )
    [same] = compare([before], [before]).rows
    assert finding_words(same, "at 14:20") == ("", "")


def test_a_group_is_closed_or_not_listed_at_all(comparison: ComparisonModel) -> None:
    comparison.toggle(CHANGED)
    comparison.toggle_wanted(NEW)
    assert shown(comparison) == ["Changed", "Fixed", "Gone", "Still there", "Flow", "Moved"]
    assert comparison.row_of(NEW) is None
    comparison.toggle(CHANGED)
    comparison.toggle_wanted(NEW)
    assert comparison.rowCount() == 11


def test_nothing_is_compared(comparison: ComparisonModel) -> None:
    comparison.show_comparison(None)
    assert comparison.rowCount() == 0


def test_how_pairs_were_found_is_shown_in_numbers() -> None:
    doubled = [*NOW, replace(NOW[0], id=FindingId("older"), is_repeat=True)]
    assert pairs_words(compare(OLD, doubled)) == (
        "How the 4 pairs were matched",
        [
            ("3", "by file, CWE, title and code, 1 of them moved"),
            ("1", "probably the same (other code, another file, or several alike)"),
            ("1", "duplicates, counted once"),
        ],
    )
