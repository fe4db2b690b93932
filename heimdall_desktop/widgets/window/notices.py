"""The alerts that a window shows in its own strip, by their keys."""

from __future__ import annotations

from collections.abc import Callable

from heimdall_desktop.widgets.window.problem_bar import ProblemBar


class Notices:
    """Knows which of them is still there.

    Args:
        bar: Shows them.
    """

    def __init__(self, bar: ProblemBar) -> None:
        self._bar = bar
        self._shown: dict[str, str] = {}

    def __contains__(self, key: object) -> bool:
        """Whether one is still there, neither taken back nor dismissed nor followed."""
        return self._shown.get(str(key)) in self._bar.keys

    def show(self, key: str, title: str, body: str, on_activate: Callable[[], None]) -> None:
        """Show one in place of the one of its key."""
        self.withdraw(key)
        self._shown[key] = self._bar.show_notice(title, body, on_activate)

    def withdraw(self, key: str) -> None:
        """Take one back."""
        shown = self._shown.pop(key, None)
        if shown is not None:
            self._bar.clear(shown)
