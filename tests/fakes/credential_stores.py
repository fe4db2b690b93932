"""Places for tokens, each named for its behaviour."""

from heimdall_desktop.domain.errors import KeyringLocked
from heimdall_desktop.domain.server import ServerProfile
from heimdall_desktop.services.credentials import MemoryStore


class LockedStore(MemoryStore):
    """Opens for nobody."""

    async def get(self, profile: ServerProfile) -> str | None:
        raise KeyringLocked("The keyring is locked.")

    async def set(self, profile: ServerProfile, token: str) -> None:
        raise KeyringLocked("The keyring is locked.")

    async def delete(self, profile: ServerProfile) -> None:
        raise KeyringLocked("The keyring is locked.")
