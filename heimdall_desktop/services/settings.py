"""The typed settings files: what the user chose, and how the window looked.

A file is replaced as a whole and never half written. Keys of other versions are kept; a file that
cannot be understood is set aside, and what cannot be read is left alone: neither is overwritten.
Never a token: that lives in the keyring.
"""

import os
import re
import threading
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_origin

import msgspec
import tomli_w
from msgspec.structs import fields, replace

from heimdall_desktop.domain.facts.choices import (
    AlertChoices,
    HistoryChoices,
    KeyChoice,
    PrivacyChoices,
    StartChoices,
)
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    NoSpaceForSettings,
    Reason,
    SettingsError,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerProfile, ServerUrl, server_url
from heimdall_desktop.domain.facts.session import Session
from heimdall_desktop.services.regular_file import (
    free_place,
    lacks_space,
    open_regular,
    problem_of,
    replace_file,
)

S = TypeVar("S", bound=msgspec.Struct)

Table = dict[str, object]

LARGEST_BYTES = 1 << 20  # 5,000 scans on the board; more would hold up the start for seconds
MOST_VALUES = 50_000
MOST_NAMED = 5  # damaged values, in one message
DEEPEST = 16  # tables and lists in each other; ours are 2 deep
#: A name of so many parts that it is no word of a text. Python's parser takes a time that grows
#: with the square of their number.
_DEEP_NAMES = re.compile(
    rb"""(?<![\w."'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}"""
)


class Theme(Enum):
    """Which colours the window has; a word of another version means the system's."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"

    @classmethod
    def _missing_(cls, value: object) -> "Theme | None":
        return cls.SYSTEM if isinstance(value, str) else None


class WatchedScan(msgspec.Struct, frozen=True):
    """A scan on the board."""

    server: ServerUrl
    scan_id: ScanId


class Settings(msgspec.Struct, frozen=True):
    """What the user chose (`settings.toml`).

    Attributes:
        watches_new: whether new scans are watched by themselves.
        stopped: running scans that are no longer watched, and never again by themselves.
        sessions: those whose tokens the keyring keeps, as far as their beginning is known.
        is_read_only: nothing on a server is changed, but for signing in and out.
        keys: of commands that have others than at first.
    """

    theme: Theme = Theme.SYSTEM
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
    keys: tuple[KeyChoice, ...] = ()


#: A damaged value of these is as at first and all others hold, for it can be chosen again; a board
#: cannot, so a file with a damaged one is set aside.
_FORGIVING: dict[str, Any] = {
    each.name: each.type
    for each in fields(Settings)
    if each.name in {"alerts", "privacy", "start", "history", "keys"}
}


class WindowSettings(msgspec.Struct, frozen=True):
    """How the window looked (`window.toml`): what each of its parts keeps, by the part's name."""

    states: dict[str, str] = {}


class SettingsFile(Generic[S]):
    """One settings file of one kind.

    `save` blocks for some milliseconds; calls from several threads come one after the other.

    Args:
        path: where it stands.
        kind: what it holds.
        is_read_only: it is neither written nor set aside: it is another program's at the moment.
    """

    def __init__(self, path: Path, kind: type[S], *, is_read_only: bool = False) -> None:
        self._path, self._is_read_only = path, is_read_only
        self._kind = kind
        self._told: Table = {}
        self._saving = threading.Lock()

    def load(self) -> tuple[S, SettingsError | None]:
        """Return the settings, and what was wrong with the file if it could not be used."""
        try:
            self._told, settings, damaged = self._read()
        except (FileNotFoundError, NotADirectoryError):
            return self._kind(), None
        except OSError as error:
            self._told = {}
            return self._kind(), self._unreadable(error)
        except HeimdallError as error:
            self._told = {}
            return self._kind(), self._set_aside(error)
        except (ValueError, msgspec.MsgspecError, RecursionError) as error:
            self._told = {}
            problem = str(error).rstrip(".")
            malformed = SettingsError(Reason.SETTINGS_MALFORMED, problem=problem)
            return self._kind(), self._set_aside(malformed)
        if damaged:
            path, names = str(self._path), ", ".join(list(dict.fromkeys(damaged))[:MOST_NAMED])
            return settings, SettingsError(Reason.SETTINGS_VALUES, path=path, names=names)
        return settings, None

    def save(self, settings: S) -> None:
        """Replace the file, keeping the keys in it that we do not know.

        Raises:
            SettingsError: it cannot be written; the old file is still there.
        """
        if self._is_read_only:
            return
        chosen = msgspec.to_builtins(settings, builtin_types=[datetime])
        with self._saving:
            self._see_that_it_may_be_replaced()
            self._told = _merged(self._told, chosen)
            try:
                self._replace(tomli_w.dumps(self._told).encode())
            except OSError as error:
                raise self._unwritable(error) from None

    def _read(self) -> tuple[Table, S, list[str]]:
        """Return all that stands in the file, the settings in it, and which of them are damaged."""
        with os.fdopen(open_regular(self._path, os.O_RDONLY), "rb") as file:
            text = file.read(LARGEST_BYTES + 1)
        if len(text) > LARGEST_BYTES:
            raise SettingsError(Reason.SETTINGS_TOO_LONG, limit=LARGEST_BYTES)
        if _DEEP_NAMES.search(text):
            raise SettingsError(Reason.SETTINGS_TOO_DEEP)
        told = msgspec.toml.decode(text, type=Table)
        _check_shape(told)
        damaged: list[str] = []
        kinds = _FORGIVING if self._kind is Settings else {}
        parts = {
            name: _sound(value, kinds[name], name, damaged) if name in kinds else value
            for name, value in told.items()
        }
        sound = {name: value for name, value in parts.items() if value is not msgspec.UNSET}
        settings = msgspec.convert(sound, self._kind, builtin_types=[datetime])
        return told, _with_sound_addresses(settings), damaged

    def _see_that_it_may_be_replaced(self) -> None:
        """What cannot be read may hold anything, and was not set aside.

        Raises:
            SettingsError: it is there and cannot be read.
        """
        try:
            os.close(open_regular(self._path, os.O_RDONLY))
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            raise self._unreadable(error) from None

    @property
    def _place(self) -> Path:
        """Where the file stands, at the end of links: they are the user's and stay."""
        return Path(os.path.realpath(self._path))

    def _replace(self, text: bytes) -> None:
        place = self._place
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(place, text)

    def _unreadable(self, error: OSError) -> SettingsError:
        path, problem = str(self._path), problem_of(error)
        return SettingsError(Reason.SETTINGS_UNREADABLE, path=path, problem=problem)

    def _unwritable(self, error: OSError) -> SettingsError:
        path, problem = str(self._path), problem_of(error)
        if lacks_space(error):
            return NoSpaceForSettings(Reason.SETTINGS_NO_SPACE, path=path)
        return SettingsError(Reason.SETTINGS_UNWRITABLE, path=path, problem=problem)

    def _set_aside(self, error: HeimdallError) -> SettingsError:
        path = str(self._path)
        if self._is_read_only:
            return SettingsError(Reason.SETTINGS_IGNORED, path=path, error=error)
        try:
            place = free_place(self._place)
            os.replace(self._place, place)
        except OSError:
            return SettingsError(Reason.SETTINGS_IGNORED, path=path, error=error)
        return SettingsError(Reason.SETTINGS_SET_ASIDE, path=path, error=error, name=place.name)


