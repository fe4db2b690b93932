"""Marks come with news, go with a look, and outlive the session."""

import pytest

from heimdall_desktop.domain.filters.filter import NEW_OR_SEEN, ONLY_NEW, ONLY_SEEN
from heimdall_desktop.domain.table import ordered_rows as module
from heimdall_desktop.domain.table.ordered_rows import NewMarks
from tests.fakes.findings import SCAN_ID, finding_id


def marked(count: int) -> NewMarks:
    marks = NewMarks()
    for number in range(count):
        marks.read(finding_id(number), SCAN_ID, is_news=True)
    return marks


def test_only_news_is_new() -> None:
    marks = NewMarks()
    assert not marks.read(finding_id(1), SCAN_ID, is_news=False)
    assert marks.read(finding_id(2), SCAN_ID, is_news=True)
    assert list(marks) == [finding_id(2)]


def test_a_look_takes_the_mark_away_and_stays_until_the_next_look() -> None:
    marks = marked(3)
    assert marks.see(finding_id(0))
    assert (finding_id(0) in marks, marks.staying, len(marks)) == (False, finding_id(0), 2)
    assert not marks.see(finding_id(0))
    assert marks.staying == finding_id(0)
    marks.see(finding_id(1))
    assert marks.staying == finding_id(1)
    assert not marks.see(finding_id(0))
    assert marks.staying is None


def test_what_was_new_is_new_again_once_it_is_read() -> None:
    later = NewMarks(marked(2).remembered())
    assert (len(later), later.remembered()) == (0, [finding_id(0), finding_id(1)])
    assert later.read(finding_id(1), SCAN_ID, is_news=False)
    assert list(later) == [finding_id(1)]
    later.see(finding_id(1))
    assert later.remembered() == [finding_id(0)]


def test_only_the_newest_marks_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED_LIMIT", 2)
    assert marked(4).remembered() == [finding_id(2), finding_id(3)]


def test_what_passes_by_loses_its_mark_and_what_is_looked_at_stays() -> None:
    marks = marked(3)
    marks.see(finding_id(0))
    assert marks.let_pass([finding_id(0), finding_id(1)]) == [finding_id(1)]
    assert (list(marks), marks.staying) == ([finding_id(2)], finding_id(0))


def test_a_scan_that_leaves_takes_its_marks() -> None:
    marks = marked(2)
    marks.see_all([finding_id(0)])
    assert len(marks) == 1
    marks.drop_scan(SCAN_ID)
    assert len(marks) == 0


def test_a_finding_is_as_new_as_is_asked_for() -> None:
    marks = NewMarks()
    marks.read(finding_id(1), SCAN_ID, is_news=True)
    asked = (ONLY_NEW, ONLY_SEEN, NEW_OR_SEEN)
    assert [marks.fit(finding_id(1), news) for news in asked] == [True, False, True]
    assert [marks.fit(finding_id(2), news) for news in asked] == [False, True, True]
    marks.see(finding_id(1))
    assert marks.fit(finding_id(1), ONLY_NEW), "as long as it is looked at"
