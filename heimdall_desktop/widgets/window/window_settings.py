"""All settings, as values: the whole table, one row for each. See docs/how-to.md, "Add a setting".

Source: behaviour.md 2.7, 2.8; look.md 10; WCAG 2.1.4.
"""

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.facts.choices import (
    KeyChoice,
    Language,
    OnClose,
    SeenBy,
    Settings,
    StartChoices,
    ThemeMode,
)
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.domain.table.table_layout import ZOOM_STEPS, Density
from heimdall_desktop.models.filter_state import ViewsState
from heimdall_desktop.presentation.action_text import self_test_text
from heimdall_desktop.presentation.alerts.setting_text import REDACTIONS
from heimdall_desktop.presentation.decision_text import REASONS_SHOWN
from heimdall_desktop.presentation.i18n import either, grouped, tr, tr_noop
from heimdall_desktop.presentation.table_text import COLUMN_SPECS, DENSITY_TITLES
from heimdall_desktop.presentation.window.command import Command, Group, has_free_key, with_keys
from heimdall_desktop.presentation.window.setting import (
    Button,
    Choice,
    Keys,
    Page,
    Setting,
    Switch,
    choice_of,
)
from heimdall_desktop.presentation.window.window_place import ON_CLOSE_WORDS, DetailPlace
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.key_names import copy_text, key_text
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.window.alert_settings import AlertSettings
from heimdall_desktop.widgets.window.help import AboutSettings
from heimdall_desktop.widgets.window.history_settings import HistorySettings
from heimdall_desktop.widgets.window.problem_bar import say
from heimdall_desktop.widgets.window.server_settings import ServerSettings
from heimdall_desktop.widgets.window.source_editor import editor_settings
from heimdall_desktop.widgets.window.top_bar import THEMES
from heimdall_desktop.widgets.window.window_dialogs import WindowDialogs
from heimdall_desktop.widgets.window.workspace import Workspace, open_dialog

Value = TypeVar("Value")

PLACES = {
    DetailPlace.FITTING: tr_noop("Automatic"),
    DetailPlace.BESIDE: tr_noop("Beside"),
    DetailPlace.BELOW: tr_noop("Below"),
}
CONFIRM_FROM = (2, 10, 50)
SEEN_WORDS = {SeenBy.PASSING: tr_noop("In view for 5 seconds"), SeenBy.OPENING: tr_noop("Opened")}
SEEN_SENTENCES = {
    SeenBy.PASSING: tr_noop(
        "A finding counts as seen once its row was in view for 5 seconds, or once you open it."
    ),
    SeenBy.OPENING: tr_noop("A finding counts as seen only once you open it."),
}


def stored_choice(preferences: Preferences, key: str, texts: Mapping[Value, str]) -> Choice:
    """Return a choice of the value of a setting; see `Preferences.change_setting`."""
    current, change = partial(preferences.setting, key), partial(preferences.change_setting, key)
    return choice_of(texts, current, change, attrgetter(key)(Settings()))


def stored_switch(preferences: Preferences, key: str) -> Switch:
    """Return a switch of a setting; see `Preferences.change_setting`."""
    current, change = partial(preferences.setting, key), partial(preferences.change_setting, key)
    return Switch(current, change, default=attrgetter(key)(Settings()))


def _translated(texts: Mapping[Value, str]) -> dict[Value, str]:
    return {value: tr(text) for value, text in texts.items()}


