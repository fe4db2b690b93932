"""Painters end with their block, not when the last reference to them goes.

A traceback, a debugger or a profiler keeps the frame of a paint method alive, and with it a painter
in it. Qt crashes when the widget is painted again meanwhile.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtGui import QPainter

import heimdall_desktop
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.shown_window import ShownWindow

SOURCE = Path(heimdall_desktop.__file__).parent


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve().show()
    yield shown
    shown.close()


def test_no_painter_outlives_its_paint_method_with_the_frame(shown: ShownWindow) -> None:
    frames: list[FrameType] = []

    def keep(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name == "paintEvent":
            frames.append(frame)

    sys.setprofile(keep)
    try:
        shown.window.grab()
    finally:
        sys.setprofile(None)
    kept = [value for frame in frames for value in frame.f_locals.values()]
    painters = [value for value in kept if isinstance(value, QPainter)]
    active = [painter for painter in painters if painter.isActive()]
    assert len(painters) > 20
    assert active == []


def test_every_painter_is_opened_by_a_with_statement() -> None:
    loose = []
    for path in sorted(SOURCE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "QPainter(" not in source:
            continue
        nodes = list(ast.walk(ast.parse(source)))
        opened = [item.context_expr for node in nodes for item in getattr(node, "items", ())]
        made = [node for node in nodes if isinstance(node, ast.Call) and _is_painter(node.func)]
        loose += [f"{path.name}:{node.lineno}" for node in made if node not in opened]
    assert loose == []


def _is_painter(called: ast.expr) -> bool:
    return isinstance(called, ast.Name) and called.id == "QPainter"
