"""One tab of what was found: its rows, or why there are none and what helps. Source: ux.md 2.6."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, PageUnreadable, SignedOut
from heimdall_desktop.presentation.board.discovery import RepoFinds, ScanFinds
from heimdall_desktop.presentation.error_text import cause, error_text, remedy
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.adding.discovery_list import DiscoveryList
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.dialog_frame import INSET_PX
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.labels import IconMark, Label, show_tip
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone


class PageWords(Struct, frozen=True):
    """What a tab says while it has no rows; marked for translation, not yet translated.

    Attributes:
        reading: one sentence while it is read.
        none, consequence: two sentences when there is nothing.
        more: what is said below the rows when the server has more of them.
    """

    reading: str
    none: str
    consequence: str
    more: str = ""


class DiscoveryPage(QWidget):
    """Shows finds as they come.

    Args:
        rows: The list.
        words: What it says in place of rows.
        parent: Its owner.
    """

    again_wanted = Signal()
    """It is to be read again."""
    sign_in_wanted = Signal()
    """The sign-in form is to open."""
    paste_wanted = Signal()
    """The field for links is to open instead."""

    def __init__(
        self, rows: DiscoveryList, words: PageWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows, self._words = rows, words
        self._error: HeimdallError | None = None
        self._empty = EmptyState(self)
        self._empty.setObjectName("finds-empty")
        self._empty.action_requested.connect(self._act)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(rows)
        self._pages.addWidget(self._empty)
        self._note = _Note(self)
        self._note.again_wanted.connect(self._act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(self._note)
        self.setFocusProxy(rows)
        self.show_reading()

    def take_keyboard(self) -> None:
        """Take the keyboard onto the rows, or onto what stands in their place."""
        if self._pages.currentWidget() is self.rows:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._empty.take_keyboard()

    def show_reading(self) -> None:
        """Say that the rows are being read."""
        self._error = None
        self._say(Emptiness("conn-reconnecting", tr(self._words.reading)))

    def show_finds(self, finds: ScanFinds | RepoFinds, shown: int) -> None:
        """Show how far a reading has come; the rows themselves are the model's.

        Args:
            finds: the reading.
            shown: how many rows of it this tab shows.
        """
        self._error = finds.error
        if shown:
            self._turn_to(self.rows)
            self._note.show_end(finds.error, tr(self._words.more) if finds.has_more else "")
        elif finds.error is not None:
            action = _action(finds.error)
            words = cause(finds.error), remedy(finds.error)
            failed = Emptiness("ui-warning", *words, action, Tone.WARNING)
            self._say(failed)
        elif finds.is_done:
            self._say(Emptiness("ui-search", tr(self._words.none), tr(self._words.consequence)))
        else:
            self._say(Emptiness("conn-reconnecting", tr(self._words.reading)))

    def _say(self, state: Emptiness) -> None:
        self._note.show_end(None, "")
        self._empty.show_state(state)
        self._turn_to(self._empty)

    def _turn_to(self, page: DiscoveryList | EmptyState) -> None:
        """Show the rows or why there are none; the keyboard stays on this page if it is here."""
        had_focus = holds_focus(self._pages, self.window().focusWidget())
        policy = Qt.FocusPolicy.TabFocus if page is self.rows else Qt.FocusPolicy.NoFocus
        self.rows.setFocusPolicy(policy)  # or Tab would go to hidden rows and stay there
        self._pages.setCurrentWidget(page)
        if had_focus:
            self.take_keyboard()

    def _act(self) -> None:
        match self._error:
            case SignedOut() | LinkError():
                self.sign_in_wanted.emit()
            case PageUnreadable():
                self.paste_wanted.emit()
            case _:
                self.again_wanted.emit()


class _Note(QWidget):
    """One line below the rows: that they are not all."""

    again_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = theme_of(self)
        self._mark = IconMark("ui-warning", 14, Tone.WARNING, self)
        self._words = Label("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._words.setObjectName("finds-note")
        self._again = LinkButton("", self)
        self._again.clicked.connect(self.again_wanted)
        inset = theme.scale(INSET_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(inset, theme.scale(4), inset, theme.scale(4))
        row.setSpacing(theme.scale(6))
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._again)
        self.hide()

    def show_end(self, error: HeimdallError | None, more: str) -> None:
        """Say why not all rows are there; nothing for neither."""
        text = more
        if error is not None:
            text = tr("Couldn't load everything: {cause}").format(cause=cause(error))
        self._words.setText(text)
        show_tip(self._words, error_text(error) if error else more)
        self._mark.setVisible(error is not None)
        self._again.setVisible(error is not None)
        self._again.set_label("" if error is None else _action(error))
        self.setVisible(bool(text))


def _action(error: HeimdallError) -> str:
    match error:
        case SignedOut() | LinkError():
            return tr("Sign in")
        case PageUnreadable():
            return tr("Paste links")
        case _:
            return tr("Retry")