class SettingsTable(Struct, frozen=True):
    """Makes the table of all settings.

    Attributes:
        window: the main window, whose parts apply what is stored nowhere else.
        dialogs: sign in and out.
        mutes: mutes scans.
        views: the saved views, some of which notify.
        choose_theme: changes the colours.
        refreshed: shows the current settings.
    """

    window: Workspace
    dialogs: WindowDialogs
    mutes: ScanMutes
    views: ViewsState
    choose_theme: Callable[[ThemeMode], None]
    refreshed: Callable[[], None]

    def settings(self) -> list[Setting]:
        alerts = AlertSettings(
            self.window.session,
            self.mutes,
            self.refreshed,
            self._take_answer,
            self._privacy(),
            self.views,
        )
        servers = ServerSettings(self.window, self.dialogs, self.refreshed)
        return [
            *servers.account(),
            *self._servers(),
            *alerts.settings(),
            *self._appearance(),
            *self._findings(),
            *editor_settings(
                self.window,
                self.window.session.store,
                self.window.session.requests.editing,
                self.refreshed,
                Page.FINDINGS,
            ),
            *KeySettings(self.window).settings(),
            *HistorySettings(self.window, self.refreshed, self._take_answer).settings(),
            *self._start(),
            *servers.network(),
            *self._self_test(),
            *AboutSettings(self.window).settings(),
        ]

    def _servers(self) -> list[Setting]:
        requests = self.window.session.requests
        preferences = requests.preferences
        return [
            Setting(
                "watch-new-scans",
                Page.SERVERS,
                tr("Auto-watch new scans"),
                tr("New scans on the current server are added to the board automatically."),
                stored_switch(preferences, "watches_new"),
            ),
            Setting(
                "read-only",
                Page.SERVERS,
                tr("Read-only"),
                tr(
                    "Nothing is changed on servers: no decisions, comments, new scans or "
                    "cancellations."
                ),
                Switch(
                    lambda: requests.decisions.is_read_only,
                    partial(preferences.change_setting, "is_read_only"),
                    default=False,
                ),
                lambda: tr("Started with --read-only.") if preferences.must_read_only else "",
            ),
        ]

    def _appearance(self) -> list[Setting]:
        window, frame = self.window, self.window.frame
        theme, table = theme_of(window), window.findings.table_state
        return [
            Setting(
                "theme",
                Page.APPEARANCE,
                tr("Theme"),
                tr("The colours of all windows. \u201cSame as system\u201d follows the desktop."),
                choice_of(
                    _translated(THEMES), lambda: theme.mode, self.choose_theme, ThemeMode.SYSTEM
                ),
            ),
            Setting(
                "language",
                Page.APPEARANCE,
                tr("Language"),
                tr("The language of all windows. It changes when Heimdall starts again."),
                stored_choice(
                    window.session.requests.preferences,
                    "language",
                    {
                        Language.SYSTEM: tr("Same as system"),
                        Language.ENGLISH: "English",
                        Language.GERMAN: "Deutsch",
                    },
                ),
            ),
            Setting(
                "zoom",
                Page.APPEARANCE,
                tr("Size"),
                tr("Scales text, icons and spacing together."),
                choice_of(
                    {zoom: tr("{number} %").format(number=zoom) for zoom in ZOOM_STEPS},
                    lambda: table.table_layout.zoom,
                    lambda zoom: table.change(partial(replace, zoom=zoom)),
                    100,
                ),
            ),
            Setting(
                "detail-place",
                Page.APPEARANCE,
                tr("Detail"),
                tr("Where the open finding is shown: beside the table or below it."),
                choice_of(
                    _translated(PLACES),
                    lambda: frame.layout_now().place,
                    frame.put_detail,
                    DetailPlace.FITTING,
                ),
            ),
        ]

    def _findings(self) -> list[Setting]:
        preferences = self.window.session.requests.preferences
        table = self.window.findings.table_state
        confirm_from = preferences.settings.findings.confirm_from
        numbers = sorted({*CONFIRM_FROM, confirm_from} - {0})
        return [
            Setting(
                "density",
                Page.FINDINGS,
                tr("Row height"),
                tr("The height of rows in the findings table."),
                choice_of(
                    _translated(DENSITY_TITLES),
                    lambda: table.table_layout.density,
                    lambda density: table.change(partial(replace, density=density)),
                    Density.STANDARD,
                ),
                also_on=Page.APPEARANCE,
            ),
            Setting(
                "seen",
                Page.FINDINGS,
                tr("Counts as seen"),
                lambda: tr(SEEN_SENTENCES[preferences.settings.findings.seen]),
                stored_choice(preferences, "findings.seen", _translated(SEEN_WORDS)),
            ),
            Setting(
                "confirm-from",
                Page.FINDINGS,
                tr("Confirm bulk actions"),
                tr(
                    "Asks before a decision about at least so many findings is sent. It can be "
                    "undone in any case."
                ),
                stored_choice(
                    preferences,
                    "findings.confirm_from",
                    {
                        0: tr("Never"),
                        **{
                            each: tr("From {number}").format(number=grouped(each))
                            for each in numbers
                        },
                    },
                ),
            ),
            Setting(
                "reasons",
                Page.FINDINGS,
                tr("Offer reasons"),
                tr("How long keys 1 to 6 add a reason to a finding that was just closed."),
                stored_choice(preferences, "findings.reasons", _translated(REASONS_SHOWN)),
            ),
            Setting(
                "critical-reason",
                Page.FINDINGS,
                tr("Ask for the reason of critical findings"),
                tr("Asks why a critical finding was closed; the question can be skipped."),
                stored_switch(preferences, "findings.asks_critical_reason"),
            ),
            *(self._column(column) for column in COLUMNS if not column.spec.is_fixed),
        ]

    def _column(self, column: Column) -> Setting:
        table = self.window.findings.table_state

        def is_on() -> bool | None:
            layout = table.table_layout
            is_off = column in layout.off and column.spec.is_usual
            return column in layout.on or (False if is_off else None)

        return Setting(
            f"column {column.name}",
            Page.FINDINGS,
            tr(COLUMN_SPECS[column].title),
            tr(COLUMN_SPECS[column].explanation),
            choice_of(
                {None: tr("Automatic"), True: tr("Show"), False: tr("Hide")}
                if column.spec.is_usual
                else {None: tr("Hide"), True: tr("Show")},
                is_on,
                lambda is_on: table.change(lambda layout: layout.with_column(column, is_on=is_on)),
                None,
            ),
            section=tr("Columns"),
        )

    def _privacy(self) -> list[Setting]:
        requests = self.window.session.requests
        privacy, preferences = requests.privacy, requests.preferences
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
                stored_choice(preferences, "privacy.redaction", _translated(REDACTIONS)),
                also_on=Page.PRIVACY,
            ),
            Setting(
                "presenting",
                Page.ALERTS,
                tr("Presenting"),
                tr("Hides code, titles, paths and names in windows and notifications."),
                stored_switch(preferences, "privacy.is_presenting"),
                also_on=Page.PRIVACY,
            ),
        ]

    def _start(self) -> list[Setting]:
        requests = self.window.session.requests
        at_login, preferences = requests.at_login, requests.preferences
        write = partial(at_login.choose, self._take_answer)

        def in_use() -> StartChoices:
            return preferences.settings.start

        login = [
            Setting(
                "at-login",
                Page.START,
                tr("Start at login"),
                tr("Heimdall starts when you log in to the desktop."),
                Switch(
                    lambda: in_use().is_at_login,
                    lambda is_on: write(is_on=is_on, is_hidden=in_use().is_hidden),
                    default=False,
                ),
            ),
            Setting(
                "start-hidden",
                Page.START,
                tr("Start hidden"),
                tr("At login, Heimdall starts in the tray, or minimised if there is no tray."),
                Switch(
                    lambda: in_use().is_hidden,
                    lambda is_on: write(is_on=in_use().is_at_login, is_hidden=is_on),
                    default=False,
                ),
                lambda: "" if in_use().is_at_login else tr("“Start at login” is off."),
            ),
        ]
        closing = Setting(
            "on-close",
            Page.START,
            tr("Closing the window"),
            lambda: tr(ON_CLOSE_WORDS[in_use().on_close][1]),
            choice_of(
                {way: tr(word) for way, (word, _) in ON_CLOSE_WORDS.items()},
                lambda: in_use().on_close,
                preferences.choose_closing,
                OnClose.FITTING,
            ),
        )
        return [*login, closing] if at_login.is_offered else [closing]

    def _self_test(self) -> list[Setting]:
        test = self.window.session.requests.self_test
        says = tr(
            "Shows a notification, and checks keyring, desktop portal, server, tray, links and "
            "start at login."
        )
        run = Setting(
            "self-test",
            Page.SELF_TEST,
            tr("Self-test"),
            lambda: tr("Waiting for the responses.") if test.is_running else says,
            Button(tr("Run self-test"), partial(test.request, self._take_answer)),
        )
        text = self_test_text(test.answers)
        copy = Button(tr("Copy"), partial(copy_text, text))
        results = Setting("self-test-answers", Page.SELF_TEST, tr("Results"), text, copy)
        return [run, results] if text else [run]

    def _take_answer(self, error: HeimdallError | None) -> None:
        self.refreshed()
        if error is not None:
            self.window.show_error(error)


