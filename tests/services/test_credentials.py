"""What every credential store must do, and that the store in memory does it."""

import pytest

from heimdall_desktop.domain.facts.server import ServerProfile, ServerUrl
from heimdall_desktop.services.credentials import CredentialStore, MemoryStore

ADA = ServerProfile(ServerUrl("https://heimdall.example.org"), "ada@example.org")
BOB = ServerProfile(ServerUrl("https://heimdall.example.org"), "bob@example.org")
ADA_ELSEWHERE = ServerProfile(ServerUrl("https://heimdall.example.org:8443"), "ada@example.org")


class CredentialStoreContract:
    """Inherited by the tests of each store, which give the fixture `store`."""

    async def test_an_unknown_account_has_no_token(self, store: CredentialStore) -> None:
        assert await store.get(ADA) is None

    async def test_gives_back_what_was_set(self, store: CredentialStore) -> None:
        await store.set(ADA, "0123abcd" * 8)
        assert await store.get(ADA) == "0123abcd" * 8

    async def test_the_newest_token_counts(self, store: CredentialStore) -> None:
        await store.set(ADA, "old")
        await store.set(ADA, "new")
        assert await store.get(ADA) == "new"

    async def test_keeps_accounts_and_servers_apart(self, store: CredentialStore) -> None:
        await store.set(ADA, "token of ada")
        assert await store.get(BOB) is None
        assert await store.get(ADA_ELSEWHERE) is None

    async def test_deleting_forgets(self, store: CredentialStore) -> None:
        await store.set(ADA, "token of ada")
        await store.set(BOB, "token of bob")
        await store.delete(ADA)
        assert await store.get(ADA) is None
        assert await store.get(BOB) == "token of bob"

    async def test_deleting_what_is_not_there_is_fine(self, store: CredentialStore) -> None:
        await store.delete(ADA)

    async def test_says_where_it_keeps_them(self, store: CredentialStore) -> None:
        assert (await store.describe()).trouble is None

    async def test_shows_no_token_when_printed(self, store: CredentialStore) -> None:
        await store.set(ADA, "canary")
        assert "canary" not in repr(store)


class TestMemoryStore(CredentialStoreContract):
    """The store for this session only."""

    @pytest.fixture
    def store(self) -> MemoryStore:
        """Make an empty one."""
        return MemoryStore()
