"""Says that a scan has found a finding more than once, and leads to its other rows."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table.columns import status_word
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.flow_layout import FlowLayout
from heimdall_desktop.widgets.controls.icon_mark import IconMark
from heimdall_desktop.widgets.controls.labels import Label, show_tip
from heimdall_desktop.widgets.controls.moment_text import full_moment, short_moment
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

MOST_LINKS = 3  # a scan has three attempts; more rows than that are reached through the table
STATUS_LIMIT = 20  # characters of a word nobody foresaw
LINE_PX = 24
GAP_PX = 5


class RepeatsLine(QWidget):
    """Is there only where a finding has several rows; nobody misses what was decided of an old one.

    Args:
        theme: The look.
        parent: The owner.

    Signals:
        finding_wanted: id of another row of the finding.
    """

    finding_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ids: list[str] = []
        self._fact = Label(theme, "", Role.SMALL, Weight.SEMIBOLD)
        self._fact.setObjectName("repeats-fact")
        self._lead = Label(theme, "", Role.SMALL, tone=Tone.MUTED)
        self._lead.setObjectName("repeats-lead")
        self._start = QWidget(self)
        self._row = QHBoxLayout(self._start)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (IconMark(theme, "ui-group"), self._fact, self._lead):
            self._row.addWidget(part)
        self._links = [self._make_link(place) for place in range(MOST_LINKS)]
        self._rest = Label(theme, "", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._rest.setObjectName("repeats-rest")
        self._flow = FlowLayout(self, 0, 0)
        for widget in (self._start, *self._links, self._rest):
            self._flow.addWidget(widget)
        theme.changed.connect(self._measure)
        self._measure()
        self.hide()

    def show_readings(self, finding: Finding, readings: Sequence[Finding]) -> None:
        """Show where else a finding stands.

        Args:
            finding: the row that is shown.
            readings: all rows of the finding, newest first.
        """
        others = [row for row in readings if row.id != finding.id]
        if finding.is_repeat:
            others = others[:1]
        self._ids = [row.id for row in others[:MOST_LINKS]]
        self._fact.setText(tr("A repeat.") if finding.is_repeat else tr("Found again."))
        self._lead.setText(_lead(finding))
        for place, link in enumerate(self._links):
            link.setVisible(place < len(others))
            if place < len(others):
                link.set_label(_words(others[place]))
                show_tip(link, full_moment(others[place].created_at))
        more = len(others) - MOST_LINKS
        self._rest.setText(tr("and %n more", "", more) if more > 0 else "")
        self._rest.setVisible(more > 0)
        self.setVisible(bool(others))

    def _make_link(self, place: int) -> LinkButton:
        link = LinkButton(self._theme, parent=self, is_inline=True)
        link.setObjectName(f"repeats-link-{place}")
        link.clicked.connect(lambda: self.finding_wanted.emit(self._ids[place]))
        return link

    def _measure(self) -> None:
        scale = self._theme.scale
        self._flow.set_gaps(scale(GAP_PX), 0)
        self._row.setSpacing(scale(GAP_PX))
        for part in (self._start, self._rest):
            part.setFixedHeight(scale(LINE_PX))


def _lead(finding: Finding) -> str:
    return tr("The scan has found it again since:") if finding.is_repeat else tr("Earlier:")


def _words(row: Finding) -> str:
    return f"{short_moment(row.created_at)}, {status_word(row)[:STATUS_LIMIT]}"
