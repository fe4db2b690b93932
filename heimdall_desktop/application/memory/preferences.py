"""The settings as they are in use: kept between sessions, changed, and applied at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.application.base.tasks import Answer, RequestTasks
from heimdall_desktop.domain.facts.choices import OnClose, Redaction, Settings, WatchedScan
from heimdall_desktop.domain.facts.errors import HeimdallError, SettingsError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerProfile, ServerUrl, Session
from heimdall_desktop.services.autostart import LoginEntry
from heimdall_desktop.services.settings import SettingsFile, WindowSettings

STOPPED_LIMIT = 200  # older ones have ended by the time they are dropped

S = TypeVar("S", bound=Struct)


class SavedSettings(Generic[S]):
    """The current settings; their file is written in a thread, one write after the other.

    Args:
        settings: the initial settings.
        file: None keeps them for this session only.

    Attributes:
        on_problem: receives, once, a problem that blocks reading or writing; nothing stops for it.
    """

    def __init__(self, settings: S, file: SettingsFile[S] | None) -> None:
        self._file = file
        self._reported = ""
        self._saving = asyncio.Lock()
        self.settings = self._saved = settings
        self.on_problem: Callable[[HeimdallError], None] = lambda _error: None

    @property
    def has_news(self) -> bool:
        """Whether a change is neither in the file nor being written."""
        return self._file is not None and self.settings != self._saved

    async def save(self) -> None:
        """Write the newest settings, if the file does not have them, without blocking the loop.

        Calls run one after the other; changes in between are written once.
        """
        async with self._saving:
            if self._file is None or not self.has_news:
                return
            before, self._saved = self._saved, self.settings
            try:
                problem = await asyncio.to_thread(self._write, self._file, before, self._saved)
            except SettingsError as error:
                self._saved, problem = before, error
            except BaseException:  # it may have been cancelled before it started
                self._saved = before
                raise
            self._report(problem)

    def _write(self, file: SettingsFile[S], _before: S, settings: S) -> HeimdallError | None:
        """Write the file, or raise `SettingsError`; return the problem of the one it replaces."""
        file.save(settings)
        return None

    def _report(self, problem: HeimdallError | None) -> None:
        """Report a problem, but not the same one at each try."""
        known, self._reported = self._reported, "" if problem is None else str(problem)
        if problem is not None and self._reported != known:
            self.on_problem(problem)


class Preferences(SavedSettings[Settings]):
    """The user's choices; each change is saved soon.

    Attributes:
        on_news: called when there is something to save.
        must_read_only: this run changes nothing on a server, whatever the settings say.
        is_local: whether a scan is of our own server: its mutes end with it and are not written.
        outlives_us: whether a server outlives this run, so that mutes of its repositories count.
    """

    def __init__(self, file: SettingsFile[Settings]) -> None:
        super().__init__(Settings(), file)
        self._file: SettingsFile[Settings] = file
        self.on_news: Callable[[], object] = lambda: None
        self.must_read_only = False
        self.is_local: Callable[[ScanId], bool] = lambda _scan_id: False
        self.outlives_us: Callable[[ServerUrl], bool] = lambda _server: True
        self._followers: list[Callable[[Settings], None]] = []

    def follow(self, use: Callable[[Settings], None]) -> None:
        """Apply the current settings with a function now, and after each change."""
        self._followers.append(use)
        use(self.settings)

    @property
    def is_read_only(self) -> bool:
        return self.must_read_only or self.settings.is_read_only

    def load(self, only: Container[ScanId] | None = None) -> Settings:
        """Read the settings of the last session; resume `only` these scans, and no new ones."""
        settings, problem = self._file.load()
        if only is not None:
            watched = tuple(scan for scan in settings.watched if scan.scan_id in only)
            settings = replace(settings, watched=watched, watches_new=False)
        self._use(settings)
        self._saved = self.settings
        self._report(problem)
        return self.settings

    def setting(self, key: str) -> Any:
        return attrgetter(key)(self.settings)

    def change_setting(self, key: str, value: Any) -> None:
        """Use another value from now on of a field such as "theme", or "start.on_close"."""
        name, _, field = key.partition(".")
        if field:
            value = replace(getattr(self.settings, name), **{field: value})
        self.change(replace(self.settings, **{name: value}))

    def change(self, settings: Settings) -> None:
        if settings != self.settings:
            self._use(settings)
            self.on_news()

    def _use(self, settings: Settings) -> None:
        self.settings = settings
        for use in self._followers:
            use(settings)

    def _write(
        self, file: SettingsFile[Settings], before: Settings, settings: Settings
    ) -> HeimdallError | None:
        """Save the settings, with the servers and scans of another program on the same file.

        Of the sessions, save those started or ended here, and otherwise those in the file: another
        program may have started a session since, whose token is in the keyring now.
        """
        stored, problem = file.load()
        alerts = settings.alerts
        for scan_id in {*alerts.muted_to_the_end, *(mute.scan_id for mute in alerts.muted)}:
            if self.is_local(scan_id):
                alerts = alerts.without_mute(scan_id)
        for mute in alerts.muted_repos:
            if not self.outlives_us(mute.server):
                alerts = alerts.without_repo_mute(mute.repo)
        own = {*before.watched, *settings.watched}
        watched = [scan for scan in stored.watched if scan not in own]
        urls = {server.url for server in (*before.servers, *settings.servers)}
        servers = [server for server in stored.servers if server.url not in urls]
        moved = {each.server for each in {*before.sessions} ^ {*settings.sessions}}
        sessions = [each for each in settings.sessions if each.server in moved]
        sessions += [each for each in stored.sessions if each.server not in moved]
        settings = replace(
            settings,
            alerts=alerts,
            servers=(*settings.servers, *servers),
            sessions=tuple(sessions),
            watched=(*settings.watched, *watched),
        )
        file.save(settings)
        return problem

    def choose_closing(self, on_close: OnClose) -> None:
        """Remember what closing the window does; a made choice needs no explanation."""
        start = self.settings.start
        self.change_setting("start", replace(start, on_close=on_close, was_close_explained=True))

    def choose_direct(self, url: ServerUrl, *, is_direct: bool) -> None:
        """Ignore the proxy settings for a server from now on, or follow them again."""
        network = self.settings.network.with_direct(url, is_direct=is_direct)
        self.change_setting("network", network)

    def note_stopped(self, scan_id: ScanId, *, is_stopped: bool) -> None:
        """Remember that a scan is never watched automatically, or that it is watched by hand."""
        stopped = tuple(each for each in self.settings.stopped if each != scan_id)
        if is_stopped:
            stopped = (*stopped, scan_id)[-STOPPED_LIMIT:]
        self.change_setting("stopped", stopped)

    def remember(
        self,
        servers: Iterable[ServerProfile],
        watched: Iterable[WatchedScan],
        known: Container[ServerUrl],
        sessions: Iterable[Session] = (),
    ) -> None:
        """Remember the current servers and board.

        Args:
            servers: in use now.
            watched: the board as it is now.
            known: servers that could be resumed; scans on another one stay in the file, so that a
                proxy setting that is wrong for a day does not cost the board.
            sessions: those whose tokens the keyring keeps.
        """
        former = self.settings
        kept_servers = [server for server in former.servers if server.url not in known]
        kept_scans = [scan for scan in former.watched if scan.server not in known]
        self.change(
            replace(
                former,
                servers=(*servers, *kept_servers),
                sessions=tuple(sessions),
                watched=(*watched, *kept_scans),
            )
        )


class AtLogin:
    """Keeps the desktop entry as chosen; the choice follows the entry.

    Args:
        entry: the entry the desktop reads; None for a run that does not change it.

    Attributes:
        is_offered: whether the choice can be changed.
    """

    def __init__(
        self, entry: LoginEntry | None, preferences: Preferences, requests: RequestTasks
    ) -> None:
        self._entry, self._preferences, self._requests = entry, preferences, requests
        self._turn = asyncio.Lock()  # of two changes the later one applies
        self.is_offered = entry is not None

    def request_state(self, on_answer: Answer) -> None:
        """Read whether it starts: tools of the desktop may have switched it off."""
        self._requests.start(self._read_state, on_answer, name="read the entry of the session")

    def choose(self, on_answer: Answer, *, is_on: bool, is_hidden: bool) -> None:
        """Start with the session from now on, or no longer; `is_hidden` opens no window then."""

        async def write() -> None:
            if self._entry is None:
                return
            work = partial(self._entry.write, is_hidden=is_hidden) if is_on else self._entry.remove
            async with self._turn:
                try:
                    await asyncio.to_thread(work)
                    self._preferences.change_setting("start.is_hidden", is_hidden)
                finally:
                    await self._read_state()

        self._requests.start(write, on_answer, name="write the entry of the session")

    async def _read_state(self) -> None:
        if self._entry is not None:
            is_on = await asyncio.to_thread(self._entry.is_on)
            self._preferences.change_setting("start.is_at_login", is_on)


class Privacy:
    """Decides what others may see: presenting, and when notifications name nothing.

    Source: behaviour.md 1 (32), 2.5 ("Redacted").

    Args:
        preferences: the user's choices; they include presenting, so that it survives a restart.

    Attributes:
        knows_lock: whether the system reports when the screen is locked.
        is_locked: whether it reports that now.
        on_hidden: called with whether notifications, and whether windows, must name nothing.
    """

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self.is_locked = self._is_on_wall = False
        self._reported = (False, False)
        self.knows_lock = False
        self.on_hidden: Callable[[bool, bool], None] = lambda _on_desktop, _in_window: None
        preferences.follow(self._use)

    def see_lock(self, is_locked: bool | None) -> None:
        """Set whether the screen is locked; None if the system does not report it."""
        self.knows_lock, self.is_locked = is_locked is not None, bool(is_locked)
        self._use(self._preferences.settings)

    def see_wallboard(self, *, is_in_focus: bool) -> None:
        """Set whether the screen shows the wallboard, which others can see."""
        self._is_on_wall = is_in_focus
        self._use(self._preferences.settings)

    def _use(self, settings: Settings) -> None:
        chosen = settings.privacy
        is_asked = chosen.redaction is Redaction.ALWAYS
        is_asked |= chosen.redaction is Redaction.LOCKED and self.is_locked
        is_asked |= self._is_on_wall
        hidden = (chosen.is_presenting or is_asked, chosen.is_presenting)
        if hidden != self._reported:
            self._reported = hidden
            self.on_hidden(*hidden)


class WindowMemory(SavedSettings[WindowSettings]):
    """The appearance that windows keep between sessions: a text for each part.

    Parts keep what they need (columns, splits, views) under their own name and get it back
    unchanged. A text of another version is theirs to refuse. The file is written when changes have
    stopped for a while, and at the end.

    Attributes:
        on_kept: receives name and text of whatever is kept.
    """

    def __init__(self, file: SettingsFile[WindowSettings] | None = None) -> None:
        super().__init__(WindowSettings(), file)
        self.on_kept: Callable[[str, str], None] = lambda _name, _text: None

    def load(self) -> HeimdallError | None:
        """Read the texts of the last session; return the problem of the file, if any."""
        if self._file is None:
            return None
        self.settings, problem = self._file.load()
        self._saved = self.settings
        self._reported = "" if problem is None else str(problem)
        return problem

    def copy(self, own: Mapping[str, str]) -> WindowMemory:
        """Return the current texts, for a window that starts like this one; no file has it.

        `own` texts, which the window has kept for itself, take precedence.
        """
        copy = WindowMemory()
        copy.settings = WindowSettings({**self.settings.states, **own})
        return copy

    def text(self, name: str) -> str:
        return self.settings.states.get(name, "")

    def keep(self, name: str, text: str) -> None:
        if self.text(name) != text:
            states = {**self.settings.states, name: text}
            self.settings = replace(self.settings, states=states)
            self.on_kept(name, text)