def _sound(told: object, kind: Any, name: str, damaged: list[str]) -> object:
    """Return a value without those of its parts that are no such thing.

    Args:
        told: What stands in the file.
        kind: The type it should have.
        name: Where it stands.
        damaged: Takes the names of the parts that were left out.

    Returns:
        What is sound of it; UNSET if there is nothing.
    """
    if isinstance(told, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        kinds = {each.name: each.type for each in fields(kind)}
        parts = {
            key: _sound(value, kinds[key], f"{name}.{key}", damaged) if key in kinds else value
            for key, value in told.items()
        }
        told = {key: value for key, value in parts.items() if value is not msgspec.UNSET}
    elif isinstance(told, list) and get_origin(kind) is tuple:
        each_kind = get_args(kind)[0]
        found = [_sound(value, each_kind, name, damaged) for value in told]
        told = [value for value in found if value is not msgspec.UNSET]
    try:
        msgspec.convert(told, kind, builtin_types=[datetime])
    except msgspec.ValidationError:
        damaged.append(name)
        return msgspec.UNSET
    return told


def _check_shape(told: Table) -> None:
    """See that what was read can be written as well: what is unknown in it is kept.

    Raises:
        SettingsError: it has too many values, or too many in each other.
    """
    level: list[object] = [told]
    count = 0
    for _ in range(DEEPEST):
        inner = (each for each in level if isinstance(each, dict | list))
        level = [
            part for each in inner for part in (each.values() if isinstance(each, dict) else each)
        ]
        count += len(level)
    if level:
        raise SettingsError(Reason.SETTINGS_TOO_DEEP)
    if count > MOST_VALUES:
        raise SettingsError(Reason.SETTINGS_TOO_MANY_VALUES, limit=MOST_VALUES)


def _with_sound_addresses(settings: S) -> S:
    """The settings with each address in its one spelling, whatever was typed into the file.

    Raises:
        LinkError: one is no address.
    """
    if not isinstance(settings, Settings):
        return settings
    servers = tuple(ServerProfile(server_url(s.url), s.account) for s in settings.servers)
    watched = tuple(WatchedScan(server_url(w.server), w.scan_id) for w in settings.watched)
    sessions = tuple(replace(s, server=server_url(s.server)) for s in settings.sessions)
    return msgspec.structs.replace(settings, servers=servers, sessions=sessions, watched=watched)


def _merged(told: Table, chosen: Table) -> Table:
    """What we choose, with the keys that only the file knows."""
    return told | {key: _with_extras(value, told.get(key)) for key, value in chosen.items()}


def _with_extras(value: object, old: object) -> object:
    """A table, or a list of tables, with the unknown keys of the old ones they stand for.

    Each of a list is looked up by what it says, so that a thousand of them are soon done.
    """
    if isinstance(value, dict) and isinstance(old, dict):
        return _merged(old, value)
    if not (isinstance(value, list | tuple) and isinstance(old, list)):
        return value
    olds = [each for each in old if isinstance(each, dict)]
    tables = [each for each in value if isinstance(each, dict)]
    by_keys = {
        keys: {_said(each, keys): each for each in reversed(olds)} for keys in {*map(tuple, tables)}
    }
    return [
        by_keys[tuple(each)].get(_said(each, tuple(each)), {}) | each
        if isinstance(each, dict)
        else each
        for each in value
    ]


def _said(table: Table, keys: tuple[str, ...]) -> str:
    return repr([table.get(key) for key in keys])
