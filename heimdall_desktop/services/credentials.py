"""Stores for session tokens: the interface of every store, and the store in memory."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from types import ModuleType
from typing import Protocol, TypeVar

from msgspec import Struct

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.server import ServerProfile
from heimdall_desktop.services.worker_thread import in_daemon_thread


class TokenPlace(Struct, frozen=True):
    """The place where tokens are kept.

    Attributes:
        keyring: its name; "" for memory, which forgets them at the end of the session.
        problem: why there is no keyring, though one is expected.
    """

    keyring: str = ""
    problem: errors.CredentialError | None = None


class CredentialStore(Protocol):
    """A place that keeps one token for each account on a server; never a file.

    `get`, `set` and `delete` may raise `CredentialError`. That is never a reason to stop: the
    token can always be used for this session only.
    """

    async def get(self, profile: ServerProfile) -> str | None:
        """Return the token of an account, None if none is stored."""

    async def set(self, profile: ServerProfile, token: str) -> None:
        """Store the token of an account in place of an earlier one."""

    async def delete(self, profile: ServerProfile) -> None:
        """Delete the token of an account; a missing one is no error."""

    async def describe(self) -> TokenPlace:
        """Return the place where tokens are kept, or why there is none."""


class MemoryStore:
    """Keeps tokens until the program ends."""

    def __init__(self) -> None:
        self._tokens: dict[ServerProfile, str] = {}

    async def get(self, profile: ServerProfile) -> str | None:
        return self._tokens.get(profile)

    async def set(self, profile: ServerProfile, token: str) -> None:
        self._tokens[profile] = token

    async def delete(self, profile: ServerProfile) -> None:
        self._tokens.pop(profile, None)

    async def describe(self) -> TokenPlace:
        return TokenPlace()


# Keeps session tokens in the keyring of the operating system.


SERVICE_NAME = "heimdall-desktop"
READ_LIMIT_S = 2.5  # the window opens within 3 s whatever the keyring does; behaviour.md feature 18
WRITE_LIMIT_S = 60.0  # the user requested it and may be typing into the keyring's prompt

_KEEPS_NO_SECRET = ("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")
# 2,560 bytes of UTF-16; architecture.md "Keyring"
_LONGEST_TOKEN = {"keyring.backends.Windows": 1280}

log = logging.getLogger("heimdall.keyring")

T = TypeVar("T")


class KeyringBackend(Protocol):
    """The part of `keyring.backend.KeyringBackend` we use; each call may block without end."""

    @property
    def name(self) -> str:
        """The back end's name for itself."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Remove a secret; an error if it does not exist."""


