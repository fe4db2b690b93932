"""One-line input fields in a painted frame: for forms, for secrets, for searching.

The frame shows focus and mistakes; the text inside is a plain `QLineEdit`.
Source: look.md 4 (field heights), 5 (Filter field).
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.presentation.error_text import cause, error_text, manual_entry, remedy
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls import pane
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostIconButton, HelpLink
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE, command_key_text
from heimdall_desktop.widgets.controls.text_labels import LINE_PX, IconMark, KeyCap, Label
from heimdall_desktop.widgets.controls.wrapped_label import Run, TextBlock, WrappedLabel
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import draw_icon, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

RADIUS_PX = 6
PADDING_PX = 10
ICON_PX = 16
ICON_GAP_PX = 8
FORM_PX = 34
SEARCH_PX = 30
FOCUS_PX = 2.0


class FieldFrame(pane.MeasuredWidget):
    """The frame around an input: a control edge, a ring with the focus, red with a mistake.

    Args:
        icon: Before the input, beside its first line.
        height_px: With one line, before scaling.
    """

    def __init__(
        self, *, icon: str = "", height_px: int = FORM_PX, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._height_px = height_px
        self._has_mistake = False
        self._input: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(self._theme.scale(6))
        self._measure()

    def set_input(self, widget: QWidget) -> None:
        """Put the input inside; the frame then watches its focus and forwards its own."""
        self._input = widget
        self._row.insertWidget(0, widget, 1)
        self.setFocusProxy(widget)
        widget.installEventFilter(self)
        self._theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        if self._input is None:
            return
        tokens, palette = self._theme.tokens, self._input.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        palette.setColor(QPalette.ColorRole.Text, tokens.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, tokens.faint)
        self._input.setPalette(palette)
        self._input.setFont(self._theme.font())

    def set_mistake(self, has_mistake: bool) -> None:
        """Show whether the input has an error; the message is shown elsewhere."""
        self._has_mistake = has_mistake
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(240), self._theme.scale(self._height_px))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(80), self._theme.scale(self._height_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        tokens = theme.tokens
        has_focus = self._input is not None and self._input.hasFocus()
        line = tokens.control if self.isEnabled() else tokens.hairline_strong
        if self._has_mistake or has_focus:
            line = tokens.failed if self._has_mistake else tokens.accent
        line_px, radius = FOCUS_PX if has_focus else 1.0, theme.scale(RADIUS_PX)
        with QPainter(self) as painter:
            rounded_box(painter, rect, radius, ground=tokens.field, line=line, line_px=line_px)
            if self._icon:
                edge = theme.scale(ICON_PX)
                is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
                padding = theme.scale(PADDING_PX)
                left = rect.width() - padding - edge if is_mirrored else padding
                first_line = min(rect.height(), theme.scale(self._height_px))
                top_left = QPointF(left, (first_line - edge) / 2)
                draw_icon(painter, theme, self._icon, top_left, edge, theme.tokens.muted)

    def _measure(self) -> None:
        theme, padding = self._theme, self._theme.scale(PADDING_PX)
        before = padding + (theme.scale(ICON_PX + ICON_GAP_PX) if self._icon else 0)
        pane.set_row_margins(self, self._row, start=before, end=theme.scale(4), top=2, bottom=2)
        self.updateGeometry()
        self.update()


class TextField(FieldFrame):
    """A field of a form. The text is in `edit`.

    Args:
        name: The expected input, for assistive technology.
        is_secret: Hide what is typed, and offer to show it.
        height_px: Before scaling.
    """

    def __init__(
        self,
        name: str,
        *,
        icon: str = "",
        placeholder: str = "",
        is_secret: bool = False,
        height_px: int = FORM_PX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon=icon, height_px=height_px, parent=parent)
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFrame(False)
        self.edit.setTextMargins(0, 0, 0, 0)
        self.set_input(self.edit)
        if is_secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
            reveal = GhostIconButton("ui-hide", tr("Show typed text"), height_px=SMALL_PX)
            reveal.setCheckable(True)
            reveal.toggled.connect(self._reveal)
            self._row.addWidget(reveal)

    def _reveal(self, is_shown: bool) -> None:
        modes = QLineEdit.EchoMode
        self.edit.setEchoMode(modes.Normal if is_shown else modes.Password)


class SearchField(TextField):
    """A field that searches while typing: result and clear button right, the key while empty.

    Args:
        name: The search target, for assistive technology.
        keys: The keys that focus it, such as `Ctrl+F`.
    """

    def __init__(
        self, name: str, *, placeholder: str = "", keys: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            name, icon="ui-search", placeholder=placeholder, height_px=SEARCH_PX, parent=parent
        )
        self.end = SearchFieldEnd(keys, self)
        self.end.clear_button.clicked.connect(self.edit.clear)
        self._row.addWidget(self.end)
        self.edit.textChanged.connect(lambda text: self.end.show_for(is_empty=not text))
        self.end.show_for(is_empty=True)

    def set_result(self, text: str) -> None:
        """Show the number of matches, such as "402 of 412"."""
        self.end.result.setText(text)


class SearchFieldEnd(QWidget):
    """The end of a search field; usable with any input in a `FieldFrame`."""

    def __init__(self, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.result = Label("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self.clear_button = GhostIconButton(
            "ui-close", tr("Clear"), height_px=SMALL_PX, parent=self
        )
        self._keys, self._key_cap = keys, KeyCap("", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme_of(self).scale(4))
        for widget in (self.result, self.clear_button, self._key_cap):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._show_keys()
        KEYS_IN_USE.changed.connect(self._show_keys)

    def _show_keys(self) -> None:
        self._key_cap.show_keys(command_key_text(self._keys))
        self.show_for(is_empty=not self.clear_button.isVisibleTo(self))

    def show_for(self, *, is_empty: bool) -> None:
        """Show the key while the input is empty, result and clear button otherwise."""
        self.result.setVisible(not is_empty)
        self.clear_button.setVisible(not is_empty)
        self._key_cap.setVisible(is_empty and bool(self._key_cap.keys))


LABEL_PX = 100


class FieldGrid(pane.MeasuredWidget):
    """Labels and values in rows, which are reused; each value can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Label, TextBlock]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._measure()

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        while len(self._rows) < len(rows):
            self._rows.append(self._make_row(len(self._rows)))
        for (label, value), (name, text) in zip(self._rows, rows, strict=False):
            label.setText(name)
            value.set_text(text, name)
        pane.shown_rows(self._rows, len(rows), self._make_row)  # filled before, which is faster
        self.setVisible(bool(rows))

    def _make_row(self, number: int) -> tuple[Label, TextBlock]:
        label = Label(role=Role.SMALL, tone=Tone.MUTED, parent=self)
        # aligned with its value's text, at the bottom of the line
        label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom)
        label.setFixedHeight(self._theme.scale(LINE_PX[Role.SMALL]))
        value = pane.named(TextBlock(Role.SMALL, parent=self), f"value-{number}")
        self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, number, 1)
        return label, value

    def _measure(self) -> None:
        for label, _ in self._rows:
            label.setFixedHeight(self._theme.scale(LINE_PX[Role.SMALL]))
        self._grid.setColumnMinimumWidth(0, self._theme.scale(LABEL_PX))
        self._grid.setHorizontalSpacing(self._theme.scale(8))
        self._grid.setVerticalSpacing(self._theme.scale(6))


MAX_LINES = 6


class ErrorLine(QWidget):
    """An error below a form, the cause in bold, then the remedy; hidden without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = IconMark("ui-warning", 16, Tone.FAILED, self)
        self._words = pane.named(WrappedLabel(Role.SMALL, 18, MAX_LINES, self), "error-words")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme_of(self).scale(6))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._help = HelpLink(self, is_inline=True, height_px=18)
        row.addWidget(self._help, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_error(self, error: HeimdallError) -> None:
        self._help.show_entry(manual_entry(error))
        more = remedy(error)
        self._words.show_runs(
            Run(cause(error), Weight.SEMIBOLD, Tone.FAILED), Run(f" {more}" if more else "")
        )
        self.setAccessibleName(error_text(error))
        self.show()
        pane.alert(self)

    def clear(self) -> None:
        self.hide()
        self._words.show_runs()
