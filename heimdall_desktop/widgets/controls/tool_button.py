"""A button of the top bar that gives its words up where room is short, and keeps its name."""

from __future__ import annotations

from heimdall_desktop.widgets.controls.buttons import GhostButton


class ToolButton(GhostButton):
    """A ghost button with an icon; without its words it is that icon, and the arrow of its menu."""

    _words = ""
    _is_compact = False

    def show_words(self, words: str, name: str = "") -> None:
        """Say something, as far as there is room.

        Args:
            words: what it says.
            name: what it is called for assistive technology; the words by default.
        """
        self._words = words
        self.set_label("" if self._is_compact else words)
        self.setAccessibleName(name or words)

    def set_compact(self, *, is_compact: bool) -> None:
        """Give the words up, or say them again."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.show_words(self._words, self.accessibleName())

    def full_width(self) -> int:
        """Return how wide it is with its words."""
        shown, self._label = self._label, self._words
        width = self.sizeHint().width()
        self._label = shown
        return width
