"""Marks are kept as text, and a damaged one does no harm."""

import pytest

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.table.new_marks import NewMarks
from heimdall_desktop.models.remembered_marks import NAME, remember_marks, remembered_marks
from tests.fakes.findings import SCAN_ID, finding_id


def test_what_was_new_is_remembered() -> None:
    memory, marks = WindowMemory(), NewMarks()
    marks.read(finding_id(1), SCAN_ID, is_news=True)
    remember_marks(memory, marks)
    assert remembered_marks(memory).remembered == [finding_id(1)]


@pytest.mark.parametrize("text", ["", "{", "{}", "7", '[1, null, {"a": 2}]', "[" * 100_000])
def test_a_foreign_text_marks_nothing(text: str) -> None:
    memory = WindowMemory()
    memory.keep(NAME, text)
    assert remembered_marks(memory).remembered == []
