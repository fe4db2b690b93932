"""What every credential store must do, and that the store in memory does it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.server import ServerProfile, ServerUrl
from heimdall_desktop.presentation.error_text import remedy
from heimdall_desktop.services import credentials
from tests.fakes.desk_parts import raises_saying
from tests.fakes.keyrings import FailingKeyring, KeepingKeyring, StalledKeyring

ADA = ServerProfile(ServerUrl("https://heimdall.example.org"), "ada@example.org")
BOB = ServerProfile(ServerUrl("https://heimdall.example.org"), "bob@example.org")
ADA_ELSEWHERE = ServerProfile(ServerUrl("https://heimdall.example.org:8443"), "ada@example.org")


class CredentialStoreContract:
    """Inherited by the tests of each store, which give the fixture `store`."""

    async def test_gives_back_the_newest_token(self, store: credentials.CredentialStore) -> None:
        assert await store.get(ADA) is None
        assert (await store.describe()).problem is None
        await store.set(ADA, "old")
        await store.set(ADA, "0123abcd" * 8)
        assert await store.get(ADA) == "0123abcd" * 8
        assert "0123abcd" not in repr(store)

    async def test_keeps_accounts_and_hosts_apart(self, store: credentials.CredentialStore) -> None:
        await store.set(ADA, "token of ada")
        assert await store.get(BOB) is None
        assert await store.get(ADA_ELSEWHERE) is None

    async def test_deleting_forgets(self, store: credentials.CredentialStore) -> None:
        await store.delete(ADA)  # which is not there: no error
        await store.set(ADA, "token of ada")
        await store.set(BOB, "token of bob")
        await store.delete(ADA)
        assert await store.get(ADA) is None
        assert await store.get(BOB) == "token of bob"


class TestMemoryStore(CredentialStoreContract):
    """The store for this session only."""

    @pytest.fixture
    def store(self) -> credentials.MemoryStore:
        """Make an empty one."""
        return credentials.MemoryStore()


class TestKeyringStore(CredentialStoreContract):
    """With a back end that behaves."""

    @pytest.fixture
    def store(self) -> credentials.KeyringStore:
        """Make one over an empty back end."""
        backend = KeepingKeyring()
        return credentials.KeyringStore(lambda: backend)


class TestSecretService(CredentialStoreContract):
    """With the real keyring of the private desktop session."""

    @pytest.fixture
    def store(self, private_desktop: None) -> Iterator[credentials.KeyringStore]:
        """Make one over the back end that keyring itself chooses, emptied afterwards."""
        yield credentials.KeyringStore(write_limit_s=20)
        for profile in (ADA, BOB, ADA_ELSEWHERE):
            _secret_tool("clear", "username", f"{profile.url} {profile.account}")

    async def test_the_system_sees_it_under_our_name(self, store: credentials.KeyringStore) -> None:
        await store.set(ADA, "canary")
        lookup = ("lookup", "username", f"{ADA.url} {ADA.account}")
        assert _secret_tool(*lookup) == "canary"
        await store.delete(ADA)
        assert _secret_tool(*lookup) == ""

    async def test_names_the_back_end(self, store: credentials.KeyringStore) -> None:
        assert "SecretService" in (await store.describe()).keyring


def _secret_tool(command: str, *attributes: str) -> str:
    arguments = ["secret-tool", command, "service", credentials.SERVICE_NAME, *attributes]
    return subprocess.run(arguments, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (keyring.errors.NoKeyringError("none"), errors.KeyringMissing),
        (keyring.errors.KeyringLocked("prompt dismissed"), errors.KeyringLocked),
        (keyring.errors.InitError("prompt dismissed"), errors.KeyringLocked),
        (keyring.errors.PasswordSetError("canary"), errors.KeyringRefused),
        (RuntimeError("canary"), errors.KeyringRefused),
        (LookupError("canary"), errors.KeyringRefused),
    ],
)
async def test_errors_of_the_back_end_become_ours(
    error: Exception, expected: type[errors.CredentialError]
) -> None:
    store = credentials.KeyringStore(lambda: FailingKeyring(error))

    for call in (store.get(ADA), store.set(ADA, "canary"), store.delete(ADA)):
        with pytest.raises(expected) as caught:
            await call
        assert remedy(caught.value)
        assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "find_backend", [keyring.backends.null.Keyring, keyring.backends.fail.Keyring]
)
async def test_refuses_back_ends_that_keep_nothing(
    find_backend: Callable[[], credentials.KeyringBackend],
) -> None:
    store = credentials.KeyringStore(find_backend)

    with pytest.raises(errors.KeyringMissing):
        await store.set(ADA, "token")
    place = await store.describe()
    assert not place.keyring
    assert isinstance(place.problem, errors.KeyringMissing)


class Plaintext(KeepingKeyring):
    """Writes a plain file, if it is let."""

    __module__ = "keyrings.alt.file"


class Null(KeepingKeyring):
    """Keeps nothing."""

    __module__ = "keyring.backends.null"


class Unwilling(KeepingKeyring):
    """Takes no secret, as those that make their own."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


