"""Where session tokens are kept: what every store can do, and the store in memory."""

from typing import Protocol

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import CredentialError
from heimdall_desktop.domain.facts.server import ServerProfile


class TokenPlace(Struct, frozen=True):
    """Where tokens are kept.

    Attributes:
        keyring: its name; "" for memory, which forgets them at the end of the session.
        trouble: why there is no keyring, though there should be one.
    """

    keyring: str = ""
    trouble: CredentialError | None = None


class CredentialStore(Protocol):
    """A place that keeps one token for each account on a server; never a file.

    `get`, `set` and `delete` may raise `CredentialError`. That is never a reason to stop: the
    token can always be used for this session only.
    """

    async def get(self, profile: ServerProfile) -> str | None:
        """Return the token of an account, None where none is kept."""

    async def set(self, profile: ServerProfile, token: str) -> None:
        """Keep the token of an account in place of an earlier one."""

    async def delete(self, profile: ServerProfile) -> None:
        """Forget the token of an account; not having one is fine."""

    async def describe(self) -> TokenPlace:
        """Name the place where tokens are kept, or say why there is none."""


class MemoryStore:
    """Keeps tokens until the program ends."""

    def __init__(self) -> None:
        self._tokens: dict[ServerProfile, str] = {}

    async def get(self, profile: ServerProfile) -> str | None:
        """Return the token of an account, None where none is kept."""
        return self._tokens.get(profile)

    async def set(self, profile: ServerProfile, token: str) -> None:
        """Keep the token of an account in place of an earlier one."""
        self._tokens[profile] = token

    async def delete(self, profile: ServerProfile) -> None:
        """Forget the token of an account; not having one is fine."""
        self._tokens.pop(profile, None)

    async def describe(self) -> TokenPlace:
        """Name the place where tokens are kept."""
        return TokenPlace()
