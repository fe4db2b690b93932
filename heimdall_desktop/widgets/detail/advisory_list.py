"""The advisories of a dependency: links for ids that have a page, texts for the others."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.detail.advisories import Advisory
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.flow_layout import FlowLayout
from heimdall_desktop.widgets.controls.labels import Label, show_tip
from heimdall_desktop.widgets.controls.section_head import SectionHead
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Tone

ID_LIMIT = 40  # characters of an id nobody foresaw
LINE_PX = 24


class AdvisoryList(QWidget):
    """Ids one behind the other; not there without one.

    Args:
        theme: The look.
        parent: The owner.

    Signals:
        page_wanted: address of a page; ask before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Sequence[Advisory] = ()
        self._parts: list[tuple[LinkButton, Label]] = []
        self._head = SectionHead(theme, tr("Advisories"), tr("Copy"), self)
        row = QWidget(self)
        self._flow = FlowLayout(row, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(row)
        theme.changed.connect(self._measure)
        self._measure()

    def show_advisories(self, advisories: Sequence[Advisory]) -> None:
        """Show these and nothing else."""
        self._shown = advisories
        while len(self._parts) < len(advisories):
            self._add_part()
        for number, (link, text) in enumerate(self._parts):
            advisory = advisories[number] if number < len(advisories) else Advisory("")
            link.set_label(advisory.id[:ID_LIMIT] if advisory.page else "")
            show_tip(link, advisory.page)
            link.setVisible(bool(advisory.page))
            text.setText("" if advisory.page else advisory.id[:ID_LIMIT])
            show_tip(text, advisory.id)
            text.setVisible(bool(advisory.id) and not advisory.page)
        self._head.describe("", "\n".join(advisory.id for advisory in advisories))
        self.setVisible(bool(advisories))

    def _add_part(self) -> None:
        number = len(self._parts)
        link = LinkButton(self._theme, parent=self, is_inline=True)
        link.setObjectName(f"advisory-link-{number}")
        link.clicked.connect(lambda: self.page_wanted.emit(self._shown[number].page))
        text = Label(self._theme, "", Role.SMALL, tone=Tone.MUTED, parent=self)
        text.setObjectName(f"advisory-{number}")
        text.setFixedHeight(self._theme.scale(LINE_PX))
        for part in (link, text):
            self._flow.addWidget(part)
        self._parts.append((link, text))

    def _measure(self) -> None:
        self._flow.set_gaps(self._theme.scale(16), 0)
        for _, text in self._parts:
            text.setFixedHeight(self._theme.scale(LINE_PX))