class KeySettings(Struct, frozen=True):
    """Makes the Keyboard page: each command of the main window with its editable keys.

    Attributes:
        window: the window that has the commands.
    """

    window: Workspace

    def settings(self) -> list[Setting]:
        window, groups = self.window, list(Group)
        commands = sorted(window.commands.keyed(), key=lambda command: groups.index(command.group))

        def show_shortcuts() -> None:
            window.activateWindow()
            window.show_shortcuts()

        return [
            Setting(
                "single-letter-shortcuts",
                Page.KEYBOARD,
                tr("Single-letter shortcuts"),
                tr(
                    "Single letters act on findings, such as C to confirm. When off, they do "
                    "nothing."
                ),
                Switch(lambda: window.commands.has_letters, window.switch_letters, default=True),
            ),
            Setting(
                "shortcuts",
                Page.KEYBOARD,
                tr("Keyboard shortcuts"),
                tr("All shortcuts in the main window, grouped by task."),
                Button(tr("Show all"), show_shortcuts),
            ),
            Setting(
                "reset-keys",
                Page.KEYBOARD,
                tr("Default keys"),
                tr("Resets all commands to their default keys."),
                Button(tr("Reset all"), partial(self._use, ())),
                lambda: "" if self._choices else tr("No keys have been changed."),
            ),
            *map(self._row, commands),
        ]

    def _row(self, command: Command) -> Setting:
        first = self.window.commands.at_first(command.id)
        is_changed = any(choice.command == command.id for choice in self._choices)
        says = ""
        if is_changed:
            text = either([key_text(keys) for keys in first.keys]) or tr("none")
            says = tr("Default: {keys}.").format(keys=text)
        reset = partial(self._give, command, first.keys) if is_changed else None
        kind = Keys(command.group.title, command.keys, partial(self._choose, command), reset)
        return Setting(f"keys {command.id}", Page.KEYBOARD, command.title, says, kind)

    @property
    def _choices(self) -> tuple[KeyChoice, ...]:
        return self.window.session.requests.preferences.settings.keys

    def _use(self, choices: tuple[KeyChoice, ...]) -> None:
        self.window.session.requests.preferences.change_setting("keys", choices)

    def _choose(self, command: Command, keys: str) -> str:
        """Give a command the pressed keys; return why that is not possible, or "".

        Args:
            command: its current state.
            keys: in Qt's portable spelling; "" for none.
        """
        commands, shown, refused = self.window.commands, key_text(keys), ""
        if keys and keys not in commands.at_first(command.id).keys:
            fixed = commands.fixed(keys)
            if fixed is not None:
                refused = tr("{keys} is reserved for \u201c{action}\u201d.").format(
                    keys=shown, action=fixed.text
                )
            elif not has_free_key(keys):
                refused = tr("{keys} alone is used to move or type. Add Ctrl or Alt.").format(
                    keys=shown
                )
        if refused:
            say(self.window, refused)
        else:
            self._give(command, (keys,) if keys else ())
        return refused

    def _give(self, command: Command, keys: tuple[str, ...]) -> None:
        others = [each for each in self.window.commands.keyed() if each.id != command.id]
        owners = [each for each in others if set(each.keys) & set(keys)]
        if not owners:
            self._take(command, keys)
            return
        taken = next(key for key in owners[0].keys if key in keys)
        question = tr(
            "{keys} is assigned to \u201c{owner}\u201d. Reassign it to \u201c{command}\u201d?"
        )
        remaining = []
        for owner in owners:
            left = either([key_text(each) for each in _without(owner, keys)])
            none = tr("\u201c{owner}\u201d will have no shortcut.")
            text = tr("“{owner}” keeps {keys}.") if left else none
            remaining.append(text.format(owner=owner.title, keys=left))
        asked = QuestionDialog(
            tr("Reassign"),
            tr("Leave it"),
            question.format(keys=key_text(taken), owner=owners[0].title, command=command.title),
            " ".join(remaining),
            QApplication.activeWindow() or self.window,
        )
        asked.accepted.connect(lambda: self._take(command, keys))
        open_dialog(asked)

    def _take(self, command: Command, keys: tuple[str, ...]) -> None:
        first, choices = self.window.commands.at_first, self._choices
        for other in self.window.commands.keyed():
            left = _without(other, keys)
            if other.id != command.id and left != other.keys:
                choices = with_keys(choices, first(other.id), left)
        self._use(with_keys(choices, first(command.id), keys))


def _without(command: Command, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in command.keys if each not in keys)