class KeyringStore:
    """A `CredentialStore` that never blocks the program on the keyring.

    A keyring call may wait for a prompt without end, so each runs in a daemon thread and is
    abandoned after its limit. The call may still complete when the prompt is answered later.
    """

    def __init__(
        self,
        find_backend: Callable[[], KeyringBackend] = lambda: _keyring().get_keyring(),
        *,
        read_limit_s: float = READ_LIMIT_S,
        write_limit_s: float = WRITE_LIMIT_S,
    ) -> None:
        self._find_backend = find_backend
        self._read_limit_s = read_limit_s
        self._write_limit_s = write_limit_s

    async def get(self, profile: ServerProfile) -> str | None:
        username = _username(profile)
        return await self._ask(
            lambda backend: backend.get_password(SERVICE_NAME, username), self._read_limit_s
        )

    async def set(self, profile: ServerProfile, token: str) -> None:
        def write(backend: KeyringBackend) -> None:
            modules = {type(link).__module__ for link in _links(backend)}
            limits = [limit for module, limit in _LONGEST_TOKEN.items() if module in modules]
            if limits and len(token.encode("utf-16-le")) > 2 * min(limits):
                raise errors.KeyringRefused(errors.Reason.TOKEN_TOO_LONG, limit=min(limits))
            backend.set_password(SERVICE_NAME, _username(profile), token)

        await self._ask(write, self._write_limit_s)

    async def delete(self, profile: ServerProfile) -> None:
        def remove(backend: KeyringBackend) -> None:
            if backend.get_password(SERVICE_NAME, _username(profile)) is not None:
                backend.delete_password(SERVICE_NAME, _username(profile))

        await self._ask(remove, self._write_limit_s)

    async def describe(self) -> TokenPlace:
        try:
            return TokenPlace(await self._ask(lambda backend: backend.name, self._read_limit_s))
        except errors.CredentialError as error:
            return TokenPlace(problem=error)

    async def _ask(self, question: Callable[[KeyringBackend], T], limit_s: float) -> T:
        def ask() -> T:
            backend = _usable(self._find_backend)
            try:
                return question(backend)
            except errors.CredentialError:
                raise
            except Exception as error:  # back ends are plug-ins and raise any error
                known = _keyring().errors
                match error:
                    case known.NoKeyringError():
                        raise errors.KeyringMissing(errors.Reason.KEYRING_SILENT) from error
                    case known.KeyringLocked() | known.InitError():
                        raise errors.KeyringLocked(errors.Reason.KEYRING_LOCKED) from error
                    case _:
                        kind = type(error).__name__
                        raise errors.KeyringRefused(
                            errors.Reason.KEYRING_REFUSED, kind=kind
                        ) from error

        try:
            async with asyncio.timeout(limit_s):
                return await in_daemon_thread(ask, name="keyring")
        except TimeoutError:
            log.warning("no response from the keyring within %g s", limit_s)
            raise errors.KeyringSlow(errors.Reason.KEYRING_SLOW, limit_s=limit_s) from None


def _keyring() -> ModuleType:
    """Return the library. It loads slowly, so the thread that first uses it loads it."""
    import keyring.errors  # noqa: PLC0415 - see above

    return keyring


def _username(profile: ServerProfile) -> str:
    return f"{profile.url} {profile.account}"


class _Chain:
    """The back ends of a chain that keep secrets, in its order, already checked."""

    def __init__(self, name: str, backends: Sequence[KeyringBackend]) -> None:
        self.name = name
        self.backends = backends

    def get_password(self, service: str, username: str) -> str | None:
        found = (each.get_password(service, username) for each in self.backends)
        return next((password for password in found if password is not None), None)

    def set_password(self, service: str, username: str, password: str) -> None:
        for backend in self.backends:
            with suppress(NotImplementedError):
                return backend.set_password(service, username, password)
        raise _keyring().errors.PasswordSetError

    def delete_password(self, service: str, username: str) -> None:
        for backend in self.backends:
            if backend.get_password(service, username) is not None:
                backend.delete_password(service, username)


def _usable(find_backend: Callable[[], KeyringBackend]) -> KeyringBackend:
    """Find the back end to use.

    Raises:
        KeyringMissing: there is none, or all of them keep nothing or write a plain file.
    """
    try:
        backend = find_backend()
        links = list(_links(backend))
    except (RuntimeError, ImportError, AttributeError, ValueError) as error:
        raise errors.KeyringMissing(errors.Reason.KEYRING_UNUSABLE) from error
    modules = [type(link).__module__ for link in links]
    sound = [
        link
        for link, module in zip(links, modules, strict=True)
        if not module.startswith(_KEEPS_NO_SECRET)
    ]
    if not sound:
        module = ", ".join(dict.fromkeys(modules)) or type(backend).__module__
        raise errors.KeyringMissing(errors.Reason.KEYRING_KEEPS_NOTHING, module=module)
    return sound[0] if len(sound) == 1 else _Chain(backend.name, sound)


def _links(backend: KeyringBackend) -> Iterator[KeyringBackend]:
    """Yield the back ends of a chain, also of nested chains; of any other, itself.

    A chain gives a secret to any of them, also to one that writes a plain file.
    """
    chained = getattr(backend, "backends", None)
    if chained is None:
        yield backend
        return
    for each in chained:
        yield from _links(each)
