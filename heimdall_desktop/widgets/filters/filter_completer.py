"""Brings completion to the filter field: keys, the list under it, recent filters, the sheet.

The sheet shows the filter language with examples that can be clicked into the field.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.filters.recent_filters import read_recent, with_recent, write_recent
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.value_counter import ValueCounter
from heimdall_desktop.presentation.filters.filter_completion import Offer, complete, recent_offers
from heimdall_desktop.presentation.filters.filter_text import FIELD_NOTES, RULES, FieldNote
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import LinkButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.labels import Label
from heimdall_desktop.widgets.controls.scroll_page import ScrollPage
from heimdall_desktop.widgets.controls.veil import Veil
from heimdall_desktop.widgets.filters.completion_popup import CompletionPopup
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

MEMORY_NAME = "recent-filters"

SHEET_PX, SHEET_PAGE_PX = 720, 460
FIELD_PX = 60
GAP_PX, RULE_GAP_PX = 12, 4


class FilterSheet(DialogFrame):
    """Explains fields and rules; an example goes into the field at a click.

    Args:
        parent: The window.
    """

    example_chosen = Signal(str)
    """A term to put into the filter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Filter syntax"), SHEET_PX, parent, is_veiled=False)
        self.setObjectName("filter-sheet")
        for rule in RULES:
            self.column.addWidget(Label(tr(rule), Role.SMALL, tone=Tone.MUTED))
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, self._theme.scale(RULE_GAP_PX), 0, 0)
        grid.setHorizontalSpacing(self._theme.scale(GAP_PX))
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, self._theme.scale(FIELD_PX))
        grid.setColumnStretch(2, 1)
        for row, note in enumerate(FIELD_NOTES):
            self._add_note(grid, row, note)
        page = ScrollPage(content)
        page.setMinimumHeight(min(self._theme.scale(SHEET_PAGE_PX), content.sizeHint().height()))
        self.column.addWidget(page, 1)
        self.add_end(self._make_end())

    def _add_note(self, grid: QGridLayout, row: int, note: FieldNote) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        name = f"{note.field}:" if note.field else tr("text")
        grid.addWidget(Label(name, Role.BODY, Weight.SEMIBOLD), row, 0, middle)
        meaning = Label(tr(note.meaning), Role.SMALL, tone=Tone.MUTED)
        grid.addWidget(meaning, row, 1, middle)
        examples = QHBoxLayout()
        examples.setSpacing(theme.scale(GAP_PX))
        for example in note.examples:
            link = LinkButton(example)
            link.setObjectName(f"example_{example}")
            link.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # like all code
            link.clicked.connect(lambda _=False, text=example: self._choose(text))
            examples.addWidget(link)
        examples.addStretch(1)
        grid.addLayout(examples, row, 2)

    def _make_end(self) -> QHBoxLayout:
        end = QHBoxLayout()
        end.addStretch(1)
        done = PrimaryButton(tr("Done"))
        done.setObjectName("filter-sheet-done")
        done.clicked.connect(self.accept)
        end.addWidget(done)
        return end

    def _choose(self, example: str) -> None:
        self.accept()
        self.example_chosen.emit(example)


class FilterCompleter(QObject):
    """Watches the input of a filter field.

    Args:
        state: The filter that is written.
        values: Counts the values that rows have.
        memory: Keeps what was used of late.
        edit: The input.
        field: What the list stands under; the owner.
    """

    def __init__(
        self,
        state: FilterState,
        values: ValueCounter,
        memory: WindowMemory,
        edit: QLineEdit,
        field: QWidget,
    ) -> None:
        super().__init__(field)
        self._state, self.values = state, values
        self._memory, self._edit, self._field = memory, edit, field
        self._offered_for = ""
        self._popup = CompletionPopup()
        self._popup.chosen.connect(self._take)
        self._popup.sheet_wanted.connect(self.open_sheet)
        self.destroyed.connect(self._popup.deleteLater)
        edit.installEventFilter(self)
        field.installEventFilter(self)
        edit.textEdited.connect(self._offer)
        edit.textChanged.connect(self._leave_other)
        values.changed.connect(self._refresh)

    def open_sheet(self) -> None:
        """Show the sheet of the language."""
        self._popup.hide()
        sheet = FilterSheet(self._field.window())
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.example_chosen.connect(self._add)
        sheet.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that move in the list, and hide it where it makes no sense any more."""
        kind = event.type()
        if watched is self._field:
            if kind in (QEvent.Type.Resize, QEvent.Type.Hide):
                self._popup.hide()
        elif kind is QEvent.Type.FocusIn:
            self.values.look(self._state.filter.scan_id)
        elif kind is QEvent.Type.FocusOut:
            self._popup.hide()
            self._remember()
        elif kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_F1:
                event.accept()  # the window's own sheet rests
                return True
        elif kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return False

    # -- offering --

    def _offer(self) -> None:
        text = self._offered_for = self._edit.text()
        if not text:
            self._popup.hide()
            return
        self.values.look(self._state.filter.scan_id)
        completion = complete(text, self._edit.cursorPosition(), self.values.counts)
        self._popup.show_under(self._field, completion)

    def _leave_other(self, text: str) -> None:
        """Hide what was offered for a text that has been replaced from elsewhere."""
        if text != self._offered_for:
            self._popup.hide()

    def _refresh(self) -> None:
        """Show new counts, unless that moved the offers under the keys."""
        if self._popup.isVisible() and self._popup.offer is None and self._edit.text():
            self._offer()

    def _offer_recent(self) -> bool:
        recent = () if Veil.is_on() else read_recent(self._memory.text(MEMORY_NAME))
        if recent:
            self._popup.show_under(self._field, recent_offers(recent))
            self._popup.step(1)
        return bool(recent)

    # -- keys --

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_F1:
            self.open_sheet()
            return True
        if not self._popup.isVisible():
            is_asked = key is Qt.Key.Key_Down and not self._edit.text()
            return is_asked and self._offer_recent()
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Down: lambda: self._popup.step(1),
            Qt.Key.Key_Up: lambda: self._popup.step(-1),
            Qt.Key.Key_Escape: self._popup.hide,
        }
        if key in keys:
            keys[key]()
            return True
        if key is Qt.Key.Key_Tab and not event.modifiers():
            self._take(self._popup.offer or self._popup.completion.offers[0])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            offer = self._popup.offer
            if offer is not None:
                self._take(offer)
                return True
            self._popup.hide()
            self._remember()
        return False

    # -- taking --

    def _take(self, offer: Offer) -> None:
        text, cursor = self._popup.completion.applied(self._edit.text(), offer)
        self._put(text, cursor)
        if offer.text.endswith((":", "=")):
            self._offer()
        else:
            self._popup.hide()

    def _add(self, term: str) -> None:
        text = f"{self._state.text} {term}".strip()
        self._put(text, len(text))
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, text: str, cursor: int) -> None:
        self._edit.setText(text)
        self._edit.setCursorPosition(cursor)

    def _remember(self) -> None:
        if self._state.error is None:
            recent = read_recent(self._memory.text(MEMORY_NAME))
            self._memory.keep(MEMORY_NAME, write_recent(with_recent(recent, self._state.text)))
