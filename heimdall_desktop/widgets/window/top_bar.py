"""The bar over the whole window, split at the edges of the parts below: scans, filter, tools."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from heimdall_desktop.domain.facts.choices import ThemeMode
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import host_text
from heimdall_desktop.presentation.window.window_place import LARGEST_IN_BADGE
from heimdall_desktop.widgets.controls import buttons
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE, key_caps
from heimdall_desktop.widgets.controls.pane import Edge, set_row_margins
from heimdall_desktop.widgets.controls.text_labels import Label, show_tip
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.window.window_frame import Top

HEIGHT_PX = 44
INSET_PX = 16
TOOLS_START_PX, TOOLS_END_PX = 8, 10  # with the padding of the ghosts their ink is at 16
GAP_PX = 4  # the ghosts have their own padding
FILTER_LEAST_PX = 180  # minimum, before buttons are hidden
FILTER_PX = 340  # minimum, before buttons lose their text
PRESENTING_KEYS = "Ctrl+Shift+H"
THEMES = {
    ThemeMode.SYSTEM: tr_noop("Same as system"),
    ThemeMode.LIGHT: tr_noop("Light"),
    ThemeMode.DARK: tr_noop("Dark"),
    ThemeMode.CONTRAST: tr_noop("High contrast"),
}


class TopBar(Top):
    """Holds the board's head and the filter field, and owns the tools at the right.

    Args:
        head: The head of the board.
        filter_field: The filter of the findings.
        choose_theme: Changes the colours.
        open_settings: Opens the settings.

    Attributes:
        sign_in, presenting, inbox, help, palette_button: its buttons.
    """

    def __init__(
        self,
        head: QWidget,
        filter_field: QWidget,
        choose_theme: Callable[[ThemeMode], None],
        open_settings: Callable[[], None],
    ) -> None:
        super().__init__(Ground.WINDOW, Edge.BOTTOM)
        self._head = head
        self._board_px, self._tools_px = 0, 0
        self._foldable: list[buttons.ToolButton] = []
        head.setParent(self)  # first, for the Tab key
        self._filter_place, self._tools = QWidget(self), QWidget(self)
        self._filter_row = QHBoxLayout(self._filter_place)
        self._filter_row.addWidget(filter_field)
        self.sign_in = buttons.ToolButton(icon="conn-signed-out", parent=self._tools)
        self.sign_in.show_words(tr("Sign in"))
        self.sign_in.setObjectName("sign-in")
        self.presenting = self._tool("presenting", "ui-hide", tr("Hide names"), PRESENTING_KEYS)
        self.presenting.setCheckable(True)
        self._is_presenting = Label(
            tr("Presenting"), Role.SMALL, Weight.SEMIBOLD, tone=Tone.ACCENT, parent=self._tools
        )
        self._is_presenting.hide()
        self.inbox = self._tool("inbox-button", "ui-inbox", tr("Inbox"), "Ctrl+I")
        self._looks = self._tool("looks", "ui-settings", tr("Theme"))
        self._looks.setMenu(self._theme_menu(choose_theme, open_settings))
        self.help = self._tool("help-button", "ui-help", tr("Help"))
        self.palette_button = buttons.OutlineButton(height_px=buttons.SMALL_PX, parent=self._tools)
        self.palette_button.setObjectName("palette-button")
        self.palette_button.set_tone(Tone.MUTED)
        KEYS_IN_USE.changed.connect(self._show_palette_keys)
        self._show_palette_keys()
        show_tip(self.palette_button, tr("Find any action, scan or setting"))
        self._compose()
        self._measure()
        self.show_server(None, is_signed_in=False)

    def _show_palette_keys(self) -> None:
        """Show the keys of the palette, or if it has none, the purpose of the button."""
        keys = KEYS_IN_USE.of("Ctrl+K")
        self.palette_button.set_label(" ".join(key_caps(keys)) if keys else "")
        self.palette_button.set_icon("" if keys else "ui-search")
        self.palette_button.setAccessibleName(tr("Command palette"))

    def show_server(self, url: ServerUrl | None, *, is_signed_in: bool) -> None:
        """Offer sign-in until the user is signed in, at the server in use if there is one."""
        self.sign_in.setVisible(url is None or not is_signed_in)
        tip = "" if url is None else tr("Sign in to {host}").format(host=host_text(url))
        show_tip(self.sign_in, tip)
        self._place_edges()

    def add_tool(self, button: buttons.ToolButton) -> None:
        """Put a button before the icons; if space is short it shows only its icon."""
        self._tools_row.insertWidget(len(self._foldable), button)
        self._foldable.append(button)
        icons = (self.presenting, self.inbox, self._looks, self.help)
        tools = (*self._foldable, self.sign_in, *icons, self.palette_button)
        for before, after in pairwise(tools):
            QWidget.setTabOrder(before, after)
        self._place_edges()

    def show_presenting(self, *, is_on: bool) -> None:
        self.presenting.setChecked(is_on)
        self.presenting.set_tone(Tone.ACCENT if is_on else Tone.MUTED)
        self._is_presenting.setVisible(is_on)
        self._place_edges()
        self.presenting.set_name(tr("Names are hidden. Show them.") if is_on else tr("Hide names"))

    def show_unread(self, count: int) -> None:
        most = LARGEST_IN_BADGE
        self.inbox.set_badge("" if not count else f"{count}" if count <= most else f"{most}+")
        self.inbox.set_name(tr("Inbox, %n unread", "", count) if count else tr("Inbox"))

    def continue_edges(self, board_px: int, detail_px: int) -> None:
        if (board_px, detail_px) != (self._board_px, self._tools_px):
            self._board_px, self._tools_px = board_px, detail_px
            self._place_edges()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_edges()

    def _tool(
        self, object_name: str, icon: str, name: str, key: str = ""
    ) -> buttons.GhostIconButton:
        button = buttons.GhostIconButton(icon, name, key=key, parent=self._tools)
        button.setObjectName(object_name)
        return button

    def _compose(self) -> None:
        self._tools.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._tools_row = QHBoxLayout(self._tools)
        self._tools_row.addWidget(self.sign_in)
        self._tools_row.addStretch(1)
        icons = (self.presenting, self.inbox, self._looks, self.help)
        for tool in (self._is_presenting, *icons, self.palette_button):
            self._tools_row.addWidget(tool)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._head)
        row.addWidget(self._filter_place, 1)
        row.addWidget(self._tools)

    def _measure(self) -> None:
        scale = self._theme.scale
        inset = scale(INSET_PX)
        set_row_margins(self._filter_place, self._filter_row, start=inset + 1, end=inset)
        start, end = scale(TOOLS_START_PX), scale(TOOLS_END_PX)
        set_row_margins(self._tools, self._tools_row, start=start, end=end)
        self._tools_row.setSpacing(scale(GAP_PX))
        self.setFixedHeight(scale(HEIGHT_PX))
        self._place_edges()

    def _place_edges(self) -> None:
        self._head.setFixedWidth(max(self._board_px, self._head.minimumSizeHint().width()))
        # The buttons drop their text before they push the filter. If that is not enough, the
        # palette button is hidden, then help and theme: the menu has them.
        last = (self.palette_button, self.help, self._looks)
        for part in last:
            part.show()
        room = self.width() - self._head.width() - self._theme.scale(FILTER_PX)
        room = min(room, self._tools_px or room)
        self.sign_in.set_compact(is_compact=False)
        self._tools_row.activate()
        folded = sum(tool.full_width() - tool.sizeHint().width() for tool in self._foldable)
        is_short = self._tools_row.sizeHint().width() + folded > room
        for tool in self._foldable:
            tool.set_compact(is_compact=is_short)
        self._tools_row.activate()
        self.sign_in.set_compact(is_compact=self._tools_row.sizeHint().width() > room)
        beside = self.width() - self._head.width() - self._theme.scale(FILTER_LEAST_PX)
        for part in last:
            self._tools_row.activate()
            part.setVisible(self._tools_row.sizeHint().width() <= beside)
        self._tools_row.activate()
        self._tools.setFixedWidth(max(self._tools_px, self._tools_row.sizeHint().width()))

    def _theme_menu(
        self, choose_theme: Callable[[ThemeMode], None], open_settings: Callable[[], None]
    ) -> QMenu:
        menu, choice = QMenu(self), QActionGroup(self)
        menu.setAccessibleName(tr("Theme"))
        for mode, name in THEMES.items():
            action = QAction(tr(name), choice)
            action.setCheckable(True)
            action.triggered.connect(lambda _, mode=mode: choose_theme(mode))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("Settings"), open_settings)
        menu.aboutToShow.connect(
            lambda: choice.actions()[list(THEMES).index(self._theme.mode)].setChecked(True)
        )
        return menu


class FreezeButton(buttons.ToolButton):
    """Freezes the findings or resumes them; is on while they are frozen, and says so.

    Args:
        findings: The pane with the rows.
    """

    def __init__(self, findings: FindingsPane) -> None:
        super().__init__(icon="ui-freeze")
        self.setObjectName("freeze")
        self.setCheckable(True)
        self.clicked.connect(findings.toggle_freeze)
        findings.frozen_changed.connect(self._show)
        self._show(is_frozen=False)

    def _show(self, is_frozen: bool) -> None:
        self.setChecked(is_frozen)
        self.show_words(tr("Frozen") if is_frozen else tr("Freeze"))
        tip = tr("Resume following (P)") if is_frozen else tr("Freeze rows (P)")
        show_tip(self, tip)
