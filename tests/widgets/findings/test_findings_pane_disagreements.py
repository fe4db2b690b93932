"""The view of disagreements in a whole window: its rows, and the reason on each."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from heimdall_desktop.domain.disagreements import search_overlaps
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Source
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.models.rows_model import ACCESSIBLE_ROLE, TIP_ROLE
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import make_event, make_finding
from tests.fakes.shown_window import ShownWindow

PLACE = COLUMNS.index(Column.DISAGREEMENT)


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow(1366, 768)
    shown.watch("web-shop")
    shown.show()
    yield shown
    shown.close()


def read(shown: ShownWindow, *rows: Finding) -> None:
    story = shown.stories["web-shop"]
    shown.store.observe(FindingsListed(story.scan.id, story.asked_s(), rows))
    shown.ticker.flush()


def rows(shown: ShownWindow) -> list[Finding]:
    model = shown.findings.model
    found = (model.finding_at(row) for row in range(model.rowCount()))
    return [row for row in found if row is not None]


def reasons(shown: ShownWindow) -> list[str]:
    model = shown.findings.model
    return [model.index(row, PLACE).data() for row in range(model.rowCount())]


def story_rows(shown: ShownWindow) -> list[Finding]:
    scan_id, place = shown.id("web-shop"), {"cwe_text": "CWE-89", "file_path": "a.py"}
    return [
        make_finding(1, scan_id=scan_id, status=FindingStatus.DISMISSED, poc_validated=True),
        make_finding(2, scan_id=scan_id, status=FindingStatus.CONFIRMED, **place),
        make_finding(3, scan_id=scan_id, source=Source.STATIC, **place),
        make_finding(4, scan_id=scan_id),
    ]


def search(shown: ShownWindow) -> None:
    scan_id = shown.id("web-shop")
    scan = shown.store.scan(scan_id)
    assert scan is not None
    *_, found = search_overlaps(scan.findings.values())
    assert found is not None
    shown.store.keep_overlaps(scan_id, found)
    shown.ticker.flush()


def test_the_view_has_each_disagreement_with_its_reason(shown: ShownWindow) -> None:
    every = story_rows(shown)
    read(shown, *every)
    header = shown.findings.table.horizontalHeader()
    assert header.isSectionHidden(PLACE)
    shown.findings.filter_state.set_text("disagrees:any")
    assert [row.id for row in rows(shown)] == [every[0].id]
    search(shown)
    assert [row.id for row in rows(shown)] == [row.id for row in every[:3]]
    assert reasons(shown) == [
        "Proven, but dismissed",
        "Static unverified at line 88",
        "AI confirmed at line 88",
    ]
    assert not header.isSectionHidden(PLACE)
    model = shown.findings.model
    assert "the status is \u201cDismissed\u201d" in model.index(0, 0).data(ACCESSIBLE_ROLE)
    assert "that finding is confirmed" in model.index(2, PLACE).data(TIP_ROLE)
    shown.findings.filter_state.set_text("disagrees:overlap -source:ai")
    assert [row.id for row in rows(shown)] == [every[2].id]
    shown.findings.filter_state.clear()
    assert header.isSectionHidden(PLACE)


def test_a_history_that_is_read_shows_who_overrode_the_review(shown: ShownWindow) -> None:
    every = story_rows(shown)
    read(shown, *every)
    shown.findings.filter_state.set_text("disagrees:override")
    assert rows(shown) == []
    state = " ".join(shown.texts(shown.findings))
    assert "known only where the history was read: 0 findings." in state
    event = make_event(
        1, event_type="status_change", old_value="false_positive", new_value="open", user_id="5f0c"
    )
    shown.store.keep_history(every[3].id, (event,))
    shown.ticker.flush()
    assert [row.id for row in rows(shown)] == [every[3].id]
    assert reasons(shown) == ["Person overrode V\u00ed\u00f0arr"]
    read(shown, make_finding(4, scan_id=shown.id("web-shop"), status=FindingStatus.DISMISSED))
    assert rows(shown) == [], "changed since"


def test_it_works_in_groups_and_while_presenting(shown: ShownWindow) -> None:
    read(shown, *story_rows(shown))
    search(shown)
    shown.findings.model.group_by(GroupBy.FILE)
    shown.findings.filter_state.set_text("disagrees:any")
    assert [row.id for row in rows(shown)] == [row.id for row in story_rows(shown)[:3]]
    shown.store.present(is_on=True)
    shown.ticker.flush()
    said = [text for text in reasons(shown) if text]
    assert sorted(said) == [
        "AI confirmed at line 88",
        "Proven, but dismissed",
        "Static unverified at line 88",
    ]


def test_the_detail_says_it_too(shown: ShownWindow) -> None:
    every = story_rows(shown)
    read(shown, *every)
    shown.window.open_finding(every[2].id)
    assert "The AI found" not in " ".join(shown.texts(shown.detail))
    search(shown)
    assert "The AI found the same weakness at line 88" in " ".join(shown.texts(shown.detail))


def test_the_column_is_switched_on_without_the_filter(shown: ShownWindow) -> None:
    read(shown, *story_rows(shown))
    state = shown.findings.table_state
    state.change(lambda layout: layout.with_column(Column.DISAGREEMENT, is_on=True))
    assert not shown.findings.table.horizontalHeader().isSectionHidden(PLACE)
    assert reasons(shown) == ["Proven, but dismissed", "", "", ""]
    shown.findings.model.sort(PLACE, Qt.SortOrder.DescendingOrder)
    assert shown.findings.model.order.place_of(Column.DISAGREEMENT) is None
