"""PySide6 keeps the interpreter's references: 6.12 on Python below 3.12 does not, and aborts."""

import sys

from PySide6.QtCore import QObject

CALLS = 200


def test_calls_without_a_result_keep_the_references_to_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("name")
    # Other threads hold and drop a few; the fault takes at least one with each call.
    assert sys.getrefcount(None) > before - CALLS // 2
