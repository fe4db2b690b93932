"""The filter over the findings: the field with its typed text in colours, and the row of chips.

Chips and menus write the same language that is typed into the field, so the field always shows the
whole filter. With no chip of a kind on, the filter has no condition of that kind.
Source: look.md 5 ("Filter field").
"""

from collections.abc import Iterator
from functools import partial
from itertools import accumulate

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import Severity, one_line
from heimdall_desktop.domain.filters.filter_language import CLOSED_FIELDS, words_of
from heimdall_desktop.domain.filters.filter_terms import terms_of
from heimdall_desktop.domain.proposals import Certainty
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.suggestion_models import ValueCounter
from heimdall_desktop.presentation.filter_text import mistake_text
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import word_of
from heimdall_desktop.presentation.proposal_text import CERTAINTY_WORDS
from heimdall_desktop.widgets.controls import text_labels
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.pane import Edge, Pane, Veil, named
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.filters.filter_completer import FilterCompleter
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import vertical_hairline
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Ground, Tone

EXAMPLE = tr_noop("Filter, such as sev>=high -status:dismissed")

Span = tuple[int, int, QtGui.QTextCharFormat]

#: Fields with a fixed set of words: not a file, a scan or a title.
NAMELESS = {
    *("sev", "conf", "status", "source", "stage", "is", "has", "change", "proposed", "reason"),
    *("show", "cwe", "line", "new", "since"),
}
MISTAKE_PX = 30
ICON_GAP_PX = 8


class FilterInk(QObject):
    """Colours values, operators, the minus, and the place of an error in an input.

    A `QLineEdit` accepts formats as an input method would send them, so the field stays one line,
    with its own undo, for assistive technology too. While an input method composes, nothing is
    sent.

    Args:
        state: The content of the input, and its error.
        edit: The input; its owner as well.
    """

    def __init__(self, state: FilterState, edit: QtWidgets.QLineEdit) -> None:
        super().__init__(edit)
        self._theme, self._state, self._edit = theme_of(edit), state, edit
        self._is_composing = self._is_sending = False
        edit.installEventFilter(self)
        state.changed.connect(self.refresh)
        state.mistake_changed.connect(self.refresh)
        self._theme.changed.connect(self.refresh)

    def refresh(self) -> None:
        text = self._edit.text()
        if self._is_composing or text != self._state.text:
            return
        cursor = self._edit.cursorPosition()
        attributes = [
            QtGui.QInputMethodEvent.Attribute(
                QtGui.QInputMethodEvent.AttributeType.TextFormat,
                _units(text[:start]) - cursor,
                _units(text[start : start + length]),
                text_format,
            )
            for start, length, text_format in self._spans(text)
        ]
        self._is_sending = True
        QCoreApplication.sendEvent(self._edit, QtGui.QInputMethodEvent("", attributes))
        self._is_sending = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QtGui.QInputMethodEvent) and not self._is_sending:
            self._is_composing = bool(event.preeditString())
        return False

    def _spans(self, text: str) -> Iterator[Span]:
        tokens, error = self._theme.tokens, self._state.mistake
        muted, accent, minus = (QtGui.QTextCharFormat() for _ in range(3))
        muted.setForeground(tokens.muted)
        accent.setForeground(tokens.accent)
        accent.setFontWeight(QtGui.QFont.Weight.Medium)
        minus.setForeground(tokens.failed)
        minus.setFontWeight(QtGui.QFont.Weight.Bold)
        for term in terms_of(text):
            if term.has_minus:
                yield term.position, 1, minus
            if term.field:
                head = term.position + term.has_minus
                yield head, term.value_position - head, muted
                yield term.value_position, len(term.value), accent
        if error is not None:
            wrong = QtGui.QTextCharFormat()
            wrong.setForeground(tokens.failed)
            wrong.setUnderlineColor(tokens.failed)
            wrong.setUnderlineStyle(QtGui.QTextCharFormat.UnderlineStyle.WaveUnderline)
            yield error.position, error.length, wrong


