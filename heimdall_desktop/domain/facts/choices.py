"""The user's settings with their defaults: board, looks, alerts, privacy, history, network.

And a question to which a file is the answer.

Source: behaviour.md 2.5; look.md 10 ("Alerts").
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated, Final, Self

from msgspec import Meta, Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.server import Repo, ServerProfile, ServerUrl, Session

DAY_MIN: Final = 24 * 60
MUTE_FOR: Final = timedelta(hours=1)
REPO_MUTES: Final = (MUTE_FOR, timedelta(days=1), timedelta(weeks=1))
KEEP_DAYS: Final = (1, 3650)
LIMIT_MIB: Final = (64, 2048)

#: Minutes since midnight, local time; 1440 is the end of the day.
Minute = Annotated[int, Meta(ge=0, le=DAY_MIN)]
#: 0 is Monday.
Weekday = Annotated[int, Meta(ge=0, le=6)]


class EventChoice(Struct, frozen=True):
    """Where an event is shown; the inbox always has a line for it.

    Attributes:
        event: its value in `domain.alerts.rules.Event`.
        on_desktop: it raises a desktop notification.
        is_unread: its line in the inbox counts as unread.
        has_sound: the notification requests a sound; no notification, no sound.
    """

    event: str
    on_desktop: bool = True
    is_unread: bool = True
    has_sound: bool = False


FIRST_EVENTS: Final = (
    EventChoice("critical", has_sound=True),
    EventChoice("confirmed"),
    EventChoice("high", on_desktop=False),
    EventChoice("failed", has_sound=True),
    EventChoice("finished", is_unread=False),
    EventChoice("stalled", on_desktop=False),
    EventChoice("signed_out"),
    EventChoice("stale"),
    EventChoice("view"),
)


class QuietSpan(Struct, frozen=True):
    """Hours without notifications; an end at or before the start is on the next day.

    Attributes:
        days: on which it starts.
    """

    days: tuple[Weekday, ...] = (0, 1, 2, 3, 4, 5, 6)
    start_min: Minute = 22 * 60
    end_min: Minute = 7 * 60


class Mute(Struct, frozen=True):
    """A scan that raises no notification until a moment, aware UTC."""

    scan_id: ScanId
    until: Annotated[datetime, Meta(tz=True)]


class RepoMute(Struct, frozen=True):
    """A repository whose scans, also new ones, raise no notification until a moment, aware UTC."""

    server: ServerUrl
    repo_id: RepoId
    until: Annotated[datetime, Meta(tz=True)]

    @property
    def repo(self) -> Repo:
        return self.server, self.repo_id


class AlertChoices(Struct, frozen=True):
    """What may interrupt the user.

    Attributes:
        events: those that differ from the default.
        muted_to_the_end: scans that raise no notification until they have ended.
        is_quiet: whether the quiet hours are active.
        stays: notifications of critical findings stay on the screen until they are closed.
    """

    events: tuple[EventChoice, ...] = ()
    is_quiet: bool = False
    quiet_hours: tuple[QuietSpan, ...] = (QuietSpan(),)
    muted: tuple[Mute, ...] = ()
    muted_to_the_end: tuple[ScanId, ...] = ()
    muted_repos: tuple[RepoMute, ...] = ()
    stays: bool = True

    def of(self, event: str) -> EventChoice:
        known = (each for each in (*self.events, *FIRST_EVENTS) if each.event == event)
        return next(known, EventChoice(event, on_desktop=False))

    def with_event(self, choice: EventChoice) -> "AlertChoices":
        others = (each for each in self.events if each.event != choice.event)
        changed = () if choice in FIRST_EVENTS else (choice,)
        return replace(self, events=(*others, *changed))

    def muted_until(self, scan_id: ScanId, now: datetime) -> datetime | None:
        """Return the moment until which a scan is muted; None if it is not, or to its end."""
        return max(
            (m.until for m in self.muted if m.scan_id == scan_id and now < m.until), default=None
        )

    def repo_muted_until(self, repo: Repo | None, now: datetime) -> datetime | None:
        """Return the moment until which all scans of a repository are muted; None for none."""
        found = (each.until for each in self.muted_repos if each.repo == repo and now < each.until)
        return max(found, default=None)

    def with_repo_mute(self, repo: Repo, until: datetime) -> "AlertChoices":
        """Mute all scans of a repository until a moment, replacing its earlier mute."""
        freed = self.without_repo_mute(repo)
        return replace(freed, muted_repos=(*freed.muted_repos, RepoMute(*repo, until)))

    def without_repo_mute(self, repo: Repo) -> "AlertChoices":
        return replace(
            self, muted_repos=tuple(each for each in self.muted_repos if each.repo != repo)
        )

    def with_mute(self, scan_id: ScanId, until: datetime | None) -> "AlertChoices":
        """Mute a scan until a moment, None for its end, replacing its earlier mutes."""
        freed = self.without_mute(scan_id)
        if until is None:
            return replace(freed, muted_to_the_end=(*freed.muted_to_the_end, scan_id))
        return replace(freed, muted=(*freed.muted, Mute(scan_id, until)))

    def without_mute(self, scan_id: ScanId) -> "AlertChoices":
        return replace(
            self,
            muted=tuple(mute for mute in self.muted if mute.scan_id != scan_id),
            muted_to_the_end=tuple(each for each in self.muted_to_the_end if each != scan_id),
        )

    def with_present_mutes(
        self,
        now: datetime,
        is_watched: Callable[[ScanId], bool],
        has_ended: Callable[[ScanId], bool],
    ) -> "AlertChoices":
        """Remove expired mutes, and those of scans that have ended or left the board."""
        to_the_end = (each for each in self.muted_to_the_end if is_watched(each))
        return replace(
            self,
            muted=tuple(m for m in self.muted if now < m.until and is_watched(m.scan_id)),
            muted_to_the_end=tuple(each for each in to_the_end if not has_ended(each)),
            muted_repos=tuple(each for each in self.muted_repos if now < each.until),
        )


class Redaction(Enum):
    """When notifications hide titles, paths and repository names."""

    NEVER = "never"
    LOCKED = "locked"
    ALWAYS = "always"


class PrivacyChoices(Struct, frozen=True):
    """What others can see.

    Attributes:
        redaction: of notifications; presenting always redacts.
        is_presenting: code, titles, paths and names are masked everywhere.
    """

    redaction: Redaction = Redaction.LOCKED
    is_presenting: bool = False


class OnClose(Enum):
    """What closing the window does."""

    FITTING = "fitting"
    """Continue in the background if there is a tray, else minimised; quit if nothing is watched."""
    BACKGROUND = "background"
    MINIMISE = "minimise"
    QUIT = "quit"


class StartChoices(Struct, frozen=True):
    """How the program starts and ends.

    Attributes:
        is_at_login: it starts when the user signs in to the desktop.
        is_hidden: it then starts without its window.
        was_close_explained: the user was informed once that watching continues after closing.
    """

    is_at_login: bool = False
    is_hidden: bool = False
    on_close: OnClose = OnClose.FITTING
    was_close_explained: bool = False


class KeyChoice(Struct, frozen=True):
    """The keys of a command whose keys differ from the default.

    Attributes:
        command: its id.
        keys: in Qt's portable spelling; if empty, only menu and palette offer it.
    """

    command: str
    keys: tuple[str, ...] = ()


class FolderChoice(Struct, frozen=True):
    """Whether decisions on findings of a local folder are kept; `folder` is an absolute path."""

    folder: str
    is_kept: bool


class HistoryChoices(Struct, frozen=True):
    """What is kept of earlier sessions.

    Attributes:
        keep_days: how long a scan is kept that is on no board and was not requested.
        limit_mib: the maximum size of the file.
        decision_days: how long decisions are kept, to be proposed in later scans; 0 keeps none.
        folders: the local folders for which the user was asked about decisions.
    """

    keep_days: Annotated[int, Meta(ge=KEEP_DAYS[0], le=KEEP_DAYS[1])] = 30
    limit_mib: Annotated[int, Meta(ge=LIMIT_MIB[0], le=LIMIT_MIB[1])] = 2048
    decision_days: Annotated[int, Meta(ge=0, le=KEEP_DAYS[1])] = 365
    folders: tuple[FolderChoice, ...] = ()

    def keeps_folder(self, folder: str) -> bool | None:
        """Return whether decisions on a local folder are kept; None if that was not asked yet."""
        return next((each.is_kept for each in self.folders if each.folder == folder), None)

    def with_folder(self, folder: str, *, is_kept: bool) -> "HistoryChoices":
        kept = (each for each in self.folders if each.folder != folder)
        return replace(self, folders=(*kept, FolderChoice(folder, is_kept)))


OWN_COMMAND: Final = "own"


class SourceFolder(Struct, frozen=True):
    """Where this computer has the source code of a repository; `folder` is an absolute path."""

    server: ServerUrl
    repo_id: RepoId
    folder: str

    @property
    def repo(self) -> Repo:
        return self.server, self.repo_id


class EditorChoices(Struct, frozen=True):
    """How findings open in an editor.

    Attributes:
        name: the id of an editor in `services/editors.py`; "" for the first one found, and
            `OWN_COMMAND` for the command.
        command: its program and arguments; `{file}` and `{line}` are replaced.
    """

    name: str = ""
    command: tuple[str, ...] = ()
    folders: tuple[SourceFolder, ...] = ()

    def folder(self, repo: Repo) -> str:
        """Return the folder of a repository; "" if none was chosen."""
        return next((each.folder for each in self.folders if each.repo == repo), "")

    def with_folder(self, repo: Repo, folder: str) -> "EditorChoices":
        """Choose the folder of a repository; "" forgets it."""
        kept = (each for each in self.folders if each.repo != repo)
        added = (SourceFolder(*repo, folder),) if folder else ()
        return replace(self, folders=(*kept, *added))


class FollowsSystem(Enum):
    """A choice that can be the system's; an unknown word of another version means that."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls["SYSTEM"] if isinstance(value, str) else None


