"""The parts of the detail's head: severity, location, facts, and links to other rows."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    Severity,
    Source,
    Verdict,
    cwe_number,
    one_line,
)
from heimdall_desktop.presentation.detail.finding_markdown import weakness_page
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import status_word, word_of
from heimdall_desktop.presentation.time_text import full_words
from heimdall_desktop.widgets.controls import text_labels
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.chips import FlowLayout
from heimdall_desktop.widgets.controls.dialog_frame import ask_to_open
from heimdall_desktop.widgets.controls.pane import MeasuredWidget, named
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import CAPSULE_PADDING_PX, Badges, capsule_word
from heimdall_desktop.widgets.look.painting import draw_text, elided
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

SHORT_LETTERS = 9  # of an unknown severity: as wide as "Critical"
MOST_LINKS = 3  # a scan has three attempts; further rows are reached through the table
STATUS_LIMIT = 20  # characters of an unknown word
LINE_PX = 24
GAP_PX = 5
_WORD_LIMIT = 40  # characters of an unknown word
_SOURCE_ICONS = {
    Source.AI: "source-ai",
    Source.STATIC: "source-static",
    Source.DEPENDENCIES: "source-dependencies",
    Source.CONFIG: "source-config",
}


class SeverityBadge(QWidget):
    """Shows the current or former severity of a finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._badges = Badges(self._theme, self)
        self._severity, self._verdict = Severity.OTHER, Verdict.UNVERIFIED
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_severity(
        self, severity: Severity, verdict: Verdict = Verdict.UNVERIFIED, word: str = ""
    ) -> None:
        self._severity, self._verdict = severity, verdict
        is_long = len(word) > SHORT_LETTERS
        self._word = f"{word[: SHORT_LETTERS - 1].rstrip()}\u2026" if is_long else word
        self.setAccessibleName(capsule_word(severity, verdict, word))
        text_labels.show_tip(self, word if is_long else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        filled = self._badges.filled_size(self._severity, self._word)
        if self._verdict is Verdict.WITHDRAWN:
            whole = self._badges.capsule_width(self._severity, self._verdict, self._word)
            return QSize(whole - self._theme.scale(CAPSULE_PADDING_PX), filled.height())
        return filled

    def paintEvent(self, event: QPaintEvent) -> None:
        rect, direction = QRectF(self.rect()), self.layoutDirection()
        with QPainter(self) as painter:
            if self._verdict is Verdict.WITHDRAWN:
                over = self._theme.scale(CAPSULE_PADDING_PX)
                rect.adjust(-over, 0, over, 0)  # its shape is aligned with the edge of others
                self._badges.draw_capsule(
                    painter, rect, self._severity, self._verdict, self._word, direction=direction
                )
            else:
                self._badges.draw_filled(painter, rect, self._severity, self._word, direction)


class PathLabel(QLabel):
    """Shows "shop/api/orders.py:88-92" in one line; folders are cut, never the file's name.

    The tool tip has the full path.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._folder, self._file = "", ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._theme.changed.connect(self._dress)
        self._dress()

    def show_path(self, folder: str, file: str) -> None:
        """Show a folder ("" for none) and a file with its lines, both already made safe."""
        self._folder, self._file = folder, file
        self.setText(f"{folder}/{file}" if folder else file)
        text_labels.show_tip(self, self.text())
        self.updateGeometry()
        self.update()

    def shown_text(self) -> str:
        metrics, width = self._theme.metrics(Role.MONO), self.width()
        middle = Qt.TextElideMode.ElideMiddle
        if metrics.horizontalAdvance(self.text()) <= width + 1 or not self._folder:
            return elided(self.text(), metrics, width, middle)
        tail = f"/{self._file}"
        room = width - metrics.horizontalAdvance(tail)
        if room < metrics.horizontalAdvance("\u2026"):
            return elided(self._file, metrics, width, middle)
        return elided(self._folder, metrics, room, middle) + tail

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics(Role.MONO)
        width = round(metrics.horizontalAdvance(self.text())) + 2
        return QSize(width, self._theme.scale(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        font = self._theme.font(Role.MONO)
        shown = self.shown_text()
        with QPainter(self) as painter:
            draw_text(painter, QRectF(self.rect()), shown, font, tokens.ink(Tone.TEXT))

    def _dress(self) -> None:
        self.setFont(self._theme.font(Role.MONO))
        self.updateGeometry()


class RepeatsLine(MeasuredWidget):
    """Visible only if a finding has several rows, so that no decision on an old row is missed."""

    finding_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self._fact = named(text_labels.Label("", Role.SMALL, Weight.SEMIBOLD), "repeats-fact")
        self._lead = named(text_labels.Label("", Role.SMALL, tone=Tone.MUTED), "repeats-lead")
        self._start = QWidget(self)
        row = QHBoxLayout(self._start)
        for part in (text_labels.IconMark("ui-group"), self._fact, self._lead):
            row.addWidget(part)
        self._links: list[LinkButton] = []
        for place in range(MOST_LINKS):
            link = named(LinkButton(parent=self, is_inline=True), f"repeats-link-{place}")
            link.clicked.connect(
                lambda _=False, place=place: self.finding_wanted.emit(self._ids[place])
            )
            self._links.append(link)
        self._rest = named(
            text_labels.Label("", Role.SMALL, tone=Tone.MUTED, parent=self), "repeats-rest"
        )
        flow = FlowLayout(self)
        for widget in (self._start, *self._links, self._rest):
            flow.addWidget(widget)
        self.keep_spaces(flow, gap=GAP_PX)
        self.keep_spaces(row, gap=GAP_PX)
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
        self._lead.setText(tr("Found again since:") if finding.is_repeat else tr("Earlier:"))
        for place, link in enumerate(self._links):
            link.setVisible(place < len(others))
            if place < len(others):
                at, status = others[place].created_at, status_word(others[place])
                link.set_label(f"{text_labels.short_moment(at)}, {status[:STATUS_LIMIT]}")
                text_labels.show_tip(link, full_words(at))
        more = len(others) - MOST_LINKS
        self._rest.setText(tr("and %n more", "", more) if more > 0 else "")
        self._rest.setVisible(more > 0)
        self.setVisible(bool(others))

    def _measure(self) -> None:
        for part in (self._start, self._rest):
            part.setFixedHeight(self._theme.scale(LINE_PX))


class _Fact(MeasuredWidget):
    """A muted name and its value, as wide as both."""

    def __init__(self, name: str, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        row = QHBoxLayout(self)
        self.mark = text_labels.IconMark(parent=self)
        self.mark.hide()
        self._name = text_labels.Label(name, Role.SMALL, tone=Tone.MUTED, parent=self)
        self._name.setVisible(bool(name))
        self._value = text_labels.Label("", Role.SMALL, Weight.MEDIUM, parent=self)
        for part in (self.mark, self._name, self._value):
            row.addWidget(part)
        self.keep_spaces(row, gap=5, height=24)

    def show_value(self, value: str, tip: str = "") -> None:
        self._value.setText(value)
        text_labels.show_tip(self, tip)
        self.setVisible(bool(value))


class FactsLine(MeasuredWidget):
    """Scan, source, weakness, confidence, first seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = ""
        self._source = _Fact("", "fact-source", self)
        self._source.mark.show()
        self._link = named(LinkButton(parent=self, is_inline=True), "fact-cwe-link")
        self._link.clicked.connect(lambda: ask_to_open(self, self._address))
        self._cwe = _Fact("", "fact-cwe", self)
        self._cve = _Fact("", "", self)
        self._confidence = _Fact(tr("Confidence"), "fact-confidence", self)
        self._seen = _Fact(tr("First seen"), "fact-first-seen", self)
        self._scan = _Fact(tr("Scan"), "fact-scan", self)
        self.show_scan("")
        flow = FlowLayout(self)
        kind = (self._source, self._link, self._cwe, self._cve)
        for part in (*kind, self._confidence, self._seen, self._scan):
            flow.addWidget(part)
        self.keep_spaces(flow, gap=14)

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
        seen = text_labels.short_moment(finding.created_at)
        if is_of_earlier_attempt:
            seen = tr("{moment}, in an earlier attempt").format(moment=seen)
        self._seen.show_value(seen, full_words(finding.created_at))

    def show_scan(self, name: str) -> None:
        """Name the scan of the finding; "" if only one is possible."""
        shown = one_line(name)
        self._scan.show_value(_cut(shown), shown)


def _word(member: Source | Confidence, text: str) -> str:
    """Return the displayed word; for an unknown confidence the server's own."""
    return _cut(one_line(text)) if member.value == "other" else word_of(member)


def _cut(text: str) -> str:
    return text if len(text) <= _WORD_LIMIT else f"{text[: _WORD_LIMIT - 1]}\u2026"


def cwe_address(finding: Finding) -> str:
    """Return the web page of the weakness; "" if the server's text names none (T-40)."""
    number = cwe_number(finding.cwe_text)
    return "" if number is None else weakness_page(number)
