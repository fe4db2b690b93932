"""The filter in use: the text people typed, what it means, its mistake, and the scope.

Field, chips and menus all write here, in one language; the table follows. While the text holds a
mistake the last valid filter stays on. Source: design.md 5 ("Filter field").
"""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from heimdall_desktop.domain.filter_language import (
    AnyWord,
    FilterError,
    has_field,
    parse_filter,
    with_repeats,
    with_words,
)
from heimdall_desktop.domain.filters import Filter
from heimdall_desktop.domain.finding import ScanId


class FilterState(QObject):
    """Owns the text, the filter it stands for, and the scan that is looked at.

    Signals:
        changed: text, mistake or filter are others now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._filter = Filter()
        self._error: FilterError | None = None

    @property
    def text(self) -> str:
        """What is typed, mistakes included."""
        return self._text

    @property
    def filter(self) -> Filter:
        """What is shown: the last valid filter, within the scope."""
        return self._filter

    @property
    def error(self) -> FilterError | None:
        """The mistake in the text, if there is one."""
        return self._error

    def set_text(self, text: str) -> None:
        """Take a text; with a mistake in it only the mistake is kept."""
        if text == self._text:
            return
        self._text, self._error = text, None
        try:
            self._filter = replace(parse_filter(text), scan_id=self._filter.scan_id)
        except FilterError as error:
            self._error = error
        self.changed.emit()

    def set_scope(self, scan_id: ScanId | None) -> None:
        """Look at one scan, or at all of them."""
        if scan_id != self._filter.scan_id:
            self._filter = replace(self._filter, scan_id=scan_id)
            self.changed.emit()

    def set_words(self, field: str, words: Iterable[AnyWord]) -> None:
        """Ask by one field for these words only; for none of them, by this field no more."""
        self.set_text(with_words(self._text, field, words))

    def show_repeats(self, *, are_shown: bool) -> None:
        """Let repeats stand beside the others, or fold them."""
        self.set_text(with_repeats(self._text, are_shown=are_shown))

    def asks_by(self, field: str) -> bool:
        """Whether the text has a term with this field."""
        return has_field(self._text, field)

    def clear(self) -> None:
        """Ask for nothing any more; the scope stays."""
        self.set_text("")
