"""The typed settings files: the user's choices, and the state of the window.

A file is replaced as a whole and never half written. Keys of other versions are kept. A value of a
wrong type loses only that value, and a damaged list entry only that entry. A file that can't be
parsed is kept under another name, and the copy of the last save replaces it. A file that can't be
read is not changed. Never a token: tokens are in the keyring.
"""

import json
import os
import re
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_origin

import msgspec
import tomli_w
from msgspec.structs import FieldInfo, fields

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.services import regular_file

S = TypeVar("S", bound=msgspec.Struct)

Table = dict[str, object]

LARGEST_BYTES = 1 << 20  # 5,000 scans on the board; more would delay the start for seconds
MOST_VALUES = 50_000
MOST_NAMED = 5  # damaged values, in one message
LONGEST_VALUE = 40  # characters of one of them
COPY_SUFFIX = ".last-good"
DEEPEST = 16  # levels of nested tables and lists; ours are 2 deep
#: A name of so many parts that it is not a word of a text. The time of Python's parser grows with
#: the square of their number.
_DEEP_NAMES = re.compile(
    rb"""(?<![\w."'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}"""
)

#: The lists that make up the board: if one of them is not a list, that of the copy is used.
_BOARD = ("servers", "watched", "sessions", "stopped")
#: Replaces a damaged value where the default would permit or show more than the user chose.
_SAFE: dict[str, object] = {
    "is_read_only": True,
    "findings": {"seen": "opening", "confirm_from": 2},
    "findings.seen": "opening",
    "findings.confirm_from": 2,
    "privacy": {"redaction": "always"},
    "privacy.redaction": "always",
}


class WindowSettings(msgspec.Struct, frozen=True):
    """The state of the window (`window.toml`): the saved state of each part, by the part's name."""

    states: dict[str, str] = {}


