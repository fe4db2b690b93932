"""One entry of a finding's history: what changed, from what to what, when, and what was said."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.finding import FindingEvent
from heimdall_desktop.widgets.finding_words import event_change, event_heading
from heimdall_desktop.widgets.labels import Label, safe_tip
from heimdall_desktop.widgets.moment_text import full_moment, short_moment
from heimdall_desktop.widgets.text_block import TextBlock
from heimdall_desktop.widgets.theme import Role, Theme, Weight
from heimdall_desktop.widgets.tokens import Tone
from heimdall_desktop.widgets.wrapped_label import Run, WrappedLabel

CHANGE_LINES = 3


class HistoryEntry(QWidget):
    """Shows one audit entry.

    Args:
        theme: The look.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change = WrappedLabel(theme, Role.SMALL, 18, CHANGE_LINES, self)
        self._change.setObjectName("change")
        self._moment = Label(theme, "", Role.SMALL, tone=Tone.MUTED, is_tabular=True, parent=self)
        self._moment.setObjectName("moment")
        self._comment = TextBlock(theme, parent=self)
        self._comment.setObjectName("comment")
        top = QHBoxLayout()
        top.setSpacing(theme.scale(8))
        top.addWidget(self._change, 1)
        top.addWidget(self._moment)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.scale(2))
        column.addLayout(top)
        column.addWidget(self._comment)

    def show_event(self, event: FindingEvent) -> None:
        """Show an entry."""
        self._change.show_runs(
            Run(event_heading(event), Weight.SEMIBOLD), Run(f"  {event_change(event)}".rstrip())
        )
        self._moment.setText(short_moment(event.created_at))
        self._moment.setToolTip(safe_tip(full_moment(event.created_at)))
        self._comment.set_text(event.comment or "", "Comment")
        self._comment.setVisible(bool(event.comment))