class ThemeMode(FollowsSystem):
    """The colours of all windows."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Language(FollowsSystem):
    """The language of the window."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"


class SeenBy(Enum):
    """How a finding is seen, which removes its mark as new or changed."""

    PASSING = "passing"
    """Its row is in view for a while, or it is opened."""
    OPENING = "opening"


class ReasonsShown(Enum):
    """How long reasons are offered after a finding was dismissed or is a false positive."""

    SECONDS = "seconds"
    """For three seconds."""
    NEXT_KEY = "next-key"
    """Until another key is pressed."""
    NEVER = "never"


class FindingsChoices(Struct, frozen=True):
    """How findings are worked through.

    Attributes:
        seen: how a new or changed one is seen.
        confirm_from: an action on at least so many is confirmed first; 0 for never, as each can
            be undone.
        reasons: how long reasons are offered after a decision.
        asks_critical_reason: a dialog asks for the reason if a critical finding is closed.
    """

    seen: SeenBy = SeenBy.PASSING
    confirm_from: Annotated[int, Meta(ge=0, le=100_000)] = 0
    reasons: ReasonsShown = ReasonsShown.SECONDS
    asks_critical_reason: bool = False


class NetworkChoices(Struct, frozen=True):
    """How servers are reached.

    Attributes:
        direct: servers that are reached without a proxy, whatever the settings of the system say.
    """

    direct: tuple[ServerUrl, ...] = ()

    def with_direct(self, url: ServerUrl, *, is_direct: bool) -> "NetworkChoices":
        others = tuple(each for each in self.direct if each != url)
        return replace(self, direct=(*others, url) if is_direct else others)