class Chain(KeepingKeyring):
    """Several back ends as one, like `keyring.backends.chainer.ChainerBackend`."""

    name = "chain"

    def __init__(self, *backends: credentials.KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


class TestChain(CredentialStoreContract):
    """With a chain in which only one is what it should be."""

    @pytest.fixture
    def store(self) -> credentials.KeyringStore:
        """Make one over an empty chain."""
        chain = Chain(Null(), Plaintext(), Unwilling(), Chain(Plaintext(), KeepingKeyring()))
        return credentials.KeyringStore(lambda: chain)


async def test_a_chain_never_hands_a_token_to_a_plain_file() -> None:
    plain, unwilling, first, second = Plaintext(), Unwilling(), KeepingKeyring(), KeepingKeyring()
    store = credentials.KeyringStore(lambda: Chain(plain, unwilling, Chain(first, plain), second))

    await store.set(ADA, "token")
    plain.secrets = dict.fromkeys(first.secrets, "of before")

    assert list(first.secrets.values()) == ["token"]
    assert second.secrets == {}
    assert await store.get(ADA) == "token"
    second.secrets = dict(first.secrets)
    await store.delete(ADA)
    assert first.secrets == second.secrets == {}
    assert await store.get(ADA) is None, "what a plain file has is not used"
    assert (await store.describe()).keyring == "chain"


@pytest.mark.parametrize(
    "chain",
    [Plaintext(), Chain(), Chain(Plaintext(), Plaintext()), Chain(Chain(Null()))],
    ids=["plain alone", "empty", "plain", "null"],
)
async def test_back_ends_of_which_none_keeps_secrets_are_refused(chain: KeepingKeyring) -> None:
    store = credentials.KeyringStore(lambda: chain)
    for call in (store.get(ADA), store.set(ADA, "token"), store.delete(ADA)):
        with raises_saying(errors.KeyringMissing, match="doesn't store secrets."):
            await call


async def test_a_chain_whose_back_ends_take_no_secret_refuses_it() -> None:
    store = credentials.KeyringStore(lambda: Chain(Unwilling(), Unwilling()))
    with pytest.raises(errors.KeyringRefused):
        await store.set(ADA, "token")


def test_the_chain_that_keyring_makes_of_plain_files_is_refused() -> None:
    """As on a machine with `keyrings.alt` and no keyring: there a chain is the one to use."""
    program = """
import asyncio, keyring, keyring.backend
from heimdall_desktop.domain.facts.errors import KeyringMissing
from heimdall_desktop.services.credentials import KeyringStore
from tests.services.test_credentials import ADA

kept = {}

class Plaintext(keyring.backend.KeyringBackend):
    priority = 0.5
    __module__ = "keyrings.alt.file"
    def get_password(self, service, username): return kept.get(username)
    def set_password(self, service, username, password): kept[username] = password
    def delete_password(self, service, username): del kept[username]

class Encrypted(Plaintext):
    priority = 0.6
    __module__ = "keyrings.alt.file"

print(type(keyring.get_keyring()).__name__)
for call in (KeyringStore().set(ADA, "token"), KeyringStore().get(ADA)):
    try:
        print(asyncio.run(call))
    except KeyringMissing as error:
        print(error)
print(kept)
"""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nowhere"}  # no bus, no settings
    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    chain, *refusals, kept = ended.stdout.splitlines()
    assert (chain, kept) == ("ChainerBackend", "{}")
    assert refusals == ["KEYRING_KEEPS_NOTHING module='keyrings.alt.file'"] * 2


@pytest.mark.parametrize("error", [RuntimeError("no bus"), ModuleNotFoundError("no such back end")])
async def test_a_configured_back_end_that_does_not_load_is_none(error: Exception) -> None:
    def find_backend() -> credentials.KeyringBackend:
        raise error

    with pytest.raises(errors.KeyringMissing):
        await credentials.KeyringStore(find_backend).get(ADA)


async def test_a_token_too_long_for_windows_is_refused_before_it_is_written() -> None:
    class WinVaultKeyring(KeepingKeyring):
        __module__ = "keyring.backends.Windows"

    backend = WinVaultKeyring()
    store = credentials.KeyringStore(lambda: backend)

    await store.set(ADA, "x" * 1280)
    with raises_saying(errors.KeyringRefused, match="1\u00a0280"):
        await store.set(ADA, "x" * 1281)
    assert await store.get(ADA) == "x" * 1280


async def test_an_open_prompt_times_out_and_its_late_answer_has_no_effect() -> None:
    backend = StalledKeyring()
    store = credentials.KeyringStore(lambda: backend, read_limit_s=0.05)

    with raises_saying(errors.KeyringSlow, match=r"0\.05 s"):
        await store.get(ADA)
    await asyncio.to_thread(backend.answer)
    assert await store.get(ADA) is None


def test_an_open_prompt_does_not_keep_the_program_alive() -> None:
    program = (
        "import asyncio\n"
        "from heimdall_desktop.domain.facts.errors import KeyringSlow\n"
        "from heimdall_desktop.services.credentials import KeyringStore\n"
        "from tests.fakes.keyrings import StalledKeyring\n"
        "from tests.services.test_credentials import ADA\n"
        "try:\n"
        "    asyncio.run(KeyringStore(StalledKeyring, read_limit_s=0.05).get(ADA))\n"
        "except KeyringSlow:\n"
        "    print('given up')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=True
    )
    assert ended.stdout == "given up\n"
