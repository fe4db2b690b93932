"""The chip row over the findings: severities, menus of other words, new findings, available fixes.

Chips and menus write the same language that is typed into the field, so the field always shows the
whole filter. With no chip of a kind on, the filter has no condition of that kind.
"""

from __future__ import annotations

from functools import partial
from itertools import accumulate

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSizePolicy, QSpacerItem, QWidget

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.filters.filter_language import words_of
from heimdall_desktop.domain.filters.filter_writing import CLOSED_FIELDS
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import word_of
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.controls.pane import Pane
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.text_labels import (
    add_choice,
    new_menu,
    pop_up_below,
    sub_menu,
)
from heimdall_desktop.widgets.look.painting import vertical_hairline
from heimdall_desktop.widgets.look.tokens import Ground

ROW_PX = 40
GAP_PX = 6
LINE_PX = 16
LINE_MARGIN_PX = 4  # beside the line between severities and menus

_MENUS = ("status", "source")
_TERMS = {"is:new": tr_noop("New"), "has:fix": tr_noop("Has fix")}

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
    """Fills menus; a chosen word is written into the filter."""

    def __init__(self, state: FilterState, model: FindingsModel) -> None:
        self._state, self._model = state, model

    def has_condition(self, field: str) -> bool:
        """Return whether the filter has a condition on anything in the menu of a field."""
        return any(self._state.asked(each) for each in (field, *_INSIDE.get(field, ())))

    def fill(self, menu: QMenu, field: str) -> None:
        """Add the words of a field, and menus of the fields that belong to it."""
        asked, closed = self._state.asked(field), CLOSED_FIELDS[field]
        # as if the field had no condition
        counts = self._model.count_words(closed.widened(self._model.filter), closed.word_of)
        clear = partial(self._state.set_words, field, ())
        add_choice(menu, tr(_ANY[field]), clear, is_on=not asked)
        menu.addSeparator()
        for word in words_of(field):
            toggle = partial(self._state.toggle_word, field, word)
            text = counted(word_of(word), counts[word])
            add_choice(menu, text, toggle, is_on=word in asked)
        if field in _INSIDE:
            menu.addSeparator()
        for other in _INSIDE.get(field, ()):
            self.add_to(menu, other)

    def add_to(self, menu: QMenu, field: str) -> None:
        """Add the menu of a field to another one; words are counted when it opens."""
        inner = sub_menu(menu, field_name(field))

        def begin() -> None:
            if inner.isEmpty():
                self.fill(inner, field)

        inner.aboutToShow.connect(begin)


def field_name(field: str) -> str:
    return tr(_NAMES[field])


def counted(word: str, count: int) -> str:
    """Return a menu row with a number at its end, where menus show keys."""
    return f"{word}\t{grouped(count)}".replace("&", "&&")


