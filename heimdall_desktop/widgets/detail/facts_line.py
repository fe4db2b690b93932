"""The lines under a finding's title: its origin and properties, and its other rows."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.domain.facts.finding import Confidence, Finding, Source, one_line
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import status_word, word_of
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.chips import FlowLayout
from heimdall_desktop.widgets.controls.labels import (
    IconMark,
    Label,
    full_moment,
    short_moment,
    show_tip,
)
from heimdall_desktop.widgets.controls.pane import MeasuredWidget
from heimdall_desktop.widgets.detail.history_view import cwe_address
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

_SOURCE_ICONS = {
    Source.AI: "source-ai",
    Source.STATIC: "source-static",
    Source.DEPENDENCIES: "source-dependencies",
    Source.CONFIG: "source-config",
}
_WORD_LIMIT = 40  # characters of an unknown word

MOST_LINKS = 3  # a scan has three attempts; further rows are reached through the table
STATUS_LIMIT = 20  # characters of an unknown word
LINE_PX = 24
GAP_PX = 5


class RepeatsLine(MeasuredWidget):
    """Visible only if a finding has several rows, so that decisions on an old row are not missed.

    Args:
        parent: The owner.

    Signals:
        finding_wanted: id of another row of the finding.
    """

    finding_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self._fact = Label("", Role.SMALL, Weight.SEMIBOLD)
        self._fact.setObjectName("repeats-fact")
        self._lead = Label("", Role.SMALL, tone=Tone.MUTED)
        self._lead.setObjectName("repeats-lead")
        self._start = QWidget(self)
        self._row = QHBoxLayout(self._start)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (IconMark("ui-group"), self._fact, self._lead):
            self._row.addWidget(part)
        self._links = [self._make_link(place) for place in range(MOST_LINKS)]
        self._rest = Label("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._rest.setObjectName("repeats-rest")
        self._flow = FlowLayout(self, 0, 0)
        for widget in (self._start, *self._links, self._rest):
            self._flow.addWidget(widget)
        self._measure()
        self.hide()

    def show_readings(self, finding: Finding, readings: Sequence[Finding]) -> None:
        """Show the other rows of a finding.

        Args:
            finding: the shown row.
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
        link = LinkButton(parent=self, is_inline=True)
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
    return tr("Found again since:") if finding.is_repeat else tr("Earlier:")


def _words(row: Finding) -> str:
    return f"{short_moment(row.created_at)}, {status_word(row)[:STATUS_LIMIT]}"


class _Fact(MeasuredWidget):
    """A muted name and its value, as wide as both."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.mark = IconMark(parent=self)
        self.mark.hide()
        self._name = Label(name, Role.SMALL, tone=Tone.MUTED, parent=self)
        self._name.setVisible(bool(name))
        self._value = Label("", Role.SMALL, Weight.MEDIUM, parent=self)
        for part in (self.mark, self._name, self._value):
            self._row.addWidget(part)
        self._measure()

    def show_value(self, value: str, tip: str = "") -> None:
        """Show a value; hide the fact without one."""
        self._value.setText(value)
        show_tip(self, tip)
        self.setVisible(bool(value))

    def _measure(self) -> None:
        self._row.setSpacing(self._theme.scale(5))
        self.setFixedHeight(self._theme.scale(24))


class FactsLine(MeasuredWidget):
    """Scan, source, weakness, confidence, first seen.

    Args:
        parent: The owner.

    Signals:
        page_wanted: address of the page about the weakness; confirm before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = ""
        self._source = _Fact("", self)
        self._source.setObjectName("fact-source")
        self._source.mark.show()
        self._link = LinkButton(parent=self, is_inline=True)
        self._link.setObjectName("fact-cwe-link")
        self._link.clicked.connect(lambda: self.page_wanted.emit(self._address))
        self._cwe = _Fact("", self)
        self._cwe.setObjectName("fact-cwe")
        self._cve = _Fact("", self)
        self._confidence = _Fact(tr("Confidence"), self)
        self._confidence.setObjectName("fact-confidence")
        self._seen = _Fact(tr("First seen"), self)
        self._seen.setObjectName("fact-first-seen")
        self._scan = _Fact(tr("Scan"), self)
        self._scan.setObjectName("fact-scan")
        self.show_scan("")
        self._flow = FlowLayout(self, 0, 0)
        kind = (self._source, self._link, self._cwe, self._cve)
        for part in (*kind, self._confidence, self._seen, self._scan):
            self._flow.addWidget(part)
        self._measure()

    def show_finding(self, finding: Finding, *, is_of_earlier_attempt: bool = False) -> None:
        """Show the facts of a finding.

        Args:
            finding: the row to show.
            is_of_earlier_attempt: it existed before the scan's newest attempt (T-59).
        """
        self._source.mark.show_icon(_SOURCE_ICONS.get(finding.source, "ui-info"), Tone.MUTED)
        self._source.show_value(_word(finding.source, finding.source_text))
        self._address = cwe_address(finding)
        self._link.set_label(finding.cwe if self._address else "")
        self._link.setVisible(bool(self._address))
        self._cwe.show_value("" if self._address else _cut(finding.cwe), finding.cwe)
        self._cve.show_value(_cut(one_line(finding.cve_id or "")))
        self._confidence.show_value(_word(finding.confidence, finding.confidence_text))
        seen = short_moment(finding.created_at)
        if is_of_earlier_attempt:
            seen = tr("{moment}, in an earlier attempt").format(moment=seen)
        self._seen.show_value(seen, full_moment(finding.created_at))

    def show_scan(self, name: str) -> None:
        """Name the scan of the finding; "" if only one is possible."""
        shown = one_line(name)
        self._scan.show_value(_cut(shown), shown)

    def _measure(self) -> None:
        self._flow.set_gaps(self._theme.scale(14), 0)


def _word(member: Source | Confidence, text: str) -> str:
    """Return the displayed word; for an unknown confidence the server's own."""
    return _cut(one_line(text)) if member.value == "other" else word_of(member)


def _cut(text: str) -> str:
    return text if len(text) <= _WORD_LIMIT else f"{text[: _WORD_LIMIT - 1]}\u2026"