def _units(text: str) -> int:
    """Return how many of Qt's UTF-16 units a text takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class MistakeLine(Pane):
    """Shows the error in the filter; hidden if there is none."""

    def __init__(self, state: FilterState, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, Edge.BOTTOM, parent=parent)
        self._state = state
        self.setObjectName("filter_mistake")
        self.setSizePolicy(
            QtWidgets.QSizePolicy.Policy.Preferred, QtWidgets.QSizePolicy.Policy.Fixed
        )
        self._text = text_labels.Label("", Role.SMALL, elide=Qt.TextElideMode.ElideRight)
        self._fix = named(LinkButton(tr("Fix it"), self), "filter_fix")
        self._fix.clicked.connect(state.fix)
        row = QtWidgets.QHBoxLayout(self)
        row.addWidget(text_labels.IconMark("ui-warning", tone=Tone.FAILED))
        row.addWidget(self._text)
        row.addWidget(self._fix)
        row.addStretch(1)
        self.keep_spaces(row, INSET_PX, 0, INSET_PX, 0, gap=ICON_GAP_PX, lines=Edge.BOTTOM)
        state.mistake_changed.connect(self.present)
        self.present()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(MISTAKE_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def present(self) -> None:
        """Show the error as far as presenting allows it."""
        error = None if Veil.is_on() else self._state.mistake  # it repeats typed text
        self.setVisible(error is not None)
        if error is not None:
            text = tr("{mistake}  The last valid filter stays active.")
            self._text.setText(text.format(mistake=one_line(mistake_text(error))))
            self._fix.setVisible(bool(error.remedy))
            self.setAccessibleName(mistake_text(error))


class FilterField(SearchField):
    """Writes the filter while the user types, and shows how much of the scope is left."""

    left = Signal()
    """Move the keyboard to the table: Return or the down arrow was pressed."""

    def __init__(
        self,
        state: FilterState,
        model: FindingsModel,
        values: ValueCounter,
        memory: WindowMemory,
        parent: QtWidgets.QWidget | None = None,
    ) -> None:
        super().__init__(tr("Filter"), placeholder=tr(EXAMPLE), keys="Ctrl+F", parent=parent)
        self._state = state
        self._model = model
        self.setObjectName("filter_field")
        self.edit.setObjectName("filter_edit")
        self.end.clear_button.setObjectName("filter_clear")
        self._ink = FilterInk(state, self.edit)
        self.completer = FilterCompleter(state, values, memory, self.edit, self)
        self.edit.textChanged.connect(state.set_text)
        state.changed.connect(self._show_state)
        model.counts_changed.connect(self._show_counts)
        self._show_state()

    def focus(self) -> None:
        """Take the focus and select the text, ready to be replaced."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def present(self) -> None:
        """Hide names of files, scans or words while presenting is on, or show them again."""
        terms, modes = terms_of(self._state.text), QtWidgets.QLineEdit.EchoMode
        is_hidden = Veil.is_on() and any(term.known_field not in NAMELESS for term in terms)
        self.edit.setEchoMode(modes.Password if is_hidden else modes.Normal)
        error = None if Veil.is_on() else self._state.error
        self.edit.setAccessibleDescription(mistake_text(error) if error else "")

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        """Handle keys the input ignores: Escape clears, Return and Down go to the table."""
        if event.key() == Qt.Key.Key_Escape and self.edit.text():
            self._state.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        edit, x = self.edit.geometry(), event.position().toPoint().x()
        is_on_icon = x < edit.left() if self.isLeftToRight() else x >= edit.right()
        if event.button() is Qt.MouseButton.LeftButton and is_on_icon:
            self.completer.open_sheet()
        else:
            super().mousePressEvent(event)

    def _show_state(self) -> None:
        if self.edit.text() != self._state.text:
            self.edit.setText(self._state.text)
            self._ink.refresh()
        self.present()
        self._show_counts()

    def _show_counts(self) -> None:
        shown, total = grouped(self._model.shown), grouped(self._model.counts.total)
        self.set_result(tr("{shown} of {total}").format(shown=shown, total=total))


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

    def fill(self, menu: QtWidgets.QMenu, field: str) -> None:
        """Add the words of a field, and menus of the fields that belong to it."""
        asked, closed = self._state.asked(field), CLOSED_FIELDS[field]
        # as if the field had no condition
        counts = self._model.listing.count_words(closed.widened(self._model.filter), closed.word_of)
        clear = partial(self._state.set_words, field, ())
        text_labels.add_choice(menu, tr(_ANY[field]), clear, is_on=not asked)
        menu.addSeparator()
        for word in words_of(field):
            toggle = partial(self._state.toggle_word, field, word)
            text = counted(word_of(word), counts[word])
            text_labels.add_choice(menu, text, toggle, is_on=word in asked)
        if field in _INSIDE:
            menu.addSeparator()
        for other in _INSIDE.get(field, ()):
            self.add_to(menu, other)

    def add_to(self, menu: QtWidgets.QMenu, field: str) -> None:
        """Add the menu of a field to another one; words are counted when it opens."""
        inner = text_labels.sub_menu(menu, field_name(field))

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
        self, state: FilterState, model: FindingsModel, parent: QtWidgets.QWidget | None = None
    ) -> None:
        super().__init__(Ground.SURFACE, parent=parent)
        self._state = state
        self._model = model
        self._words = WordMenus(state, model)
        self.setObjectName("filter_bar")
        self.setSizePolicy(
            QtWidgets.QSizePolicy.Policy.Preferred, QtWidgets.QSizePolicy.Policy.Fixed
        )
        self._severities = {
            severity: self._named(severity.value, Chip(word_of(severity), severity=severity))
            for severity in Severity
        }
        self._menus = {
            field: self._named(field, Chip(field_name(field), has_menu=True)) for field in _MENUS
        }
        self._terms = {term: self._named(term, Chip(tr(text))) for term, text in _TERMS.items()}
        self._change = self._named("change", Chip("", icon="ui-compare"))
        self._proposed = self._named("proposed", Chip(tr("Decided before"), icon="ui-history"))
        self._more = self._named("more", Chip(tr("More"), has_menu=True))
        for severity, chip in self._severities.items():
            chip.clicked.connect(lambda _, severity=severity: self._toggle(severity))
        for field, chip in self._menus.items():
            chip.clicked.connect(lambda _, field=field: self._open_words(field))
        for term, chip in self._terms.items():
            chip.clicked.connect(lambda _, term=term: self._switch(term))
        self._change.clicked.connect(lambda: state.set_words("change", ()))
        self._proposed.clicked.connect(self._switch_proposed)
        self._more.clicked.connect(self._open_more)
        firsts = (self._change, self._proposed)
        ends = (*firsts, *self._menus.values(), *self._terms.values(), self._more)
        self._chips, self._gap = (*self._severities.values(), *ends), QtWidgets.QSpacerItem(0, 0)
        self._row = QtWidgets.QHBoxLayout(self)
        # chips may be hidden
        self._row.setSizeConstraint(QtWidgets.QLayout.SizeConstraint.SetNoConstraint)
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

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        super().paintEvent(event)
        height, place = self._theme.scale(LINE_PX), self._gap.geometry()
        if place.width() > 1:  # the line between severities and menus
            margin, y = self._theme.scale(LINE_MARGIN_PX), (self.height() - height) / 2
            x = place.left() + margin if self.isLeftToRight() else place.right() - margin
            with QtGui.QPainter(self) as painter:
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

    def _switch_proposed(self) -> None:
        if self._state.asked_proposals:
            self._state.set_words("proposed", ())
        else:
            self._state.set_only("proposed", "any")
        self._show_state()

    def _counts(self) -> dict[str, int]:
        return {"is:new": self._model.counts.new, "has:fix": self._model.counts.fixes}

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
        proposals = [each for each in self._state.asked_proposals if each != "any"]
        name, one = tr("Decided before"), tr("{kind}: {word}")
        word = ", ".join(tr(CERTAINTY_WORDS[Certainty(each)]) for each in proposals)
        self._proposed.set_label(one.format(kind=name, word=word) if word else name)
        self._proposed.set_count(self._model.proposed.total())
        self._proposed.setChecked(bool(self._state.asked_proposals))
        self._measure()

    # -- menus --

    def _open_words(self, field: str) -> None:
        menu = text_labels.new_menu(self, field_name(field), "filter_menu")
        self._words.fill(menu, field)
        text_labels.pop_up_below(menu, self._menus[field])

    def _open_more(self) -> None:
        menu = text_labels.new_menu(self, tr("More"), "filter_menu")
        for severity, chip in self._severities.items():
            if not chip.isVisible() and self._is_wanted(chip):
                count = self._model.severities[severity]
                text, toggle = counted(word_of(severity), count), partial(self._toggle, severity)
                text_labels.add_choice(menu, text, toggle, is_on=chip.isChecked())
        if not self._proposed.isVisible() and self._is_wanted(self._proposed):
            text = counted(tr("Decided before"), self._model.proposed.total())
            is_on = self._proposed.isChecked()
            text_labels.add_choice(menu, text, self._switch_proposed, is_on=is_on)
        for field, chip in self._menus.items():
            if not chip.isVisible():
                self._words.add_to(menu, field)
        for term, count in self._counts().items():
            if not self._terms[term].isVisible():
                text, switch = counted(tr(_TERMS[term]), count), partial(self._switch, term)
                text_labels.add_choice(menu, text, switch, is_on=self._state.has_term(term))
        text_labels.pop_up_below(menu, self._more)

    # -- places --

    def _is_wanted(self, chip: Chip) -> bool:
        """Return whether a chip applies now: an unknown severity only if there is one."""
        if chip is self._change:
            return chip.isChecked()
        if chip is self._proposed:
            return chip.isChecked() or self._model.proposed.total() > 0
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