class FilterBar(Pane):
    """One row of chips that never wraps; those that do not fit move into "More"."""

    def __init__(
        self, state: FilterState, model: FindingsModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(Ground.SURFACE, parent=parent)
        self._state = state
        self._model = model
        self._words = WordMenus(state, model)
        self.setObjectName("filter_bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._severities = {
            severity: self._named(severity.value, Chip(word_of(severity), severity=severity))
            for severity in Severity
        }
        self._menus = {
            field: self._named(field, Chip(field_name(field), has_menu=True)) for field in _MENUS
        }
        self._terms = {term: self._named(term, Chip(tr(text))) for term, text in _TERMS.items()}
        self._change = self._named("change", Chip("", icon="ui-compare"))
        self._more = self._named("more", Chip(tr("More"), has_menu=True))
        for severity, chip in self._severities.items():
            chip.clicked.connect(lambda _, severity=severity: self._toggle(severity))
        for field, chip in self._menus.items():
            chip.clicked.connect(lambda _, field=field: self._open_words(field))
        for term, chip in self._terms.items():
            chip.clicked.connect(lambda _, term=term: self._switch(term))
        self._change.clicked.connect(lambda: state.set_words("change", ()))
        self._more.clicked.connect(self._open_more)
        ends = (self._change, *self._menus.values(), *self._terms.values(), self._more)
        self._chips, self._gap = (*self._severities.values(), *ends), QSpacerItem(0, 0)
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # chips may be hidden
        for chip in self._chips:
            if chip is ends[0]:
                self._row.addItem(self._gap)
            self._row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        self.keep_spaces(self._row, INSET_PX, 0, INSET_PX, 0, gap=GAP_PX)
        state.changed.connect(self._show_state)
        model.counts_changed.connect(self._show_state)
        self._show_state()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(ROW_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        height, place = self._theme.scale(LINE_PX), self._gap.geometry()
        if place.width() > 1:  # the line between severities and menus
            margin, y = self._theme.scale(LINE_MARGIN_PX), (self.height() - height) / 2
            x = place.left() + margin if self.isLeftToRight() else place.right() - margin
            with QPainter(self) as painter:
                vertical_hairline(painter, x, y, height, self._theme.tokens.hairline_strong)

    # -- chips --

    def _named(self, name: str, chip: Chip) -> Chip:
        chip.setParent(self)
        chip.setObjectName(f"chip_{name}")
        return chip

    def _toggle(self, severity: Severity) -> None:
        self._state.toggle_word("sev", severity)
        self._show_state()  # also without a change: a click has checked the chip

    def _switch(self, term: str) -> None:
        self._state.toggle_term(term)
        self._show_state()

    def _counts(self) -> dict[str, int]:
        return {"is:new": self._model.new, "has:fix": self._model.counts.fixes}

    def _show_state(self) -> None:
        asked, counts = self._state.asked("sev"), self._model.severities
        for severity, chip in self._severities.items():
            chip.set_count(counts[severity])
            chip.setChecked(severity in asked)
        for field, chip in self._menus.items():
            words, name = self._state.asked(field), field_name(field)
            chip.setChecked(self._words.has_condition(field))
            one = tr("{kind}: {word}")
            word = word_of(next(iter(words))) if len(words) == 1 else ""
            chip.set_label(one.format(kind=name, word=word) if word else name)
            chip.set_count(len(words) if len(words) > 1 else None)
        for term, count in self._counts().items():
            self._terms[term].set_count(count)
            self._terms[term].setChecked(self._state.has_term(term))
        changes = ", ".join(self._state.asked_changes)
        self._change.set_label(tr("Change: {words}").format(words=changes))
        self._change.setChecked(bool(changes))
        self._measure()

    # -- menus --

    def _open_words(self, field: str) -> None:
        menu = new_menu(self, field_name(field), "filter_menu")
        self._words.fill(menu, field)
        pop_up_below(menu, self._menus[field])

    def _open_more(self) -> None:
        menu = new_menu(self, tr("More"), "filter_menu")
        for severity, chip in self._severities.items():
            if not chip.isVisible() and self._is_wanted(chip):
                count = self._model.severities[severity]
                text, toggle = counted(word_of(severity), count), partial(self._toggle, severity)
                add_choice(menu, text, toggle, is_on=chip.isChecked())
        for field, chip in self._menus.items():
            if not chip.isVisible():
                self._words.add_to(menu, field)
        for term, count in self._counts().items():
            if not self._terms[term].isVisible():
                text, switch = counted(tr(_TERMS[term]), count), partial(self._switch, term)
                add_choice(menu, text, switch, is_on=self._state.has_term(term))
        pop_up_below(menu, self._more)

    # -- places --

    def _is_wanted(self, chip: Chip) -> bool:
        """Return whether a chip applies now: an unknown severity only if there is one."""
        if chip is self._change:
            return chip.isChecked()
        if chip is not self._severities[Severity.OTHER]:
            return chip is not self._more
        return chip.isChecked() or self._model.severities[Severity.OTHER] > 0

    def _measure(self) -> None:
        """Show the wanted chips that fit from the start, and "More" if not all do."""
        scale, wanted = self._theme.scale, [chip for chip in self._chips if self._is_wanted(chip)]
        room = self.width() - 2 * scale(INSET_PX) - 2 * scale(LINE_MARGIN_PX)
        widths = [chip.sizeHint().width() + scale(GAP_PX) for chip in (*wanted, self._more)]
        shown = wanted
        if sum(widths[:-1]) > room:
            ends = accumulate(widths[:-1])
            count = sum(end <= room - widths[-1] for end in ends)
            shown = [*wanted[:count], self._more]
        for chip in self._chips:
            chip.setVisible(chip in shown)
        has_ends = any(chip in shown for chip in self._chips[len(self._severities) :])
        gap = 2 * scale(LINE_MARGIN_PX) + 1 + scale(GAP_PX)  # Qt leaves no other after it
        self._gap.changeSize(gap if has_ends else 0, 0)
        self._more.setChecked(any(chip.isChecked() for chip in wanted if chip not in shown))
        self._row.invalidate()
        self._row.activate()
        self.update()