class SettingsFile(Generic[S]):
    """One settings file of one kind.

    `save` blocks for some milliseconds; calls from several threads run one after the other.

    Args:
        path: the file's path.
        kind: the type of its content.
        is_read_only: never write it or set it aside: another program is using it.
    """

    def __init__(self, path: Path, kind: type[S], *, is_read_only: bool = False) -> None:
        self._path, self._is_read_only = path, is_read_only
        self._copy = path.with_name(f"{path.name}{COPY_SUFFIX}")
        self._kind = kind
        self._content: Table = {}
        self._saving = threading.Lock()

    def load(self) -> tuple[S, errors.SettingsError | None]:
        """Return the settings, and the file's problems, if any."""
        try:
            self._content, settings, damaged = self._read(self._path)
        except (FileNotFoundError, NotADirectoryError):
            return self._kind(), None
        except OSError as error:
            self._content = {}
            return self._kind(), self._unreadable(error)
        except errors.HeimdallError as error:
            return self._replaced(error)
        except (ValueError, msgspec.MsgspecError, RecursionError) as error:
            problem = str(error).rstrip(".")
            return self._replaced(
                errors.SettingsError(errors.Reason.SETTINGS_MALFORMED, problem=problem)
            )
        if not damaged:
            return settings, None
        damaged.sort(key=lambda error: error.reason is errors.Reason.SETTINGS_ENTRY)
        return settings, errors.SettingsError(
            errors.Reason.SETTINGS_VALUES,
            path=str(self._path),
            file=self._path.name,
            values=tuple(damaged[:MOST_NAMED]),
            more=max(len(damaged) - MOST_NAMED, 0),
        )

    def save(self, settings: S) -> None:
        """Replace the file, keeping its unknown keys.

        Raises:
            SettingsError: it cannot be written; the old file is still there.
        """
        if self._is_read_only:
            return
        chosen = msgspec.to_builtins(settings, builtin_types=[datetime])
        with self._saving:
            try:  # an unreadable file may contain anything and is kept
                os.close(regular_file.open_regular(self._path, os.O_RDONLY))
            except (FileNotFoundError, NotADirectoryError):
                pass
            except OSError as error:
                raise self._unreadable(error) from None
            self._content = _merged(self._content, chosen)
            text = tomli_w.dumps(self._content).encode()
            try:
                self._replace(text)
            except OSError as error:
                path = str(self._path)
                if regular_file.lacks_space(error):
                    raise errors.NoSpaceForSettings(
                        errors.Reason.SETTINGS_NO_SPACE, path=path
                    ) from None
                problem = regular_file.problem_of(error)
                raise errors.SettingsError(
                    errors.Reason.SETTINGS_UNWRITABLE, path=path, problem=problem
                ) from None
            if self._kind is Settings:
                with suppress(OSError):  # the settings themselves are saved
                    regular_file.replace_file(self._copy, text)

    def _read(self, path: Path) -> tuple[Table, S, list[errors.SettingsError]]:
        """Return all values of a file, the settings in it, and its damaged values."""
        with os.fdopen(regular_file.open_regular(path, os.O_RDONLY), "rb") as file:
            text = file.read(LARGEST_BYTES + 1)
        if len(text) > LARGEST_BYTES:
            raise errors.SettingsError(errors.Reason.SETTINGS_TOO_LONG, limit=LARGEST_BYTES)
        if _DEEP_NAMES.search(text):
            raise errors.SettingsError(errors.Reason.SETTINGS_TOO_DEEP)
        if self._kind is Settings and not text.strip():
            raise errors.SettingsError(errors.Reason.SETTINGS_EMPTY)
        content = msgspec.toml.decode(text, type=Table)
        count, level = 0, list[object]([content])  # unknown values are kept, so written again
        for _ in range(DEEPEST):
            inner = (each for each in level if isinstance(each, dict | list))
            level = [
                part
                for each in inner
                for part in (each.values() if isinstance(each, dict) else each)
            ]
            count += len(level)
        if level:
            raise errors.SettingsError(errors.Reason.SETTINGS_TOO_DEEP)
        if count > MOST_VALUES:
            raise errors.SettingsError(errors.Reason.SETTINGS_TOO_MANY_VALUES, limit=MOST_VALUES)
        damaged: list[errors.SettingsError] = []
        lost = [name for name in _BOARD if not isinstance(content.get(name, []), list)]
        copied = self._copied() if lost and path != self._copy else None
        instead = {} if copied is None else {name: copied[0].get(name, []) for name in lost}
        sound = _sound_parts(content, self._kind, "", damaged, instead)
        return content, msgspec.convert(sound, self._kind, builtin_types=[datetime]), damaged

    def _copied(self) -> tuple[Table, S] | None:
        if self._kind is not Settings:
            return None
        try:
            content, settings, _ = self._read(self._copy)
        except (OSError, errors.HeimdallError, ValueError, msgspec.MsgspecError, RecursionError):
            return None
        return content, settings

    def _replaced(self, error: errors.HeimdallError) -> tuple[S, errors.SettingsError]:
        """Set the file aside and continue with the last saved settings, or with the defaults."""
        kept_as = ""  # the name under which the damaged file is kept, if it is moved
        if not self._is_read_only:
            place = Path(os.path.realpath(self._path))
            with suppress(OSError):
                free = regular_file.free_place(place)
                os.replace(place, free)
                kept_as = free.name
        copied = self._copied()
        self._content, settings = ({}, self._kind()) if copied is None else copied
        if copied is not None and kept_as:
            with suppress(OSError):  # it is in use, and saved with the next change
                self._replace(tomli_w.dumps(self._content).encode())
        path = str(self._path)
        if not kept_as:
            return settings, errors.SettingsError(
                errors.Reason.SETTINGS_IGNORED, path=path, error=error
            )
        return settings, errors.SettingsError(
            errors.Reason.SETTINGS_SET_ASIDE if copied is None else errors.Reason.SETTINGS_RESTORED,
            path=path,
            file=self._path.name,
            error=error,
            name=kept_as,
        )

    def _replace(self, text: bytes) -> None:
        place = Path(os.path.realpath(self._path))  # links are the user's and stay
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        regular_file.replace_file(place, text)

    def _unreadable(self, error: OSError) -> errors.SettingsError:
        path, problem = str(self._path), regular_file.problem_of(error)
        return errors.SettingsError(errors.Reason.SETTINGS_UNREADABLE, path=path, problem=problem)


