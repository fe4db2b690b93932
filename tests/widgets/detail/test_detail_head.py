"""The head of the detail and the row of its decisions."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts import finding_action
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.errors import HeimdallError, OutcomeUnknown, Reason
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
    Source,
    Verdict,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.detail.finding_text import VerdictWords
from heimdall_desktop.widgets.controls.buttons import StateButton
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.text_labels import Label, short_moment
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.detail import head_parts
from heimdall_desktop.widgets.detail.detail_head import DetailHead
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.detail.triage_bar import TriageBar
from heimdall_desktop.widgets.findings.finding_menu import FindingCopies
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.controller_desk import EMAIL, ControllerDesk, idle_server, signed_in_desk
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_event, make_finding
from tests.fakes.hands import asked_page, click, part, press
from tests.fakes.shown_detail import ShownDetail
from tests.fakes.waiting import until
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer
from tests.widgets.conftest import Owned

SERVER = ServerUrl("https://heimdall.example.org")


@pytest.fixture
def store() -> Store:
    store = Store()
    store.add(Scan(SCAN_ID, SERVER, repo_name="payments-api"))
    return store


@pytest.fixture
def head(store: Store, owned: Owned) -> DetailHead:
    head = owned(DetailHead(FindingCopies(store)))
    head.resize(416, 200)
    head.show()
    return head


def test_shows_title_path_severity_and_verdict(head: DetailHead) -> None:
    head.show_finding(make_finding(severity=Severity.CRITICAL))
    title = part(head, WrappedLabel, "detail-title")
    assert title.text() == "SQL built from request parameter in order search"
    assert part(head, head_parts.PathLabel, "detail-path").text() == "shop/api/orders.py:88\u201392"
    assert part(head, QWidget, "detail-severity").accessibleName() == "Critical"
    assert part(head, WrappedLabel, "detail-verdict").text().startswith("Unverified.")
    head.show_finding(make_finding(severity=Severity.OTHER, severity_text="apocalyptic"))
    assert part(head, QWidget, "detail-severity").accessibleName() == "Apocalyptic"


def test_a_withdrawn_finding_says_what_it_was(head: DetailHead) -> None:
    head.show_finding(make_finding(status=FindingStatus.FALSE_POSITIVE))
    verdict = part(head, WrappedLabel, "detail-verdict").text()
    assert verdict == "Withdrawn. Marked as a false positive. It was high."
    assert part(head, QWidget, "detail-severity").accessibleName() == "was high"
    (title,) = part(head, WrappedLabel, "detail-title").runs
    assert title.is_struck


def test_the_title_is_one_harmless_plain_line_of_three_at_most(head: DetailHead) -> None:
    head.show_finding(make_finding(title="<h1>a</h1>\n<img src='file:///x.png'>\u202eb"))
    title = part(head, WrappedLabel, "detail-title")
    assert title.text() == "<h1>a</h1> <img src='file:///x.png'>\ufffdb"
    assert "<h1>" not in title.toolTip()
    head.show_finding(make_finding(title="word " * 500))
    assert title.heightForWidth(384) == 3 * WrappedLabel.sizeHint(title).height()


def test_the_path_is_copied_with_its_line(head: DetailHead) -> None:
    head.show_finding(make_finding())
    copy = part(head, QPushButton, "detail-copy-path")
    click(copy)
    assert QGuiApplication.clipboard().text() == "shop/api/orders.py:88"
    assert copy.accessibleName() == "Copied"
    head.show_finding(make_finding(2))
    assert copy.accessibleName() == "Copy path"


def test_a_path_is_copied_as_the_harmless_line_that_is_shown(head: DetailHead) -> None:
    copy = part(head, QPushButton, "detail-copy-path")
    head.show_finding(make_finding(file_path="a\x1b[2J\nrm -rf ~\r/x\u202e.py"))
    click(copy)
    assert QGuiApplication.clipboard().text() == "a\ufffd[2J rm -rf ~ /x\ufffd.py:88"
    head.show_finding(make_finding(file_path=""))
    assert part(head, head_parts.PathLabel, "detail-path").text() == "(no file)"
    assert copy.isHidden()


@pytest.mark.parametrize(
    ("index", "count", "text", "can_go_back", "can_go_on"),
    [
        (223, 1402, "223 of 1\u00a0402", True, True),
        (1, 2, "1 of 2", False, True),
        (2, 2, "2 of 2", True, False),
        (None, 402, "Not in the list", False, False),
    ],
)
def test_it_says_which_row_it_is(
    head: DetailHead, index: int | None, count: int, text: str, can_go_back: bool, can_go_on: bool
) -> None:
    head.set_position(index, count)
    assert part(head, QLabel, "detail-position").text() == text
    assert part(head, QPushButton, "detail-previous").isEnabled() is can_go_back
    assert part(head, QPushButton, "detail-next").isEnabled() is can_go_on


def test_t09_other_rows_of_the_finding_are_a_click_away(head: DetailHead, qtbot: QtBot) -> None:
    older = make_finding(1, is_repeat=True, status=FindingStatus.DISMISSED)
    head.show_finding(make_finding(2), [make_finding(2), older])
    assert not part(head, QWidget, "detail-repeats").isHidden()
    with qtbot.waitSignal(head.repeats.finding_wanted) as caught:
        click(part(head, QPushButton, "repeats-link-0"))
    assert caught.args == [older.id]
    head.show_finding(make_finding(3), [make_finding(3)])
    assert part(head, QWidget, "detail-repeats").isHidden()


def test_the_verdict_has_its_moment_and_the_zone_in_the_tip(head: DetailHead) -> None:
    finding = make_finding()
    fact, reason = "Confirmed by V\u00ed\u00f0arr {at}.", "Confidence medium \u2192 high."
    head.show_finding(finding, (), VerdictWords(fact, reason, FOUND_AT))
    verdict = part(head, WrappedLabel, "detail-verdict")
    assert verdict.text().startswith("Confirmed by V\u00ed\u00f0arr on 4 Jul")
    assert verdict.text().endswith(". Confidence medium \u2192 high.")
    assert "2026-07-04" in verdict.toolTip()


def test_the_page_is_copied_and_opened_after_confirmation(head: DetailHead, qtbot: QtBot) -> None:
    page = f"{SERVER}/findings/{finding_id(1)}"
    head.show_finding(make_finding(1))
    copy = part(head, QPushButton, "detail-copy-link")
    click(copy)
    assert QGuiApplication.clipboard().text() == page
    assert copy.accessibleName() == "Copied"
    browser = part(head, QPushButton, "detail-browser")
    assert asked_page(head, lambda: click(browser)) == page


def test_local_and_of_no_scan_it_has_no_page_and_says_why(head: DetailHead, store: Store) -> None:
    scan = store.scan(SCAN_ID)
    assert scan is not None
    scan.is_local = True
    head.show_finding(make_finding(1))
    buttons = [part(head, QPushButton, name) for name in ("detail-copy-link", "detail-browser")]
    why = "Local scans are available only in this program."
    assert {button.accessibleDescription() for button in buttons} == {why}
    assert not any(button.isEnabled() for button in buttons)
    scan.is_local = False
    head.show_finding(make_finding(1))
    assert all(button.isEnabled() for button in buttons)
    assert [why in button.toolTip() for button in buttons] == [False, False]
    store.remove(SCAN_ID)
    head.show_finding(make_finding(1))
    assert not any(button.isEnabled() for button in buttons)


def test_more_is_in_a_menu(head: DetailHead) -> None:
    head.show_finding(make_finding(1))
    click(part(head, QPushButton, "detail-more"))
    menu = part(head, QMenu, "detail-menu")
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:2] == ["Open in browser\u2026", "Copy row"]
    assert {"Copy link", "Copy as Markdown", "Copy as curl", "Copy finding ID"} < set(texts)
    next(action for action in menu.actions() if action.text() == "Copy row").trigger()
    assert QGuiApplication.clipboard().text().startswith("High\tSQL built")
    assert "\tpayments-api\t" in QGuiApplication.clipboard().text()
    menu.close()


def test_a_narrow_head_leaves_the_browser_to_the_menu(head: DetailHead, qtbot: QtBot) -> None:
    head.show_finding(make_finding(severity=Severity.CRITICAL))
    head.set_position(964, 981)
    badge, browser = part(head, QWidget, "detail-severity"), part(head, QWidget, "detail-browser")
    assert browser.isVisible()
    head.resize(340, 200)
    qtbot.waitUntil(lambda: not browser.isVisible())
    assert badge.width() >= badge.sizeHint().width()
    assert asked_page(head, head.make_menu().actions()[0].trigger)


def test_a_position_of_five_figures_is_never_cut_within_a_number(head: DetailHead) -> None:
    head.show_finding(make_finding(1, severity=Severity.CRITICAL))
    head.set_position(12_345, 98_765)
    head.resize(310, 200)
    QApplication.processEvents()
    position = part(head, Label, "detail-position")
    shown = position.shown_text()
    assert shown.startswith("12\u00a0345 ")
    assert position.width() < position.sizeHint().width()
    assert shown.endswith("…")
    badge = part(head, QWidget, "detail-severity")
    assert badge.width() >= badge.sizeHint().width()
    assert part(head, QWidget, "detail-close").geometry().right() < head.width()


@pytest.mark.parametrize("direction", Qt.LayoutDirection)
def test_texts_keep_their_inset_in_every_direction_and_size(
    theme: Theme, store: Store, owned: Owned, direction: Qt.LayoutDirection
) -> None:
    head = owned(DetailHead(FindingCopies(store)))
    head.setLayoutDirection(direction)
    head.show_finding(make_finding())
    for zoom in (1.0, 1.5):
        theme.set_zoom(zoom)
        head.resize(theme.scale(416), theme.scale(200))
        head.show()
        QApplication.processEvents()
        place = part(head, QWidget, "detail-title").geometry()
        sides = (place.left(), head.width() - 1 - place.right())
        start, end = reversed(sides) if head.isRightToLeft() else sides
        assert (start, end) == (theme.scale(16), 2 * theme.scale(8))


def test_the_large_badge_is_named_fits_and_may_be_hollow(theme: Theme, owned: Owned) -> None:
    badge = owned(head_parts.SeverityBadge())
    badge.show_severity(Severity.OTHER, word="apocalyptic beyond words")
    assert badge.sizeHint().width() < Badges(theme).filled_size(Severity.OTHER, "W" * 9).width()
    assert badge.accessibleName() == "apocalyptic beyond words"
    assert "apocalyptic beyond words" in badge.toolTip()
    badge.show_severity(Severity.LOW)
    narrow = badge.sizeHint().width()
    badge.show_severity(Severity.CRITICAL)
    assert badge.accessibleName() == "Critical"
    assert badge.sizeHint().width() > narrow
    badge.resize(badge.sizeHint())
    filled = badge.grab().toImage().pixelColor(4, badge.height() // 2)
    assert filled == theme.tokens.severity.critical.fill
    badge.show_severity(Severity.CRITICAL, Verdict.WITHDRAWN)
    badge.resize(badge.sizeHint())
    hollow = badge.grab().toImage()
    assert hollow.pixelColor(4, badge.height() // 2) == hollow.pixelColor(0, 0) != filled
    assert badge.accessibleName() == "was critical"


@pytest.fixture
def label(owned: Owned) -> head_parts.PathLabel:
    return owned(head_parts.PathLabel())


@pytest.mark.parametrize(
    ("folder", "file", "share", "start", "end"),
    [
        ("shop/api", "orders.py:88", 1, "shop/api/orders", "/orders.py:88"),
        ("a/very/deep/tree/of/folders/that/goes/on", "orders.py:88", 2, "a/", "/orders.py:88"),
        ("src", "a_name_that_is_far_too_long_for_this.py:88", 2, "a_", ".py:88"),
    ],
)
def test_folders_are_cut_in_their_middle_before_the_name_of_the_file(
    label: head_parts.PathLabel, folder: str, file: str, share: int, start: str, end: str
) -> None:
    label.show_path(folder, file)
    label.resize(label.sizeHint().width() // share, 20)
    shown = label.shown_text()
    assert (shown.startswith(start), shown.endswith(end)) == (True, True)
    assert ("\u2026" in shown) is (share > 1)


def test_the_whole_path_is_in_the_tip_and_tags_are_characters(label: head_parts.PathLabel) -> None:
    label.show_path("<b>x</b>", "y.py:1")
    assert label.toolTip() == "<qt>&lt;b&gt;x&lt;/b&gt;/y.py:1</qt>"
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.resize(60, 20)
    assert not label.grab().isNull()


@pytest.fixture
def facts(owned: Owned) -> head_parts.FactsLine:
    return owned(head_parts.FactsLine())


def words(facts: head_parts.FactsLine, name: str) -> str:
    fact = part(facts, QWidget, name)
    return " ".join(label.text() for label in fact.findChildren(QLabel) if not label.isHidden())


@pytest.mark.parametrize(
    ("fields", "name", "pattern"),
    [
        ({}, "fact-source", "AI"),
        ({}, "fact-confidence", "Confidence Medium"),
        ({}, "fact-first-seen", "First seen .+"),
        ({"cwe_text": "<a href='file:///x'>CWE</a>"}, "fact-cwe", "<a href='file:///x'>CWE</a>"),
        ({"source": Source.OTHER, "source_text": "oracle"}, "fact-source", "oracle"),
        ({"source": Source.OTHER, "source_text": "x" * 100}, "fact-source", "x{39}\u2026"),
        ({"is_earlier": True}, "fact-first-seen", ".*, in an earlier attempt"),  # T-59
    ],
)
def test_facts_are_short_plain_words(
    facts: head_parts.FactsLine, fields: dict[str, Any], name: str, pattern: str
) -> None:
    is_earlier = fields.pop("is_earlier", False)
    facts.show_finding(make_finding(**fields), is_of_earlier_attempt=is_earlier)
    assert re.fullmatch(pattern, words(facts, name))
    assert part(facts, QPushButton, "fact-cwe-link").isHidden()


def test_a_weakness_is_a_link_that_only_asks(facts: head_parts.FactsLine, qtbot: QtBot) -> None:
    facts.show_finding(make_finding(cwe_text="CWE-89: SQL injection"))
    link = part(facts, QPushButton, "fact-cwe-link")
    assert link.accessibleName() == "CWE-89"
    assert part(facts, QWidget, "fact-cwe").isHidden()
    page = "https://cwe.mitre.org/data/definitions/89.html"
    assert asked_page(facts, lambda: click(link)) == page


@pytest.fixture
def line(owned: Owned) -> head_parts.RepeatsLine:
    line = owned(head_parts.RepeatsLine())
    line.resize(400, 60)
    return line


def reading(number: int, **fields: Any) -> Finding:
    return make_finding(number, created_at=FOUND_AT + timedelta(minutes=number), **fields)


def said(line: head_parts.RepeatsLine) -> list[str]:
    labels = [label.text() for label in line.findChildren(QLabel) if not label.isHidden()]
    links = [b.accessibleName() for b in line.findChildren(QPushButton) if not b.isHidden()]
    return [*labels, *links]


def test_a_finding_with_one_row_says_nothing(line: head_parts.RepeatsLine) -> None:
    line.show_readings(reading(1), [reading(1)])
    assert line.isHidden()


def test_the_newest_row_names_the_earlier_ones(line: head_parts.RepeatsLine, qtbot: QtBot) -> None:
    earlier = [reading(n, is_repeat=True, status=FindingStatus.DISMISSED) for n in (2, 1)]
    line.show_readings(reading(3), [reading(3), *earlier])
    assert not line.isHidden()
    words = [f"{short_moment(row.created_at)}, Dismissed" for row in earlier]
    assert said(line) == ["Found again.", "Earlier:", *words]
    with qtbot.waitSignal(line.finding_wanted) as caught:
        click(part(line, QPushButton, "repeats-link-1"))
    assert caught.args == [finding_id(1)]


def test_a_repeat_leads_to_the_newest_row_which_names_a_few(line: head_parts.RepeatsLine) -> None:
    rows = [reading(9), *(reading(n, is_repeat=True) for n in range(5))]
    line.show_readings(rows[2], rows)
    words = f"{short_moment(rows[0].created_at)}, Open"
    assert said(line) == ["A repeat.", "Found again since:", words]
    line.show_readings(rows[0], rows)
    assert part(line, QLabel, "repeats-rest").text() == "and 2 more"
    assert len(said(line)) == 6


def test_an_unknown_status_is_cut(line: head_parts.RepeatsLine) -> None:
    odd = reading(1, is_repeat=True, status=FindingStatus.OTHER, status_text="<b>odd\n" * 99)
    line.show_readings(reading(2), [reading(2), odd])
    words = part(line, QPushButton, "repeats-link-0").accessibleName().split(", ", 1)[1]
    assert words == "<b>odd <b>odd <b>odd"


# -- server actions on the open finding: how they are offered, requested and shown --


ACTION = finding_action.FindingAction
EXPLAIN, ISSUE, MARK = ACTION.EXPLAIN, ACTION.ISSUE, ACTION.MARK_APPLIED
PAGE = "https://host.example/shop/issues/4"
DETAILS = (("summary", ("Built <b>by hand</b>.",)), ("what_to_review", ("Who?", "When?")))
DIFF = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b\n c\n"


def shown_finding(qtbot: QtBot, diff: str | None) -> ShownDetail:
    shown = ShownDetail(qtbot, height_px=700)
    shown.open(make_finding(1, suggested_patch=diff, agent_reasoning=None))
    return shown


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownDetail:
    return shown_finding(qtbot, DIFF)


@pytest.fixture
def bare(theme: Theme, qtbot: QtBot) -> ShownDetail:
    """One whose finding has no patch, so that only its history is read."""
    return shown_finding(qtbot, None)


def state(
    action: finding_action.FindingAction, phase: finding_action.Phase, **fields: object
) -> finding_action.ActionState:
    known: dict[str, object] = {"began_at_s": 1.0, "at": FOUND_AT} | fields
    return finding_action.ActionState(finding_id(1), action, phase, **known)  # type: ignore[arg-type]


def question(pane: DetailPane) -> QuestionDialog:
    (dialog,) = [d for d in pane.window().findChildren(QuestionDialog) if d.isVisible()]
    return dialog


def test_a_running_action_shows_its_time_and_waiting_can_be_stopped(shown: ShownDetail) -> None:
    assert shown.lines == []
    shown.set_states(state(EXPLAIN, finding_action.Phase.WAITING, began_at_s=-30.0))
    assert shown.lines == ["Explaining with AI, 0:42. This may take several minutes."]
    tick = part(shown.pane, QTimer, "action-tick")
    assert tick.isActive()
    click(shown.button("action-leave"))
    assert shown.asked("leave") == [(finding_id(1), EXPLAIN)]
    shown.set_states(state(EXPLAIN, finding_action.Phase.LEFT))
    assert "The server continues. The result appears here when it arrives." in shown.lines[0]
    shown.set_states()
    assert (shown.lines, tick.isActive()) == ([], False)


def test_an_answer_is_shown_beside_the_finding_as_plain_text(shown: ShownDetail) -> None:
    shown.set_states(state(EXPLAIN, finding_action.Phase.DONE, details=DETAILS))
    click(shown.button("action-answer"))
    section = part(shown.pane, QWidget, "answer-0")
    assert section.isVisible()
    texts = [label.text() for label in section.findChildren(QLabel) if label.isVisible()]
    heads = ["AI explanation", "Summary", "What to review"]
    assert [text for text in texts if text in heads] == heads
    press(part(section, QWidget, "answer-head"), "Copy")
    copied = QGuiApplication.clipboard().text()
    assert copied == "Summary\nBuilt <b>by hand</b>.\n\nWhat to review\n- Who?\n- When?"


def test_a_late_answer_is_taken_from_the_history(bare: ShownDetail, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(bare.asked("events")))
    older = make_event(1, event_type="ai_verification", details=(("verdict", ("confirmed",)),))
    newer = make_event(
        2,
        event_type="ai_verification",
        details=(("verdict", ("needs_review",)), ("odd_key", ("1",))),
        created_at=FOUND_AT + timedelta(minutes=5),
    )
    bare.requests.answer((older, newer))
    tabs = part(bare.pane, QTabBar, "detail-tabs")
    tabs.setCurrentIndex([tabs.tabText(n) for n in range(tabs.count())].index("Reasoning"))
    section = part(bare.pane, QWidget, "answer-0")
    words = [label.text() for label in section.findChildren(QLabel)]
    assert "AI verification" in words
    assert {"Verdict", "Odd key"} <= set(words)


def test_a_created_page_opens_only_after_its_host_was_shown(shown: ShownDetail) -> None:
    made = finding_action.IssueMade(is_new=True, page=PAGE)
    shown.set_states(state(ISSUE, finding_action.Phase.DONE, page=PAGE, made=made))
    assert shown.lines == ["An issue was created."]
    click(shown.button("action-page"))
    assert part(shown.pane, QLabel, "link-host").text() == "Open host.example in the browser?"
    hostile = "https://good.example@evil.example/"
    shown.set_states(state(ISSUE, finding_action.Phase.DONE, page=hostile, made=made))
    assert not any(b.isVisible() for b in shown.pane.findChildren(QPushButton, "action-page"))


def test_an_entry_of_the_history_links_to_the_created_page(bare: ShownDetail, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(bare.asked("events")))
    bare.requests.answer((make_event(event_type="issue_linked", new_value=PAGE),))
    link = part(part(bare.pane, QWidget, "history-0"), QPushButton, "history-page")
    assert link.accessibleName() == "Open on host.example…"
    link.click()
    assert part(bare.pane, QLabel, "link-address").text() == PAGE


def test_an_unknown_result_shows_and_reloads_the_history(shown: ShownDetail, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(shown.asked("events")))
    lost: HeimdallError = OutcomeUnknown(Reason.ANSWER_LOST, host="h.test")
    shown.set_states(state(ISSUE, finding_action.Phase.LOOKING, error=lost))
    assert shown.lines[0].startswith("Issue: result unknown, checking, 0:11.")
    error = OutcomeUnknown(Reason.ISSUE_UNSURE, error=lost)
    shown.set_states(state(ISSUE, finding_action.Phase.UNKNOWN, error=error))
    shown.set_states(state(ISSUE, finding_action.Phase.UNKNOWN, error=error))
    assert shown.lines[0].startswith("Issue: result unknown. The connection to h.test was lost")
    assert len(shown.asked("events")) == 2
    assert shown.asked("action") == []


def test_a_marked_patch_is_reloaded(shown: ShownDetail, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(shown.asked("patches")))
    shown.set_states(state(MARK, finding_action.Phase.DONE))
    assert len(shown.asked("patches")) == 2
    assert shown.lines == ["The patch is marked as applied. This can't be undone on the server."]


def test_only_permanent_actions_need_confirmation(shown: ShownDetail) -> None:
    shown.pane.request_action(EXPLAIN)
    assert shown.asked("action") == [(finding_id(1), EXPLAIN)]
    for action in (ISSUE, finding_action.FindingAction.FIX, MARK):
        shown.requests.asked.clear()
        shown.pane.request_action(action)
        click(part(question(shown.pane), QPushButton, "question-keep"))
        assert shown.asked("action") == []
        shown.pane.request_action(action)
        do = part(question(shown.pane), QPushButton, "question-do")
        keep = part(question(shown.pane), QPushButton, "question-keep")
        assert keep.x() < do.x(), "nothing is lost, so this isn't the button of a deletion"
        click(do)
        assert shown.asked("action") == [(finding_id(1), action)]


def test_the_menu_explains_disabled_actions(shown: ShownDetail) -> None:
    head = part(shown.pane, QPushButton, "detail-more")
    shown.requests.actions.obstacles[ACTION.FIX] = "This server doesn't support fix requests."
    click(head)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    offered = {action.text(): action.isEnabled() for action in menu.actions()}
    assert offered["Explain with AI"]
    assert offered["Create issue…"]
    assert not offered["Open fix request\u2026"]
    assert not offered["This server doesn't support fix requests."]
    menu.close()
    assert shown.pane.action_obstacle(finding_action.FindingAction.FIX)
    shown.pane.show_finding(None)
    assert shown.pane.action_obstacle(EXPLAIN) == "No finding is open."


def test_below_the_table_there_is_room_for_the_newest_only(shown: ShownDetail) -> None:
    shown.set_states(*(state(action, finding_action.Phase.LEFT) for action in ACTION))
    assert len(shown.lines) == 3
    shown.pane.set_layout(Qt.Orientation.Horizontal)
    assert len(shown.lines) == 1


# -- over a real socket --


async def test_an_explanation_survives_a_stop(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    with idle_server(EMAIL) as running:
        async with signed_in_desk(running, tmp_path) as desk:
            await explain_and_leave(qtbot, running, desk)


async def explain_and_leave(qtbot: QtBot, running: LabServer, desk: ControllerDesk) -> None:
    """Ask for an explanation, stop waiting for it, and see it all the same."""
    script = running.script_scan("shop", EMAIL).run_until("hunt").add_findings(1, "high")
    script.answer(script.finding_ids[0], "explain", {"summary": "Built by hand."})
    await desk.watch(script.id)
    await desk.until(lambda: desk.store.has_listed_once(ScanId(script.id)))
    found = FindingId(script.finding_ids[0])
    ticker = Ticker(desk.store)
    pane = DetailPane(desk.store, ticker, desk.controller)
    qtbot.addWidget(pane)
    pane.resize(416, 700)
    pane.show()
    pane.show_finding(found)
    running.faults.add(Fault(Shape.LATE, "triage", path_part="/explain", delay_s=3600))
    pane.request_action(EXPLAIN)

    def line() -> str:
        words = pane.findChildren(WrappedLabel, "action-words")
        return " ".join(label.text() for label in words if label.isVisible())

    await until(lambda: line().startswith("Explaining with AI,"))
    click(next(b for b in pane.findChildren(QPushButton, "action-leave") if b.isVisible()))
    await until(lambda: "The server continues. The result appears here when it arrives." in line())
    running.faults.clear()
    await until(lambda: line() == "AI explanation finished.")
    click(next(b for b in pane.findChildren(QPushButton, "action-answer") if b.isVisible()))
    section = part(pane, QWidget, "answer-0")
    assert any(label.text() == "Summary" for label in section.findChildren(QLabel))
    assert running.requests.by_kind["triage"] == 1


@pytest.fixture
def bar(theme: Theme) -> Iterator[TriageBar]:
    bar = TriageBar()
    bar.resize(416, 80)
    bar.set_two_rows(are_wanted=True)
    bar.show_finding("dismissed", "high")
    bar.show()
    yield bar
    bar.close()


def names(bar: TriageBar) -> list[str]:
    return [each.accessibleName() for each in bar.findChildren(QPushButton) if each.isVisible()]


def test_the_present_status_is_the_pressed_button_in_its_past_tense(bar: TriageBar) -> None:
    decided: list[tuple[object, str]] = []
    bar.decided.connect(lambda what, value: decided.append((what, value)))
    words = {"Confirm", "Dismissed", "False positive", "Fixed", "Reopen", "Severity"}
    assert words <= set(names(bar))
    for _ in range(2):  # only the server says what it is
        pressed = [each.objectName() for each in bar.findChildren(StateButton) if each.isChecked()]
        assert pressed == ["triage-dismissed"]
        part(bar, StateButton, "triage-false_positive").click()
    assert decided == [(Field.STATUS, "false_positive")] * 2


def test_where_room_is_short_keys_go_first_and_then_buttons(bar: TriageBar) -> None:
    bar.resize(600, 80)
    wide = part(bar, StateButton, "triage-confirmed").sizeHint().width()
    bar.resize(380, 80)
    assert part(bar, StateButton, "triage-confirmed").sizeHint().width() < wide
    assert "Fixed" in names(bar)
    bar.resize(220, 80)
    assert "Fixed" not in names(bar)
    assert "More decisions" in names(bar)
    bar.resize(416, 80)
    bar.set_two_rows(are_wanted=False)
    assert "Severity" not in names(bar)
    assert "More decisions" in names(bar)
    assert not bar.open_severities()


def test_where_nothing_can_be_decided_it_says_why(bar: TriageBar) -> None:
    bar.show_finding("open", "high", "Read-only: nothing is changed on the server.")
    assert names(bar) == []
    assert part(bar, QLabel, "triage-obstacle").isVisible()
