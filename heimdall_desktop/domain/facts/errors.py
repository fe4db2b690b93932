"""The error types: every error the layers pass upwards.

An error has a class to catch it by, a reason and the facts of the case; its text is in
`presentation/error_text.py`. No fact is ever a token or a text of a finding. Services raise these
instead of library errors.
"""

import traceback
from collections.abc import Callable, Sequence
from enum import Enum, auto
from pathlib import PurePath
from typing import Any, Self, TypeVar


class Reason(Enum):
    """Why something failed. `presentation/error_text.py` has the text of each."""

    # No connection to the server can be made, see `NO_CONNECTION`.
    NAME_NOT_FOUND = auto()
    NAME_TIMED_OUT = auto()
    CONNECTION_REFUSED = auto()
    CONNECTION_TIMED_OUT = auto()
    NOT_REACHABLE = auto()
    CERTIFICATE_UNTRUSTED = auto()
    NO_COMMON_TLS = auto()
    TRIED_HTTPS = auto()
    TLS_REFUSED = auto()
    CLIENT_CERTIFICATE_REQUIRED = auto()
    PROXY_REFUSED = auto()
    PROXY_PASSWORD_MISSING = auto()
    LOCAL_SERVER_GONE = auto()

    # No request can be sent, or no answer arrives.
    ADDRESS_UNUSABLE = auto()
    PROXY_IS_SOCKS = auto()
    PROXY_SETTING_UNUSABLE = auto()
    TOKEN_UNSENDABLE = auto()
    QUEUE_TOO_LONG = auto()
    ANSWER_TIMED_OUT = auto()
    CONNECTION_BROKE = auto()
    OWN_REQUEST_RUNS = auto()
    NO_LINK = auto()

    # The server answers, but not with what was requested.
    TOKEN_REFUSED = auto()
    LOGIN_REFUSED = auto()
    LOGIN_LOST = auto()
    LOGIN_NOT_OFFERED = auto()
    NOT_FOUND = auto()
    REMOVED = auto()
    MOVED = auto()
    ROUTE_MISSING = auto()
    NOT_OFFERED = auto()
    NOT_HEIMDALL = auto()
    HEALTH_UNREADABLE = auto()
    SERVER_BUSY = auto()
    SERVER_FAILED = auto()
    REQUEST_REFUSED = auto()
    NO_AI_PROVIDER = auto()
    NO_AI_MODEL = auto()
    NO_AI_EMBEDDED = auto()
    AI_FAILED = auto()
    REPO_TAKES_NO_ISSUES = auto()
    REPO_TAKES_NO_FIXES = auto()
    ISSUE_UNSURE = auto()
    ISSUES_UNSURE = auto()
    ACTION_UNSURE = auto()
    FIX_FAILED = auto()
    FIX_UNSURE = auto()
    NO_PATCH_THERE = auto()
    PATCH_MARKED = auto()

    # A change was sent, and its result is unknown.
    ANSWER_LOST = auto()
    OUTCOME_NOT_TOLD = auto()
    ACCOUNT_UNSURE = auto()
    SCAN_UNSURE = auto()
    SCAN_NOT_STARTED = auto()
    SCAN_AMONG_OTHERS = auto()
    REPO_UNSURE = auto()
    REPO_NOT_ADDED = auto()
    CANCEL_UNSURE = auto()
    NOT_CANCELLED = auto()
    CHANGE_UNSURE = auto()
    NOT_CHANGED = auto()
    DECISION_NOT_SAVED = auto()
    VALUE_NOT_TAKEN = auto()
    ENTRY_UNSURE = auto()
    ENTRY_MISSING = auto()
    COMMENT_EMPTY = auto()
    SESSION_UNSURE = auto()
    SESSION_STILL_OPEN = auto()

    # The received data cannot be understood.
    COMPRESSION_BROKEN = auto()
    COMPRESSION_UNKNOWN = auto()
    ANSWER_TOO_LONG = auto()
    ANSWER_TOO_MANY_PIECES = auto()
    ANSWER_TOO_MANY_VALUES = auto()
    ANSWER_NO_JSON = auto()
    ANSWER_UNREADABLE = auto()
    STREAM_ENDLESS = auto()
    STREAM_FLOODS = auto()
    ROW_TOO_LONG = auto()
    ROW_UNREADABLE = auto()
    TIME_UNREADABLE = auto()
    OTHER_SCAN = auto()
    OTHER_FINDING = auto()
    FINDING_OF_NO_SCAN = auto()
    FINDING_WITHOUT_ID = auto()
    TOKEN_UNUSABLE = auto()
    PAGE_NOT_HTML = auto()
    PAGE_MISSING = auto()
    PAGE_TOO_LONG = auto()
    PAGE_FOREIGN = auto()

    # A list was not read completely.
    REPO_PAGE_UNREAD = auto()
    SCAN_PAGE_UNREAD = auto()
    REPOS_UNREAD = auto()
    SCANS_UNREAD = auto()
    OWED_SCANS_UNREAD = auto()

    # The connection to a scan.
    STREAM_SILENT = auto()
    STREAM_CLOSED = auto()
    STREAM_SPEAKS_ALONE = auto()
    SCAN_NOT_TOLD = auto()
    SCAN_NOT_ANSWERED = auto()
    WATCH_BROKE = auto()
    SCAN_SERVER_UNUSABLE = auto()

    # Watching, requesting and signing in.
    NO_SCAN_IN_TEXT = auto()
    NO_SCAN_IN_WORD = auto()
    NO_SCAN_IN_LINK = auto()
    MORE_IN_LINK = auto()
    PARAMETER_IN_LINK = auto()
    LINK_TO_THIS_MACHINE = auto()
    SEVERAL_SERVERS = auto()
    NO_ONE_SERVER = auto()
    TEXT_TOO_LONG = auto()
    NO_ADDRESS = auto()
    OTHER_SERVER = auto()
    OTHER_SERVER_GIVEN = auto()
    MORE_THAN_TWO_SCANS = auto()
    NO_EARLIER_SCAN = auto()
    NO_SERVER_FOR_SCAN = auto()
    NO_SERVER_FOR_LISTS = auto()
    NOT_SIGNED_IN = auto()
    NO_TOKEN = auto()
    NOT_ALL_WATCHED = auto()
    TOO_MANY_SCANS = auto()
    SCAN_NOT_FOUND = auto()
    SCANS_NOT_FOUND = auto()
    REPO_UNKNOWN = auto()
    SCAN_NOT_WATCHED = auto()
    FINDING_NOT_WATCHED = auto()
    READ_ONLY = auto()
    OTHER_ACCOUNT = auto()
    SERVER_MISSING = auto()
    SENT_IN_CLEAR = auto()
    SENT_IN_CLEAR_GIVEN = auto()
    TOKEN_MISSING = auto()
    TOKEN_MALFORMED = auto()
    EMAIL_MISSING = auto()
    PASSWORD_MISSING = auto()

    # The keyring.
    KEYRING_UNUSABLE = auto()
    KEYRING_KEEPS_NOTHING = auto()
    KEYRING_SILENT = auto()
    KEYRING_SLOW = auto()
    KEYRING_LOCKED = auto()
    KEYRING_REFUSED = auto()
    KEYRING_EMPTY = auto()
    TOKEN_TOO_LONG = auto()

    # Our own files: settings, log, history; and those the user saves.
    SETTINGS_UNREADABLE = auto()
    SETTINGS_UNWRITABLE = auto()
    SETTINGS_NO_SPACE = auto()
    SETTINGS_SET_ASIDE = auto()
    SETTINGS_IGNORED = auto()
    SETTINGS_TOO_LONG = auto()
    SETTINGS_TOO_DEEP = auto()
    SETTINGS_TOO_MANY_VALUES = auto()
    SETTINGS_MALFORMED = auto()
    SETTINGS_VALUES = auto()
    SETTINGS_VALUE = auto()
    SETTINGS_ENTRY = auto()
    SETTINGS_EMPTY = auto()
    SETTINGS_RESTORED = auto()
    LOG_UNWRITABLE = auto()
    FILE_NOT_WRITTEN = auto()
    FILE_NO_SPACE = auto()
    RECORDING_UNREADABLE = auto()
    RECORDING_TOO_LONG = auto()
    RECORDING_FOREIGN = auto()
    RECORDING_NEWER = auto()
    RECORDING_DAMAGED = auto()
    RECORDING_ALONE = auto()
    RECORDING_FULL = auto()
    RECORDING_SLOW = auto()
    RECORDING_ENDED = auto()
    RECORDING_NOT_OPENED = auto()
    HISTORY_FOLDER = auto()
    HISTORY_UNUSABLE = auto()
    HISTORY_BUSY = auto()
    HISTORY_NO_SPACE = auto()
    HISTORY_NEWER = auto()
    HISTORY_OLDER = auto()
    HISTORY_DAMAGED = auto()
    HISTORY_FOREIGN = auto()
    HISTORY_SET_ASIDE = auto()
    HISTORY_BEGUN = auto()
    HISTORY_OFF = auto()

    # The desktop and the embedded server.
    NO_SESSION_BUS = auto()
    SESSION_BUS_LOST = auto()
    DESKTOP_SILENT = auto()
    NO_NOTIFIER = auto()
    NOTIFIER_REFUSED = auto()
    NOTIFIER_FAILED = auto()
    NOTIFICATION_NOT_SHOWN = auto()
    NO_PORTAL = auto()
    NOTIFICATIONS_FORBIDDEN = auto()
    SCANNERS_MISSING = auto()
    LOCAL_NOT_STARTED = auto()
    LOCAL_START_TIMED_OUT = auto()
    LOCAL_ENDED = auto()
    LOCAL_ENDED_SAYING = auto()
    LOCAL_ENDED_AT_ONCE = auto()
    FOLDER_TIMED_OUT = auto()
    FOLDER_REFUSED = auto()

    # Opening a finding's file in an editor.
    PATH_OUTSIDE = auto()
    PATH_UNUSABLE = auto()
    SOURCE_MISSING = auto()
    SOURCE_NO_FILE = auto()
    SOURCE_UNREADABLE = auto()
    SOURCE_FOLDER_MISSING = auto()
    NO_EDITOR = auto()
    EDITOR_MISSING = auto()
    EDITOR_NEEDS_TERMINAL = auto()
    EDITOR_NOT_STARTED = auto()
    EDITOR_ENDED = auto()
    COMMAND_EMPTY = auto()
    COMMAND_UNBALANCED = auto()
    COMMAND_LACKS_FILE = auto()
    COMMAND_MIXES_FILE = auto()
    COMMAND_RUNS_FILE = auto()
    COMMAND_IS_SHELL = auto()
    COMMAND_NOT_FOUND = auto()

    # Anything else.
    SEVERAL = auto()
    PART_NOT_SHOWN = auto()
    DEFECT = auto()
    DEFECT_IN_REQUEST = auto()