def _sound_parts(
    content: Table,
    kind: type[msgspec.Struct],
    within: str,
    damaged: list[errors.SettingsError],
    instead: Table | None = None,
) -> Table:
    """Return a table with replacements for its damaged values.

    Args:
        content: The content of the file.
        kind: The expected type.
        within: The names of the tables around it, each with a dot.
        damaged: Receives the problems.
        instead: Replacements for some values, in place of the default.
    """
    parts: Table = {}
    for each in fields(kind):
        if each.name not in content:
            continue
        name = f"{within}{each.name}"
        value = _sound(content[each.name], each.type, name, damaged)
        if value is msgspec.UNSET:
            value = (instead or {}).get(each.name, _SAFE.get(name, _default(each)))
            if value is msgspec.UNSET:
                continue  # the value around it is damaged as a whole
            was, used = _shown(content[each.name]), _shown(value)
            error = errors.SettingsError(
                errors.Reason.SETTINGS_VALUE, key=name, value=was, used=used
            )
            damaged.append(error)
        parts[each.name] = value
    return parts


def _sound(content: object, kind: Any, name: str, damaged: list[errors.SettingsError]) -> object:
    """Return a value without its damaged parts; UNSET if all of it is damaged."""
    if isinstance(content, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        content = _sound_parts(content, kind, f"{name}.", damaged)
    elif isinstance(content, list) and get_origin(kind) is tuple:
        each_kind = get_args(kind)[0]
        found = [_sound(value, each_kind, name, damaged) for value in content]
        damaged += [
            errors.SettingsError(
                errors.Reason.SETTINGS_ENTRY, key=name, number=number, value=_shown(value)
            )
            for number, (value, sound) in enumerate(zip(content, found, strict=True), start=1)
            if sound is msgspec.UNSET
        ]
        content = [sound for sound in found if sound is not msgspec.UNSET]
    try:
        if kind is ServerUrl and isinstance(content, str):
            content = server_url(content)  # in its standard spelling, whatever was typed
        msgspec.convert(content, kind, builtin_types=[datetime])
    except (msgspec.ValidationError, errors.LinkError):
        return msgspec.UNSET
    return content


def _default(field: FieldInfo) -> object:
    """Return the default of a field in its written form; UNSET for a required one."""
    if field.default is not msgspec.NODEFAULT:
        return msgspec.to_builtins(field.default, builtin_types=[datetime])
    return msgspec.UNSET if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def _shown(value: object) -> str:
    line = one_line(json.dumps(value, ensure_ascii=False, default=str))
    return line if len(line) <= LONGEST_VALUE else f"{line[:LONGEST_VALUE]}\u2026"


def _merged(content: Table, chosen: Table) -> Table:
    """Return the chosen values, with the keys that only the file has."""
    return content | {key: _with_extras(value, content.get(key)) for key, value in chosen.items()}


def _with_extras(value: object, old: object) -> object:
    """Return a table, or a list of tables, with the unknown keys of the matching old ones.

    Entries of a list are matched by a lookup of their values, so that a thousand are fast.
    """
    if isinstance(value, dict) and isinstance(old, dict):
        return _merged(old, value)
    if not (isinstance(value, list | tuple) and isinstance(old, list)):
        return value
    olds = [each for each in old if isinstance(each, dict)]
    tables = [each for each in value if isinstance(each, dict)]
    by_keys = {
        keys: {_values_of(each, keys): each for each in reversed(olds)}
        for keys in {*map(tuple, tables)}
    }
    return [
        by_keys[tuple(each)].get(_values_of(each, tuple(each)), {}) | each
        if isinstance(each, dict)
        else each
        for each in value
    ]


def _values_of(table: Table, keys: tuple[str, ...]) -> str:
    return repr([table.get(key) for key in keys])