class WatchedScan(Struct, frozen=True):
    """A scan on the board."""

    server: ServerUrl
    scan_id: ScanId


class Settings(Struct, frozen=True):
    """The user's settings (`settings.toml`). A damaged value is replaced by its default.

    Attributes:
        watches_new: whether new scans are watched automatically.
        stopped: running scans that are no longer watched, and never again automatically.
        sessions: those whose tokens the keyring keeps, as far as their start is known.
        is_read_only: nothing on a server is changed, except for signing in and out.
        keys: of commands whose keys differ from the defaults.
    """

    theme: ThemeMode = ThemeMode.SYSTEM
    servers: tuple[ServerProfile, ...] = ()
    watched: tuple[WatchedScan, ...] = ()
    watches_new: bool = False
    stopped: tuple[ScanId, ...] = ()
    sessions: tuple[Session, ...] = ()
    is_read_only: bool = False
    alerts: AlertChoices = AlertChoices()
    privacy: PrivacyChoices = PrivacyChoices()
    start: StartChoices = StartChoices()
    history: HistoryChoices = HistoryChoices()
    findings: FindingsChoices = FindingsChoices()
    network: NetworkChoices = NetworkChoices()
    editor: EditorChoices = EditorChoices()
    keys: tuple[KeyChoice, ...] = ()
    language: Language = Language.SYSTEM


class FileQuestion(Struct, frozen=True):
    """What a dialog for a file or folder asks.

    Attributes:
        action: the label of the button that answers.
        is_new: the file is about to be written; one that exists must be confirmed.
        folder: where to begin, an absolute path.
        name: the proposed name of a new file.
        filters: a name for each kind of file, with its patterns, such as `*.json`.
        window: the window that asks, as portals name it; "" if it has no such name.
    """

    title: str
    action: str = ""
    is_new: bool = False
    is_folder: bool = False
    folder: str = ""
    name: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    window: str = ""
