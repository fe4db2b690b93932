"""Keyring back ends for tests, each named for its behaviour."""

import asyncio
import threading

import keyring.errors

from heimdall_desktop.domain.facts.errors import KeyringLocked, Reason
from heimdall_desktop.domain.facts.server import ServerProfile
from heimdall_desktop.services.credentials import MemoryStore


class KeepingKeyring:
    """Keeps secrets in a dictionary, the way a real back end answers."""

    name = "keeping keyring"

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.secrets:
            raise keyring.errors.PasswordDeleteError("not there")
        del self.secrets[service, username]


class FailingKeyring(KeepingKeyring):
    """Answers every call with the same error."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self._error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self._error


class StalledKeyring(KeepingKeyring):
    """Waits for a prompt that is answered only by `answer`."""

    def __init__(self) -> None:
        super().__init__()
        self._prompt = threading.Event()
        self.answered = threading.Event()

    def answer(self) -> None:
        """Answer the prompt and wait until the waiting call is through."""
        self._prompt.set()
        self.answered.wait()

    def get_password(self, service: str, username: str) -> str | None:
        self._prompt.wait()
        self.answered.set()
        return super().get_password(service, username)


class LockedStore(MemoryStore):
    """Never opens."""

    async def get(self, profile: ServerProfile) -> str | None:
        raise KeyringLocked(Reason.KEYRING_LOCKED)

    async def set(self, profile: ServerProfile, token: str) -> None:
        raise KeyringLocked(Reason.KEYRING_LOCKED)

    async def delete(self, profile: ServerProfile) -> None:
        raise KeyringLocked(Reason.KEYRING_LOCKED)


class OpeningStore(MemoryStore):
    """Is locked until it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.is_locked = False

    async def get(self, profile: ServerProfile) -> str | None:
        if self.is_locked:
            raise KeyringLocked(Reason.KEYRING_LOCKED)
        return await super().get(profile)


class PromptingStore(MemoryStore):
    """Keeps a token and then waits for a prompt that no one answers."""

    def __init__(self) -> None:
        super().__init__()
        self.prompted = asyncio.Event()

    async def set(self, profile: ServerProfile, token: str) -> None:
        await super().set(profile, token)
        self.prompted.set()
        await asyncio.Event().wait()
