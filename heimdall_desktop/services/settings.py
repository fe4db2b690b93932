"""The typed settings files: what the user chose, and how the window looked.

A file is replaced as a whole and never half written. Keys of other versions are kept; a file that
cannot be understood is set aside, not overwritten. Never a token: that lives in the keyring.
"""

import contextlib
import itertools
import os
import tempfile
import threading
from dataclasses import replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
import tomli_w

from heimdall_desktop.domain.facts.errors import LinkError, SettingsError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerProfile, ServerUrl, server_url
from heimdall_desktop.domain.facts.session import Session
from heimdall_desktop.domain.words.wording import tr

S = TypeVar("S", bound=msgspec.Struct)

Table = dict[str, object]


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
    """

    theme: Theme = Theme.SYSTEM
    servers: tuple[ServerProfile, ...] = ()
    watched: tuple[WatchedScan, ...] = ()
    watches_new: bool = False
    stopped: tuple[ScanId, ...] = ()
    sessions: tuple[Session, ...] = ()


class WindowSettings(msgspec.Struct, frozen=True):
    """How the window looked (`window.toml`): what each of its parts keeps, by the part's name."""

    states: dict[str, str] = {}


class SettingsFile(Generic[S]):
    """One settings file of one kind.

    `save` blocks for some milliseconds; calls from several threads come one after the other.
    """

    def __init__(self, path: Path, kind: type[S]) -> None:
        self._path = path
        self._kind = kind
        self._told: Table = {}
        self._saving = threading.Lock()

    def load(self) -> tuple[S, SettingsError | None]:
        """Return the settings, and what was wrong with the file if it had to be set aside."""
        try:
            self._told, settings = self._read()
        except FileNotFoundError:
            return self._kind(), None
        except (OSError, ValueError, msgspec.MsgspecError, LinkError, RecursionError) as error:
            self._told = {}
            return self._kind(), self._set_aside(error)
        return settings, None

    def save(self, settings: S) -> None:
        """Replace the file, keeping the keys in it that we do not know.

        Raises:
            SettingsError: it cannot be written; the old file is still there.
        """
        chosen = msgspec.to_builtins(settings, builtin_types=[datetime])
        with self._saving:
            self._told = _merged(self._told, chosen)
            try:
                self._replace(tomli_w.dumps(self._told).encode())
            except OSError as error:
                raise SettingsError(
                    tr("{path} cannot be written: {reason}.").format(
                        path=self._path, reason=_reason(error)
                    ),
                    tr("Check its folder and the space left."),
                ) from None

    def _read(self) -> tuple[Table, S]:
        text = self._path.read_bytes()
        told = msgspec.toml.decode(text, type=Table)
        settings = msgspec.toml.decode(text, type=self._kind)
        return told, _with_sound_addresses(settings)

    def _replace(self, text: bytes) -> None:
        folder = self._path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{self._path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, self._path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise

    def _set_aside(self, error: Exception) -> SettingsError:
        cause = tr("{path} cannot be understood: {reason}.").format(
            path=self._path, reason=_reason(error)
        )
        try:
            place = self._free_place()
            os.replace(self._path, place)
        except OSError:
            return SettingsError(cause, tr("The usual settings are used."))
        remedy = tr("It was kept as {name}; the usual settings are used.")
        return SettingsError(cause, remedy.format(name=place.name))

    def _free_place(self) -> Path:
        places = (
            self._path.with_name(f"{self._path.name}.damaged-{n}") for n in itertools.count(1)
        )
        return next(place for place in places if not os.path.lexists(place))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error).rstrip(".")


def _with_sound_addresses(settings: S) -> S:
    """The settings with each address in its one spelling, whatever somebody typed in the file.

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
    """A list of tables in which each takes over the unknown keys of the old one it stands for.

    Each is looked up by what it says, so that a thousand of them are soon done.
    """
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
