"""Menus of the words of a filter's fields, such as every status, with the number of findings."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QMenu

from heimdall_desktop.domain.filters.closed_fields import CLOSED_FIELDS
from heimdall_desktop.domain.filters.filter_language import AnyWord, words_of
from heimdall_desktop.domain.words.i18n import grouped, tr, tr_noop
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.controls.sub_menu import sub_menu

_INSIDE = {"status": ("is",), "source": ("stage", "conf")}  # fields in the menu of another one
_NAMES = {
    "status": tr_noop("Status"),
    "source": tr_noop("Source"),
    "is": tr_noop("Verdict"),
    "stage": tr_noop("Stage"),
    "conf": tr_noop("Confidence"),
}
_ANY = {
    "status": tr_noop("Any status"),
    "source": tr_noop("Any source"),
    "is": tr_noop("Any verdict"),
    "stage": tr_noop("Any stage"),
    "conf": tr_noop("Any confidence"),
}


class WordMenus:
    """Fills menus; a word that is chosen is written into the filter.

    Args:
        state: The filter.
        model: The rows that are counted.
    """

    def __init__(self, state: FilterState, model: FindingsModel) -> None:
        self._state, self._model = state, model

    def is_asked(self, field: str) -> bool:
        """Return whether anything in the menu of a field is asked for."""
        return any(self._state.asked(each) for each in (field, *_INSIDE.get(field, ())))

    def fill(self, menu: QMenu, field: str) -> None:
        """Put in the words of a field, and menus of the fields that belong to it."""
        asked, counts = self._state.asked(field), self._count(field)
        all_of_them = menu.addAction(tr(_ANY[field]))
        all_of_them.setCheckable(True)
        all_of_them.setChecked(not asked)
        all_of_them.triggered.connect(lambda: self._state.set_words(field, ()))
        menu.addSeparator()
        for word in words_of(field):
            action = menu.addAction(counted(word.word, counts[word]))
            action.setCheckable(True)
            action.setChecked(word in asked)
            action.triggered.connect(lambda _, word=word: self._state.toggle_word(field, word))
        if field in _INSIDE:
            menu.addSeparator()
        for other in _INSIDE.get(field, ()):
            self.add_to(menu, other)

    def add_to(self, menu: QMenu, field: str) -> None:
        """Put the menu of a field into another one; words are counted when somebody opens it."""
        inner = sub_menu(menu, field_name(field))

        def begin() -> None:
            if inner.isEmpty():
                self.fill(inner, field)

        inner.aboutToShow.connect(begin)

    def _count(self, field: str) -> Counter[AnyWord]:
        """Count what would be shown of each word if the field were not asked for."""
        closed = CLOSED_FIELDS[field]
        counts = self._model.count_words(closed.widened(self._model.filter), closed.word_of)
        return Counter({word: count for word, count in counts.items() if word is not None})


def field_name(field: str) -> str:
    """Return what a field is called."""
    return tr(_NAMES[field])


def counted(word: str, count: int) -> str:
    """Return a line of a menu with a number at its end, where menus show keys."""
    return f"{word}\t{grouped(count)}".replace("&", "&&")
