"""The bar over the whole window, cut at the edges of what lies below: scans, filter, tools."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from heimdall_desktop.domain.server import ServerUrl, host_name
from heimdall_desktop.widgets.buttons import GhostButton, GhostIconButton
from heimdall_desktop.widgets.pane import Edge, Pane
from heimdall_desktop.widgets.theme import Theme, ThemeMode
from heimdall_desktop.widgets.tokens import Ground

HEIGHT_PX = 44
INSET_PX = 16
GAP_PX = 6
THEMES = {
    ThemeMode.LIGHT: "Light",
    ThemeMode.DARK: "Dark",
    ThemeMode.SYSTEM: "Like the system",
}


class TopBar(Pane):
    """Holds the board's head and the filter field, and owns the tools at the right.

    Args:
        theme: The look.
        head: The head of the board.
        filter_field: The filter of the findings.
        parent: The owner.

    Signals:
        again_wanted: everything shall be asked for anew.
        sign_in_wanted, sign_out_wanted: what they say.
        theme_wanted: the `ThemeMode` somebody chose.
    """

    again_wanted = Signal()
    sign_in_wanted = Signal()
    sign_out_wanted = Signal()
    theme_wanted = Signal(ThemeMode)

    def __init__(
        self, theme: Theme, head: QWidget, filter_field: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, Ground.WINDOW, Edge.BOTTOM, parent=parent)
        self._theme = theme
        self._head = head
        self._account = GhostButton(theme, "", has_menu=True)
        self._account.setObjectName("account")
        self._sign_in = GhostButton(theme, "Sign in", icon="conn-signed-out")
        self._sign_in.setObjectName("sign-in")
        self._sign_in.clicked.connect(self.sign_in_wanted)
        again = GhostIconButton(theme, "conn-reconnecting", "Ask the server anew", key="F5")
        again.setObjectName("again")
        again.clicked.connect(self.again_wanted)
        looks = GhostIconButton(theme, "ui-settings", "Look of the window")
        looks.setObjectName("looks")
        looks.setMenu(self._theme_menu())
        self._account.setMenu(self._account_menu())
        self._filter_place = QWidget(self)
        self._compose(filter_field, [self._sign_in, self._account, again, looks])
        self.show_account(None, "")

    def show_account(self, url: ServerUrl | None, account: str) -> None:
        """Say which server is in use, and who is signed in there."""
        self._account.setVisible(url is not None)
        self._sign_in.setVisible(url is None)
        self._account.set_label("" if url is None else host_name(url))
        self._account.setAccessibleName("" if url is None else f"{account} at {host_name(url)}")

    def set_board_width(self, width_px: int) -> None:
        """Let the filter begin where the board ends."""
        self._head.setFixedWidth(max(width_px, self._head.minimumSizeHint().width()))

    def _compose(self, filter_field: QWidget, tools: list[GhostButton | GhostIconButton]) -> None:
        inset, gap = self._theme.scale(INSET_PX), self._theme.scale(GAP_PX)
        place = QHBoxLayout(self._filter_place)
        place.setContentsMargins(inset, 0, inset, 0)
        place.addWidget(filter_field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, inset - gap, 0)
        row.setSpacing(gap)
        row.addWidget(self._head)
        row.addWidget(self._filter_place, 1)
        for tool in tools:
            row.addWidget(tool)
        self.setFixedHeight(self._theme.scale(HEIGHT_PX))

    def _theme_menu(self) -> QMenu:
        menu = QMenu(self)
        for mode, name in THEMES.items():
            menu.addAction(name).triggered.connect(
                lambda _checked=False, mode=mode: self.theme_wanted.emit(mode)
            )
        return menu

    def _account_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Sign in again").triggered.connect(self.sign_in_wanted)
        menu.addAction("Sign out").triggered.connect(self.sign_out_wanted)
        return menu
