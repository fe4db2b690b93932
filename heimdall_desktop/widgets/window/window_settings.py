"""All settings, as values: the whole table. Each is read and set where it takes effect.

Source: ux.md §2.7, §2.8; design.md §10.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from heimdall_desktop.application.history_loader import HistoryRequests
from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.tasks import Answer
from heimdall_desktop.domain.facts.choices import HistoryChoices, Redaction, StartChoices
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.server import KnownServer
from heimdall_desktop.domain.table.table_layout import ZOOM_STEPS
from heimdall_desktop.models.filter_state import TableState
from heimdall_desktop.presentation.alerts.setting_text import REDACTIONS
from heimdall_desktop.presentation.hosts import host_text
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.self_test_text import self_test_text
from heimdall_desktop.presentation.table.table_text import DENSITY_TITLES
from heimdall_desktop.presentation.window.background import ON_CLOSE_WORDS
from heimdall_desktop.presentation.window.setting import Button, Choice, Page, Setting, Switch
from heimdall_desktop.presentation.window.window_place import DetailPlace
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.window.alert_settings import AlertSettings
from heimdall_desktop.widgets.window.board_commands import BoardCommands
from heimdall_desktop.widgets.window.key_settings import KeySettings
from heimdall_desktop.widgets.window.top_bar import THEMES
from heimdall_desktop.widgets.window.workspace import open_dialog

# The Start page of the settings, as values: start at login, and what closing does.
#
# Source: ux.md §1 (34).


class StartSettings(Struct, frozen=True):
    """Makes the rows from the preferences, and from the writer of the login entry.

    Attributes:
        requests: provides both.
        take_answer: receives the result of writing the entry.
    """

    requests: Requests
    take_answer: Answer

    def settings(self) -> list[Setting]:
        """Return all settings in display order."""
        return [*(self._at_login() if self.requests.at_login.is_offered else []), self._closing()]

    @property
    def _choices(self) -> StartChoices:
        return self.requests.preferences.settings.start

    def _at_login(self) -> list[Setting]:
        return [
            Setting(
                "at-login",
                Page.START,
                tr("Start at login"),
                tr("Heimdall starts when you log in to the desktop."),
                Switch(
                    lambda: self._choices.is_at_login,
                    lambda is_on: self._start(is_on=is_on, is_hidden=self._choices.is_hidden),
                ),
            ),
            Setting(
                "start-hidden",
                Page.START,
                tr("Start hidden"),
                tr("At login, Heimdall starts in the tray, or minimised if there is no tray."),
                Switch(
                    lambda: self._choices.is_hidden,
                    lambda is_on: self._start(is_on=self._choices.is_at_login, is_hidden=is_on),
                ),
                lambda: "" if self._choices.is_at_login else tr("“Start at login” is off."),
            ),
        ]

    def _start(self, *, is_on: bool, is_hidden: bool) -> None:
        self.requests.at_login.choose(self.take_answer, is_on=is_on, is_hidden=is_hidden)

    def _closing(self) -> Setting:
        ways, choose = tuple(ON_CLOSE_WORDS), self.requests.preferences.choose_closing
        return Setting(
            "on-close",
            Page.START,
            tr("Closing the window"),
            lambda: tr(ON_CLOSE_WORDS[self._choices.on_close][1]),
            Choice(
                tuple(tr(word) for word, _ in ON_CLOSE_WORDS.values()),
                lambda: ways.index(self._choices.on_close),
                lambda place: choose(ways[place]),
            ),
        )


Word = TypeVar("Word")

KEEP_DAYS = (7, 30, 90, 365)
LIMITS_MIB = (256, 512, 1024, 2048)
PLACES = {
    DetailPlace.FITTING: tr_noop("Automatic"),
    DetailPlace.BESIDE: tr_noop("Beside"),
    DetailPlace.BELOW: tr_noop("Below"),
}


class SettingsTable(Struct, frozen=True):
    """Makes the table from the parts that apply the settings.

    Attributes:
        board: the main window's commands.
        table: the layout of the findings table, and the zoom.
        refreshed: shows the current settings.
    """

    board: BoardCommands
    table: TableState
    refreshed: Callable[[], object]

    def settings(self) -> list[Setting]:
        """Return all settings in display order."""
        board, session = self.board, self.board.window.session
        alerts = AlertSettings(
            session,
            board.mutes,
            self.refreshed,
            self._take_answer,
            self._privacy(),
            board.views.views,
        )
        return [
            *self._servers(),
            *alerts.settings(),
            *self._appearance(),
            *KeySettings(self.board.window, self.refreshed).settings(),
            *self._history(),
            *StartSettings(session.requests, self._take_answer).settings(),
            *self._self_test(),
        ]

    def _servers(self) -> list[Setting]:
        board, requests = self.board, self.board.window.session.requests
        return [
            Setting(
                "watch-new-scans",
                Page.SERVERS,
                tr("Auto-watch new scans"),
                tr("New scans on the current server are added to the board automatically."),
                Switch(lambda: board.dialogs.watches_new, board.switch_new_scans),
            ),
            Setting(
                "read-only",
                Page.SERVERS,
                tr("Read-only"),
                tr(
                    "Nothing is changed on servers: no decisions, comments, new scans or "
                    "cancellations."
                ),
                Switch(lambda: requests.decisions.is_read_only, board.switch_read_only),
                lambda: tr("Started with --read-only.") if requests.must_read_only else "",
            ),
            *map(self._server, requests.known_servers),
        ]

    def _server(self, server: KnownServer) -> Setting:
        dialogs, window = self.board.dialogs, self.board.window

        def sign_in() -> None:
            window.activateWindow()
            dialogs.sign_in_at(server.url)

        out = Button(tr("Sign out"), partial(dialogs.sign_out_of, server.url))
        return Setting(
            f"server {server.url}",
            Page.SERVERS,
            host_text(server.url),
            _standing(server, self.board.window.session.store.mask),
            out if server.is_signed_in else Button(tr("Sign in"), sign_in),
        )

    def _appearance(self) -> list[Setting]:
        window = self.board.window
        theme, frame, table = theme_of(window), window.frame, self.table
        return [
            Setting(
                "theme",
                Page.APPEARANCE,
                tr("Theme"),
                tr("The colours of all windows. \u201cSame as system\u201d follows the desktop."),
                _one_of(THEMES, lambda: theme.mode, self.board.choose_theme),
            ),
            Setting(
                "zoom",
                Page.APPEARANCE,
                tr("Size"),
                tr("Scales text, icons and spacing together."),
                Choice(
                    tuple(tr("{number} %").format(number=zoom) for zoom in ZOOM_STEPS),
                    lambda: _place(ZOOM_STEPS, table.table_layout.zoom),
                    lambda place: table.change(partial(replace, zoom=ZOOM_STEPS[place])),
                ),
            ),
            Setting(
                "density",
                Page.APPEARANCE,
                tr("Row height"),
                tr("The height of rows in the findings table."),
                _one_of(
                    DENSITY_TITLES,
                    lambda: table.table_layout.density,
                    lambda density: table.change(partial(replace, density=density)),
                ),
            ),
            Setting(
                "detail-place",
                Page.APPEARANCE,
                tr("Detail"),
                tr("Where the open finding is shown: beside the table or below it."),
                _one_of(PLACES, lambda: frame.layout_now().place, frame.put_detail),
            ),
        ]

    def _privacy(self) -> list[Setting]:
        privacy = self.board.window.session.requests.privacy

        def hide(redaction: Redaction) -> None:
            privacy.choose(replace(privacy.choices, redaction=redaction))

        says = tr("Hides titles, paths and repository names.")
        unknown = tr(
            "This system doesn't report when the screen is locked, so nothing is hidden then."
        )
        return [
            Setting(
                "redaction",
                Page.ALERTS,
                tr("Hide content in notifications"),
                lambda: says if privacy.knows_lock else f"{says} {unknown}",
                _one_of(REDACTIONS, lambda: privacy.choices.redaction, hide),
                also_on=Page.PRIVACY,
            ),
            Setting(
                "presenting",
                Page.ALERTS,
                tr("Presenting"),
                tr("Hides code, titles, paths and names in windows and notifications."),
                Switch(
                    lambda: privacy.choices.is_presenting,
                    lambda is_on: privacy.present(is_on=is_on),
                ),
                also_on=Page.PRIVACY,
            ),
        ]

    def _history(self) -> list[Setting]:
        history = self.board.window.session.requests.history
        choices = history.choices

        def obstacle() -> str:
            return "" if history.is_kept else tr("This session keeps no history.")

        days = sorted({*KEEP_DAYS, choices.keep_days})
        sizes = sorted({*LIMITS_MIB, choices.limit_mib})
        return [
            Setting(
                "keep-days",
                Page.HISTORY,
                tr("Keep scans for"),
                tr(
                    "Scans that are no longer on the board are deleted from history after this "
                    "time."
                ),
                Choice(
                    tuple(tr("%n days", "", number, one="%n day") for number in days),
                    lambda: _place(days, history.choices.keep_days),
                    lambda place: self._keep(replace(history.choices, keep_days=days[place])),
                ),
                obstacle,
            ),
            Setting(
                "history-limit",
                Page.HISTORY,
                tr("Maximum size"),
                tr("When history reaches this size, nothing more is kept until some is deleted."),
                Choice(
                    tuple(tr("{number} MiB").format(number=grouped(size)) for size in sizes),
                    lambda: _place(sizes, history.choices.limit_mib),
                    lambda place: self._keep(replace(history.choices, limit_mib=sizes[place])),
                ),
                obstacle,
            ),
            Setting(
                "delete-history",
                Page.HISTORY,
                tr("Currently kept"),
                partial(_size_text, history),
                Button(tr("Delete"), self._ask_to_delete, is_destructive=True),
                obstacle,
            ),
        ]

    def _self_test(self) -> list[Setting]:
        test = self.board.window.session.requests.self_test

        says = tr(
            "Shows a notification and checks the keyring, the desktop portal and the current "
            "server."
        )
        run = Setting(
            "self-test",
            Page.SELF_TEST,
            tr("Self-test"),
            lambda: tr("Waiting for the responses.") if test.is_running else says,
            Button(tr("Run self-test"), partial(test.request, self._take_answer)),
        )
        text = self_test_text(test.answers)
        copy = Setting(
            "self-test-answers",
            Page.SELF_TEST,
            tr("Results"),
            text,
            Button(tr("Copy"), partial(copy_text, text)),
        )
        return [run, copy] if text else [run]

    def _keep(self, choices: HistoryChoices) -> None:
        self.board.window.session.requests.history.choose(choices, self._take_answer)

    def _ask_to_delete(self) -> None:
        asked = QuestionDialog(
            tr("Delete"),
            tr("Keep"),
            tr("Delete the history of scans that aren't on the board?"),
            tr(
                "Deletes their findings and logs, and the usual stage durations. This can't be "
                "undone."
            ),
            QApplication.activeWindow() or self.board.window,
        )
        requests = self.board.window.session.requests
        asked.accepted.connect(lambda: requests.history.request_deletion(self._take_answer))
        open_dialog(asked)

    def _take_answer(self, error: HeimdallError | None) -> None:
        self.refreshed()
        if error is not None:
            self.board.window.show_error(error)


def _one_of(
    words: Mapping[Word, str], current: Callable[[], Word], choose: Callable[[Word], object]
) -> Choice:
    values = tuple(words)
    return Choice(
        tuple(map(tr, words.values())),
        lambda: _place(values, current()),
        lambda place: choose(values[place]),
    )


def _standing(server: KnownServer, mask: Mask) -> str:
    """Describe a server's status, and what its button does."""
    if not server.is_signed_in:
        return tr("Not signed in. Its scans aren't watched until you sign in.")
    ending = tr("Signing out ends the session on the server and deletes the token here.")
    signed_in = tr("Signed in as {account}.").format(account=mask.text(server.account))
    standing = signed_in if server.account else tr("Signed in with a token.")
    in_use = tr("Links and IDs are looked up on this server.") if server.is_in_use else ""
    return " ".join(filter(None, (standing, in_use, ending)))


def _size_text(history: HistoryRequests) -> str:
    """Describe how much is kept, and what deletion leaves."""
    size = history.size
    if size is None:
        return tr("Scans on the board aren't deleted.")
    text = tr("{scans} and {findings}, {size} MiB. Scans on the board aren't deleted.")
    return text.format(
        scans=tr("%n scans", "", size.scans, one="%n scan"),
        findings=tr("%n findings", "", size.findings, one="%n finding"),
        size=f"{size.size_bytes / 2**20:.1f}",
    )


def _place(values: Sequence[Word], value: Word) -> int:
    return values.index(value) if value in values else -1
