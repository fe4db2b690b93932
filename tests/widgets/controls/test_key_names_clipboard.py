"""What the clipboard takes: lines as they are shown, texts without control characters."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

import heimdall_desktop
from heimdall_desktop.widgets.controls.key_names import copy_exactly, copy_line, copy_text

HOSTILE = "a\tb\r\nc\rd\x00\x07\x1b]0;x\x07\x7f\x9be\u202ef\n"


@pytest.mark.parametrize(
    ("copy", "copied"),
    [
        (copy_line, "a b c d\ufffd\ufffd\ufffd]0;x\ufffd\ufffd\ufffde\ufffdf"),
        (copy_text, "a\tb\nc\nd]0;xe\u202ef\n"),
        (copy_exactly, HOSTILE),
    ],
)
def test_what_is_copied(copy: Callable[[str], None], copied: str, qapp: object) -> None:
    copy(HOSTILE)
    assert QGuiApplication.clipboard().text() == copied


def test_nothing_else_of_the_program_writes_to_the_clipboard() -> None:
    root = Path(heimdall_desktop.__file__).parent
    users = [file.name for file in root.rglob("*.py") if "clipboard()" in file.read_text("utf-8")]
    assert users == ["key_names.py"]
