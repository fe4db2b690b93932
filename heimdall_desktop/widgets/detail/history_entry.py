"""One entry of a finding's history: what changed, who did it and when, and what was said."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.detail.finding_history import HistoryLine
from heimdall_desktop.widgets.controls.labels import Label, show_tip
from heimdall_desktop.widgets.controls.moment_text import full_moment, short_moment
from heimdall_desktop.widgets.controls.text_block import TextBlock
from heimdall_desktop.widgets.controls.wrapped_label import Run, WrappedLabel
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

CHANGE_LINES = 3


class HistoryEntry(QWidget):
    """Shows one audit entry.

    Args:
        theme: The look.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._change = WrappedLabel(theme, Role.SMALL, 18, CHANGE_LINES, self)
        self._change.setObjectName("change")
        self._moment = Label(theme, "", Role.SMALL, tone=Tone.MUTED, is_tabular=True, parent=self)
        self._moment.setObjectName("moment")
        self._comment: TextBlock | None = None  # few have one, and it is a widget of some size
        self._who = Label(theme, "", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._who.setObjectName("who")
        self._top = QHBoxLayout()
        self._top.addWidget(self._change, 1)
        self._top.addWidget(self._moment)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        self._column.addWidget(self._who)
        theme.changed.connect(self._measure)
        self._measure()

    def show_line(self, line: HistoryLine) -> None:
        """Show an entry."""
        self._change.show_runs(Run(line.heading, Weight.SEMIBOLD), Run(f"  {line.change}".rstrip()))
        self._moment.setText(short_moment(line.at))
        show_tip(self._moment, full_moment(line.at))
        seen = tr("{who}, seen while watching").format(who=line.who)
        self._who.setText(seen if line.is_seen else line.who)
        if line.comment and self._comment is None:
            self._comment = TextBlock(self._theme, parent=self)
            self._comment.setObjectName("comment")
            self._column.addWidget(self._comment)
        if self._comment is not None:
            self._comment.set_text(line.comment, tr("Comment"))
            self._comment.setVisible(bool(line.comment))

    def _measure(self) -> None:
        self._top.setSpacing(self._theme.scale(8))
        self._column.setSpacing(self._theme.scale(2))
