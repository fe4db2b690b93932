"""Places for tokens, each named for its behaviour."""

import asyncio

from heimdall_desktop.domain.facts.errors import KeyringLocked, Reason
from heimdall_desktop.domain.facts.server import ServerProfile
from heimdall_desktop.services.credentials import MemoryStore


class LockedStore(MemoryStore):
    """Opens for nobody."""

    async def get(self, profile: ServerProfile) -> str | None:
        raise KeyringLocked(Reason.KEYRING_LOCKED)

    async def set(self, profile: ServerProfile, token: str) -> None:
        raise KeyringLocked(Reason.KEYRING_LOCKED)

    async def delete(self, profile: ServerProfile) -> None:
        raise KeyringLocked(Reason.KEYRING_LOCKED)


class OpeningStore(MemoryStore):
    """Is locked until somebody opens it."""

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