#: Why no connection to a server can be made at all.
NO_CONNECTION = frozenset(
    {
        Reason.NAME_NOT_FOUND,
        Reason.NAME_TIMED_OUT,
        Reason.CONNECTION_REFUSED,
        Reason.CONNECTION_TIMED_OUT,
        Reason.NOT_REACHABLE,
        Reason.CERTIFICATE_UNTRUSTED,
        Reason.NO_COMMON_TLS,
        Reason.TLS_REFUSED,
        Reason.CLIENT_CERTIFICATE_REQUIRED,
        Reason.PROXY_REFUSED,
        Reason.PROXY_PASSWORD_MISSING,
        Reason.LOCAL_SERVER_GONE,
    }
)


class HeimdallError(Exception):
    """An expected error.

    Attributes:
        reason: what went wrong.
        fields: the facts of the case, by the names that the text of the reason uses: plain values,
            or the errors that caused this one.
    """

    def __init__(self, reason: Reason, /, **fields: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields = fields

    def __str__(self) -> str:
        facts = (f"{name}={value!r}" for name, value in self.fields.items())
        return " ".join([self.reason.name, *facts])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def kept(self) -> Self:
        """Return the same error without its traceback, which would keep much alive."""
        plain = type(self).__new__(type(self), *self.args)
        plain.__dict__.update(self.__dict__)
        plain.fields = {
            name: value.kept() if isinstance(value, HeimdallError) else value
            for name, value in self.fields.items()
        }
        return plain

    def reword(self, change: Callable[[str], str]) -> None:
        for name, value in self.fields.items():
            if isinstance(value, str):
                self.fields[name] = change(value)
            elif isinstance(value, HeimdallError):
                value.reword(change)


class LogText(str):
    """A text that the log may hold: a word of ours or of the system, never a name or a path."""

    __slots__ = ()


FRAMES_LOGGED = 20  # the innermost; an endless recursion has a thousand
PACKAGES = ("heimdall_desktop", "site-packages", "tests")


def traces(error: BaseException) -> LogText:
    """Return where an error and its causes were raised, but not their messages.

    The message of an error may repeat what a server sent, which must not be logged, and the full
    path of a file names the user.
    """
    if isinstance(error, BaseExceptionGroup):
        return LogText("".join(traces(each) for each in error.exceptions))
    origin = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = ["" if origin is None else traces(origin), f"{type(error).__name__}\n"]
    for frame, line in [*traceback.walk_tb(error.__traceback__)][-FRAMES_LOGGED:]:
        parts = PurePath(frame.f_code.co_filename).parts
        start = next((parts.index(each) for each in PACKAGES if each in parts), -1)
        lines.append(f"  {'/'.join(parts[start:])}:{line} in {frame.f_code.co_name}\n")
    return LogText("".join(lines))


E = TypeVar("E", bound=HeimdallError)


def together(kind: type[E], errors: Sequence[E]) -> E:
    return errors[0] if len(errors) == 1 else kind(Reason.SEVERAL, errors=tuple(errors))


class LinkError(HeimdallError):
    """The text names no scan or finding, or one of another server."""


class SignInNeeded(LinkError):
    """The text names a scan of a server that we have no token for.

    Attributes:
        server: the address of the server to sign in to; "" if none is named.
    """

    def __init__(self, reason: Reason, /, *, server: str = "", **fields: Any) -> None:
        super().__init__(reason, server=server, **fields)
        self.server = server


class SeveralServers(LinkError):
    """The text names a scan by host and port, which several of our servers have.

    Attributes:
        web_links: the same scan on each of them, by the address of the server.
    """

    def __init__(self, reason: Reason, /, *, web_links: dict[str, str], **fields: Any) -> None:
        super().__init__(reason, web_links=web_links, **fields)
        self.web_links = web_links


class TooManyScans(LinkError):
    """Too many scans are watched already to add another."""


class NotAllWatched(LinkError):
    """Some scans that a text names are not watched; the rest are.

    Attributes:
        refused: each word of the text that is not watched, and why.
    """

    def __init__(
        self, reason: Reason, /, *, refused: tuple[tuple[str, HeimdallError], ...], **fields: Any
    ) -> None:
        super().__init__(reason, refused=refused, **fields)
        self.refused = refused


class ServerError(HeimdallError):
    """A request to a Heimdall server failed."""


class ServerUnreachable(ServerError):
    """No answer: name, route, proxy, timeout or a broken connection."""


class CertificateUntrusted(ServerUnreachable):
    """The server's certificate is not trusted by this system."""


class OutcomeUnknown(ServerError):
    """A change was sent, but its answer was lost: it may have been made, or not.

    A failure that a proxy reports in the server's place is no answer either. The change is never
    retried automatically; its result is read back. Source: protocol.md T-55.
    """


class SignedOut(ServerError):
    """401: the token is missing, wrong or expired."""


class NotVisible(ServerError):
    """404 in the JSON envelope. Source: protocol.md 2.2."""


class WrongServer(ServerError):
    """The address answers, but not like a Heimdall server. Source: protocol.md T-44, T-53."""


class RouteMissing(WrongServer):
    """The server does not offer what was requested. Source: protocol.md 13."""


#: The answers of a server that lacks a route, or the requested thing. Only what else it offers
#: shows which of the two is missing. Source: protocol.md 13.
ABSENT = (NotVisible, RouteMissing)


class ServerBusy(ServerError):
    """429, or 503 with a wait."""

    def __init__(self, reason: Reason, /, *, wait_s: float, **fields: Any) -> None:
        super().__init__(reason, wait_s=wait_s, **fields)
        self.wait_s = wait_s


class ServerFault(ServerError):
    """A 5xx answer: the server or a proxy before it failed."""

    def __init__(self, reason: Reason, /, *, status: int = 0, **fields: Any) -> None:
        super().__init__(reason, **fields)
        self.status = status


class ServerLacking(ServerFault):
    """503 in the JSON envelope: the server lacks something. Source: protocol.md 4.9."""


class PageUnreadable(ServerError):
    """A web page of the server is not as expected, so that it leads to no scans."""


class NotAllRead(ServerError):
    """Some parts of a list could not be read; the list is not complete."""


class RequestRefused(ServerError):
    """A 4xx answer that none of the other errors covers."""

    def __init__(self, reason: Reason, /, *, status: int = 0, **fields: Any) -> None:
        super().__init__(reason, **fields)
        self.status = status


class WireError(HeimdallError):
    """An answer or a frame that cannot be understood."""


class CredentialError(HeimdallError):
    """A token could not be kept, read or removed."""


class KeyringMissing(CredentialError):
    """This system offers no keyring that keeps anything."""


class KeyringLocked(CredentialError):
    """The keyring is locked and was not opened."""


class KeyringSlow(CredentialError):
    """The keyring gave no answer in time; it may be waiting for its prompt."""


class KeyringRefused(CredentialError):
    """The keyring answered with an error."""


class NotifierUnavailable(HeimdallError):
    """The desktop accepts no notifications."""


class NoSpace(HeimdallError):
    """Something cannot be written because no space is left."""


class SettingsError(HeimdallError):
    """A settings file, or the log, cannot be read or written."""


class NoSpaceForSettings(SettingsError, NoSpace):
    """No space is left for a settings file; the old one is kept."""


class FileNotWritten(HeimdallError):
    """A file the user wanted to keep cannot be written to its place."""


class NoSpaceForFile(FileNotWritten, NoSpace):
    """No space is left for a file the user wanted to keep; nothing of it was left behind."""


class HistoryError(HeimdallError):
    """The history of earlier sessions cannot be read or written; the live view continues."""


class NoSpaceForHistory(HistoryError, NoSpace):
    """No space is left for the history; unwritten data waits."""


class RecordingError(HeimdallError):
    """A recording cannot be played, or not to its end."""


class LocalServerError(HeimdallError):
    """The embedded server did not start, or stopped unexpectedly."""


class EditorError(HeimdallError):
    """A finding's file cannot be opened in an editor, or a command for that cannot be used."""


class SourceError(EditorError):
    """The file isn't in the chosen source folder, or its path cannot be used.

    It is raised without names, which `named` adds where they are shown.
    """

    def named(self, file: str, folder: str) -> Self:
        return type(self)(self.reason, **{**self.fields, "file": file, "folder": folder})
