"""Which findings were new when the last session ended: kept as text, read with tolerance."""

import json

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.table.new_marks import NewMarks

NAME = "new-findings"  # under which they are remembered


def remembered_marks(memory: WindowMemory) -> NewMarks:
    """Return the marks as the last session left them; none if their text is damaged or foreign."""
    try:
        told = json.loads(memory.text(NAME) or "[]")
    except (ValueError, RecursionError):
        return NewMarks()
    ids = told if isinstance(told, list) else []
    return NewMarks(FindingId(found) for found in ids if isinstance(found, str))


def remember_marks(memory: WindowMemory, marks: NewMarks) -> None:
    """Keep the marks for the next session."""
    memory.keep(NAME, json.dumps(marks.remembered))
