"""The chip row over the findings: severities with their counts, menus of status and source.

Chips and menus write the same language that people type into the field, so the field always says
what is filtered. With no chip of a kind on, nothing of that kind is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyle, QWidget

from heimdall_desktop.domain.filter_language import AnyWord
from heimdall_desktop.domain.finding import FindingStatus, Severity, Source
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.chips import Chip
from heimdall_desktop.widgets.painting import vertical_hairline
from heimdall_desktop.widgets.pane import Pane
from heimdall_desktop.widgets.theme import Theme
from heimdall_desktop.widgets.tokens import Ground

ROW_PX = 40
INSET_PX = 16
GAP_PX = 6
LINE_PX = 16
LINE_MARGIN_PX = 4  # beside the line between severities and menus

_MENUS: dict[str, tuple[str, Sequence[AnyWord]]] = {
    "status": ("Status", tuple(FindingStatus)),
    "source": ("Source", tuple(Source)),
}


class FilterBar(Pane):
    """One row of chips that never wraps; those that do not fit move into "More".

    Args:
        theme: Colours, fonts and measures.
        state: The filter they write and show.
        model: The rows they count.
        parent: Its owner.
    """

    def __init__(
        self,
        theme: Theme,
        state: FilterState,
        model: FindingsModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, Ground.SURFACE, parent=parent)
        self._state = state
        self._model = model
        self._line_x: int | None = None
        self.setObjectName("filter_bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._severities = {severity: self._severity_chip(severity) for severity in Severity}
        self._menus = {field: self._menu_chip(field) for field in _MENUS}
        self._more = Chip(theme, "More", has_menu=True, parent=self)
        self._more.setObjectName("chip_more")
        self._more.clicked.connect(self._open_more)
        state.changed.connect(self._show_state)
        model.counts_changed.connect(self._show_state)
        theme.changed.connect(self._lay_out)
        self._show_state()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(ROW_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._line_x is not None:
            height = self._theme.scale(LINE_PX)
            colour, y = self._theme.tokens.hairline_strong, (self.height() - height) / 2
            vertical_hairline(QPainter(self), self._line_x, y, height, colour)

    # -- chips --

    def _severity_chip(self, severity: Severity) -> Chip:
        chip = Chip(self._theme, severity.word, severity=severity, parent=self)
        chip.setObjectName(f"chip_{severity.value}")
        chip.clicked.connect(lambda: self._toggle("sev", severity))
        return chip

    def _menu_chip(self, field: str) -> Chip:
        chip = Chip(self._theme, _MENUS[field][0], has_menu=True, parent=self)
        chip.setObjectName(f"chip_{field}")
        chip.clicked.connect(lambda: self._open_words(field))
        return chip

    def _asked(self, field: str) -> frozenset[AnyWord]:
        """Return the words that are asked for by a field; none if it is not asked by."""
        wanted = self._state.filter
        words: dict[str, frozenset[AnyWord]] = {
            "sev": frozenset(wanted.severities),
            "status": frozenset(wanted.statuses),
            "source": frozenset(wanted.sources),
        }
        return words[field] if self._state.asks_by(field) else frozenset()

    def _toggle(self, field: str, word: AnyWord) -> None:
        self._state.set_words(field, self._asked(field) ^ {word})
        self._show_state()

    def _show_state(self) -> None:
        asked, counts = self._asked("sev"), self._model.severities
        for severity, chip in self._severities.items():
            chip.set_count(counts[severity])
            chip.setChecked(severity in asked)
        for field, chip in self._menus.items():
            words = self._asked(field)
            chip.setChecked(bool(words))
            name = _MENUS[field][0]
            chip.set_label(f"{name}: {next(iter(words)).word}" if len(words) == 1 else name)
            chip.set_count(len(words) if len(words) > 1 else None)
        self._lay_out()

    # -- menus --

    def _open_words(self, field: str) -> None:
        menu = self._make_menu()
        self._add_words(menu, field)
        self._pop_up(menu, self._menus[field])

    def _open_more(self) -> None:
        menu = self._make_menu()
        for severity, chip in self._severities.items():
            if not chip.isVisible() and self._is_wanted(chip):
                action = menu.addAction(f"{severity.word}, {self._model.severities[severity]}")
                action.setCheckable(True)
                action.setChecked(chip.isChecked())
                action.triggered.connect(lambda _, word=severity: self._toggle("sev", word))
        for field, chip in self._menus.items():
            if not chip.isVisible():
                self._add_words(menu.addMenu(_MENUS[field][0]), field)
        self._pop_up(menu, self._more)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("filter_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_words(self, menu: QMenu, field: str) -> None:
        asked = self._asked(field)
        name, words = _MENUS[field]
        all_of_them = menu.addAction(f"Any {name.lower()}")
        all_of_them.setCheckable(True)
        all_of_them.setChecked(not asked)
        all_of_them.triggered.connect(lambda: self._state.set_words(field, ()))
        menu.addSeparator()
        for word in words:
            action = menu.addAction(word.word)
            action.setCheckable(True)
            action.setChecked(word in asked)
            action.triggered.connect(lambda _, word=word: self._toggle(field, word))

    def _pop_up(self, menu: QMenu, chip: Chip) -> None:
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = chip.width() - menu.sizeHint().width() if is_mirrored else 0
        menu.popup(chip.mapToGlobal(QPoint(left, chip.height() + 2)))

    # -- places --

    def _is_wanted(self, chip: Chip) -> bool:
        """Whether a chip has a meaning now: an unknown severity only if there is one."""
        if chip is not self._severities[Severity.OTHER]:
            return True
        return chip.isChecked() or self._model.severities[Severity.OTHER] > 0

    def _lay_out(self) -> None:
        wanted = [
            c for c in (*self._severities.values(), *self._menus.values()) if self._is_wanted(c)
        ]
        shown = self._fitting(wanted)
        if len(shown) < len(wanted):
            shown.append(self._more)
        self._line_x = None
        left = self._theme.scale(INSET_PX)
        for chip in (*self._severities.values(), *self._menus.values(), self._more):
            chip.setVisible(chip in shown)
        for chip in shown:
            if self._line_x is None and chip in self._ends():
                margin = self._theme.scale(LINE_MARGIN_PX)
                self._line_x = self._mirrored(QRect(left + margin, 0, 1, 1)).x()
                left += 2 * margin + self._theme.scale(GAP_PX) + 1
            size = chip.sizeHint()
            top = (self.height() - size.height()) // 2
            chip.setGeometry(self._mirrored(QRect(QPoint(left, top), size)))
            left += size.width() + self._theme.scale(GAP_PX)
        self.update()

    def _ends(self) -> tuple[Chip, ...]:
        return (*self._menus.values(), self._more)

    def _fitting(self, wanted: Sequence[Chip]) -> list[Chip]:
        """Return the chips that fit from the start, with "More" behind them if not all do."""
        scale = self._theme.scale
        gap = scale(GAP_PX)
        room = self.width() - 2 * scale(INSET_PX) - 2 * scale(LINE_MARGIN_PX)
        widths = [chip.sizeHint().width() + gap for chip in wanted]
        if sum(widths) <= room:
            return list(wanted)
        room -= self._more.sizeHint().width() + gap
        shown: list[Chip] = []
        for chip, width in zip(wanted, widths, strict=True):
            room -= width
            if room < 0:
                break
            shown.append(chip)
        return shown

    def _mirrored(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)
