"""Accounts: who is signed in where, with which token, and where that is kept."""

import asyncio
import html
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from heimdall_desktop.application.servers import server_session
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts.errors import (
    CredentialError,
    HeimdallError,
    KeyringLocked,
    LinkError,
    OutcomeUnknown,
    ServerUnreachable,
    SeveralServers,
    SignedOut,
    SignInNeeded,
    WrongServer,
)
from heimdall_desktop.domain.facts.scan_link import ScanLink
from heimdall_desktop.domain.facts.server import LIFE_S, ServerProfile, Session, server_url
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.presentation.time_text import HOUR_S
from heimdall_desktop.services.credentials import CredentialStore, MemoryStore
from heimdall_desktop.services.log import Redaction, logging_to
from tests.fakes.desk_parts import raises_saying
from tests.fakes.hand_server import SCAN_ID, hand_server
from tests.fakes.keyrings import LockedStore, PromptingStore
from tests.fakes.raw_server import Asked, answer, answering, raw_server
from tests.fakes.scan_links import scan_links
from tests.lab.faults import Fault, Shape
from tests.lab.scan_script import ScriptedTime
from tests.lab.server import LabServer

EMAIL, OTHER_EMAIL, PASSWORD = "mira@example.test", "kim@example.test", "long enough"
BARE_ID = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"


class Noting(Redaction):
    """Notes each token."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: list[str] = []

    def know(self, secret: str) -> None:
        self.tokens.append(secret)
        super().know(secret)


class Desk:
    """Accounts with a keyring, and what they reported."""

    def __init__(self, server: LabServer, keyring: CredentialStore) -> None:
        self.server, self.url = server, server_url(server.url)
        self.redaction = Noting()
        self.keyring = keyring
        self.time = ScriptedTime()
        self.problems: list[HeimdallError] = []
        self.tokens = self.redaction.tokens
        self.accounts = Accounts(
            keyring,
            clock=self.time.clock,
            now=self.time.now,
            on_problem=self.problems.append,
            redaction=self.redaction,
        )

    async def kept(self, email: str = EMAIL) -> str | None:
        return await self.keyring.get(ServerProfile(self.url, email))


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with LabServer(auth_burst=1_000_000) as running:
        running.add_account(EMAIL, PASSWORD)
        running.add_account(OTHER_EMAIL, PASSWORD)
        yield running


@pytest.fixture
async def desk(server: LabServer) -> AsyncIterator[Desk]:
    made = Desk(server, MemoryStore())
    yield made
    await made.accounts.aclose()


@pytest.fixture
async def locked(server: LabServer) -> AsyncIterator[Desk]:
    """A desk whose keyring is locked."""
    made = Desk(server, LockedStore())
    yield made
    await made.accounts.aclose()


async def signed_in(
    desk: Desk, email: str = EMAIL, *, url: str = "", is_kept: bool = True
) -> server_session.ServerSession:
    return await desk.accounts.sign_in(url or desk.url, email, PASSWORD, is_kept=is_kept)


@pytest.mark.parametrize("is_kept", [True, False])
async def test_a_password_becomes_a_token_in_the_keyring_if_kept(desk: Desk, is_kept: bool) -> None:
    link = await signed_in(desk, is_kept=is_kept)
    assert await link.api.me() == EMAIL
    assert desk.accounts.in_use is link
    assert await desk.kept() == (desk.tokens[0] if is_kept else None)


async def test_a_wrong_password_changes_nothing(desk: Desk) -> None:
    with pytest.raises(SignedOut):
        await desk.accounts.sign_in(desk.url, EMAIL, "wrong", is_kept=True)
    assert desk.accounts.in_use is None
    assert list(desk.accounts) == []


async def test_an_address_that_is_no_heimdall_or_none_becomes_no_server(desk: Desk) -> None:
    async with raw_server(answering(answer(200, "text/html", "hello"))) as other:
        with pytest.raises(WrongServer):
            await signed_in(desk, url=other.url)
    with pytest.raises(LinkError):
        await signed_in(desk, url="ftp://nowhere")
    assert list(desk.accounts) == []


async def test_a_locked_keyring_is_reported_and_stops_nothing(locked: Desk) -> None:
    link = await signed_in(locked)
    assert await link.api.me() == EMAIL
    assert [type(problem) for problem in locked.problems] == [KeyringLocked]


async def test_a_sign_in_cancelled_at_the_keyring_leaves_no_token(server: LabServer) -> None:
    keyring = PromptingStore()
    desk = Desk(server, keyring)
    signing_in = asyncio.create_task(signed_in(desk))  # noqa: TID251 - no Tasks here
    await keyring.prompted.wait()
    signing_in.cancel()
    with pytest.raises(asyncio.CancelledError):
        await signing_in
    assert desk.accounts.in_use is None
    assert list(desk.accounts) == []
    assert await desk.kept() is None
    await desk.accounts.aclose()


async def test_a_plain_http_server_is_not_reached_over_https(desk: Desk) -> None:
    with pytest.raises(ServerUnreachable):  # so that the form offers http
        await signed_in(desk, url=desk.url.removeprefix("http://"))


async def test_a_token_made_elsewhere_reports_its_account(desk: Desk) -> None:
    token = desk.server.new_session(EMAIL)
    link = await desk.accounts.use_token(desk.url, token, is_kept=True)
    assert link.account == EMAIL
    assert await desk.kept() == token


async def test_a_token_that_is_refused_leaves_the_one_in_use(desk: Desk) -> None:
    link = await signed_in(desk)
    with pytest.raises(SignedOut):
        await desk.accounts.use_token(desk.url, "0" * 64, is_kept=True)
    assert await link.api.me() == EMAIL
    assert await desk.kept() == desk.tokens[0]


async def test_another_account_on_the_same_server_leaves_no_token_behind(desk: Desk) -> None:
    await signed_in(desk)
    link = await signed_in(desk, OTHER_EMAIL)
    assert await link.api.me() == OTHER_EMAIL
    assert await desk.kept() is None
    assert await desk.kept(OTHER_EMAIL) == desk.tokens[-1]
    assert len(list(desk.accounts)) == 1


async def test_signing_out_ends_the_session_and_forgets_the_token(desk: Desk) -> None:
    link = await signed_in(desk)
    await desk.accounts.sign_out(link.url)
    await desk.accounts.sign_out(server_url("https://nowhere.example.test"))  # an unknown one
    assert not link.is_signed_in
    assert await desk.kept() is None
    with pytest.raises(SignedOut):
        await desk.accounts.use_token(desk.url, desk.tokens[0], is_kept=False)


async def test_signing_out_of_an_ended_session_is_no_error(desk: Desk) -> None:
    link = await signed_in(desk)
    desk.server.expire_sessions(EMAIL)
    await desk.accounts.sign_out(link.url)
    assert await desk.kept() is None


async def test_signing_out_without_the_server_forgets_the_token_all_the_same(desk: Desk) -> None:
    with LabServer() as other:
        other.add_account(EMAIL, PASSWORD)
        link = await signed_in(desk, url=other.url)
    with pytest.raises(ServerUnreachable):
        await desk.accounts.sign_out(link.url)
    assert not link.is_signed_in
    assert await desk.keyring.get(link.profile) is None


async def test_signing_out_with_a_locked_keyring_ends_the_session(locked: Desk) -> None:
    link = await signed_in(locked)
    with pytest.raises(CredentialError):
        await locked.accounts.sign_out(link.url)
    assert not link.is_signed_in
    with pytest.raises(SignedOut):
        await locked.accounts.use_token(locked.url, locked.tokens[0], is_kept=False)


LOST, DONE_AND_LOST = Fault(Shape.CLOSED, "auth"), Fault(Shape.CUT, "auth", after_bytes=0)


@pytest.mark.parametrize(
    ("faults", "kind", "way_out"),
    [
        (
            [LOST],
            ServerUnreachable,
            "The session on the server is still open. It expires automatically.",
        ),
        (
            [LOST, Fault(Shape.PAGE, "auth")],
            OutcomeUnknown,
            "The session on the server may still be open. It expires automatically.",
        ),
        ([DONE_AND_LOST], None, ""),
    ],
)
async def test_t55_whether_a_lost_sign_out_was_done_is_read_back(
    desk: Desk, faults: list[Fault], kind: type[HeimdallError] | None, way_out: str
) -> None:
    link = await signed_in(desk)
    desk.server.faults.add(*faults)
    errors: list[HeimdallError] = []
    try:
        await desk.accounts.sign_out(link.url)
    except HeimdallError as error:
        errors.append(error)
    desk.server.faults.clear()
    assert [type(error) for error in errors] == ([] if kind is None else [kind])
    assert all(remedy(error) == way_out for error in errors)
    assert not link.is_signed_in


async def test_tokens_of_the_last_session_are_fetched(desk: Desk) -> None:
    profile = ServerProfile(desk.url, EMAIL)
    token = desk.server.new_session(EMAIL)
    await desk.keyring.set(profile, token)
    await desk.accounts.restore([profile])
    assert desk.accounts.in_use is not None
    assert await desk.accounts.in_use.api.me() == EMAIL
    assert desk.tokens == [token]


async def test_a_session_started_by_a_password_ends_after_seven_days(desk: Desk) -> None:
    link = await signed_in(desk)
    assert desk.accounts.session_ends == {link.url: desk.time.clock() + LIFE_S}
    assert desk.accounts.kept_sessions == (Session(link.url, EMAIL, desk.time.now()),)
    await desk.accounts.sign_out(link.url)
    assert not desk.accounts.session_ends
    assert not desk.accounts.kept_sessions


async def test_the_end_of_a_pasted_tokens_session_is_likely_at_most(desk: Desk) -> None:
    await signed_in(desk)
    desk.time.at = datetime.now(UTC)  # the server's tokens start with the real time
    await desk.accounts.use_token(desk.url, desk.server.new_session(EMAIL), is_kept=True)
    likely = pytest.approx(desk.time.clock() + LIFE_S, abs=60)
    assert desk.accounts.session_ends == {desk.url: likely}
    assert desk.accounts.likely_ends == {desk.url}
    assert not desk.accounts.kept_sessions
    desk.time.at += timedelta(days=8)
    await desk.accounts.use_token(desk.url, desk.server.new_session(EMAIL), is_kept=True)
    assert (desk.accounts.session_ends, desk.accounts.likely_ends) == ({}, frozenset())


async def test_a_token_from_the_environment_may_tell_its_end(desk: Desk) -> None:
    desk.time.at = datetime.now(UTC)
    link = desk.accounts.use_memory_token(desk.url, desk.server.new_session(EMAIL))
    assert desk.accounts.likely_ends == {link.url}
    await signed_in(desk, is_kept=False)
    assert desk.accounts.likely_ends == frozenset(), "its start is known"
    for hostile in ("from the environment", "", "\0" * 64, "9" * 64):
        desk.accounts.use_memory_token(desk.url, hostile)
        assert desk.accounts.session_ends == {}


async def test_a_token_of_this_session_leaves_the_kept_one(desk: Desk) -> None:
    link = await signed_in(desk)
    kept = desk.accounts.kept_sessions
    desk.time.pass_s(HOUR_S)
    await signed_in(desk, is_kept=False)
    assert desk.accounts.session_ends == {link.url: desk.time.clock() + LIFE_S}
    assert desk.accounts.kept_sessions == kept
    desk.accounts.use_memory_token(desk.url, "from the environment")
    assert desk.tokens[-1] == "from the environment"


async def test_a_keyring_that_keeps_nothing_has_no_session_to_remember(locked: Desk) -> None:
    link = await signed_in(locked)
    assert list(locked.accounts.session_ends) == [link.url]
    assert locked.accounts.kept_sessions == ()


@pytest.mark.parametrize("account", [EMAIL, OTHER_EMAIL])
async def test_the_session_of_a_fetched_token_continues(desk: Desk, account: str) -> None:
    profile = ServerProfile(desk.url, EMAIL)
    await desk.keyring.set(profile, "a token that tells nothing")
    began_at = desk.time.now() - timedelta(hours=1)
    await desk.accounts.restore([profile], sessions=[Session(profile.url, account, began_at)])
    ends = {profile.url: desk.time.clock() + LIFE_S - HOUR_S}
    assert desk.accounts.session_ends == (ends if account == EMAIL else {})


async def test_a_server_whose_token_cannot_be_fetched_is_known_and_signed_out(locked: Desk) -> None:
    await locked.accounts.restore([ServerProfile(locked.url, EMAIL)])
    [link] = locked.accounts
    assert (link.account, link.is_signed_in) == (EMAIL, False)
    assert len(locked.problems) == 1


async def test_a_keyring_error_is_reported_once(locked: Desk) -> None:
    """The scans that are watched at a server say it themselves."""
    url = locked.url
    await locked.accounts.restore([ServerProfile(url, EMAIL)], watched={url})
    assert locked.problems == []


def server_needed(desk: Desk, named: ScanLink) -> str:
    """The server that a link leads to, where no account is signed in."""
    with pytest.raises(SignInNeeded) as needed:
        desk.accounts.link_for(named)
    return needed.value.server


async def test_links_lead_to_servers_we_know(desk: Desk) -> None:
    [bare] = scan_links(BARE_ID)
    [here] = scan_links(f"{desk.url}/scans/{BARE_ID}")
    [elsewhere] = scan_links(f"https://elsewhere.example.test/scans/{BARE_ID}")
    assert server_needed(desk, bare) == ""
    with raises_saying(SignInNeeded, match=r"You're not signed in to elsewhere\.") as needed:
        desk.accounts.link_for(elsewhere)
    assert needed.value.server == "https://elsewhere.example.test"
    desk.accounts.use(desk.url)
    for named in (bare, here):
        assert server_needed(desk, named) == desk.url
    link = await signed_in(desk)
    assert desk.accounts.link_for(bare) is link
    assert desk.accounts.link_for(here) is link
    with raises_saying(SignInNeeded, match=r"another server, elsewhere\.example\.test"):
        desk.accounts.link_for(elsewhere)


OWN = f"heimdall://{{}}/scan/{BARE_ID}/finding/{BARE_ID}"


@pytest.mark.parametrize("url", ["https://h.test", "http://h.test", "http://h.test/heimdall"])
async def test_a_link_of_the_program_leads_to_a_known_server(desk: Desk, url: str) -> None:
    [named] = scan_links(OWN.format("h.test"))
    with raises_saying(SignInNeeded, match=r"not signed in to h\.test") as needed:
        desk.accounts.link_for(named)
    assert needed.value.server == "https://h.test"
    link = desk.accounts.use(server_url(url))
    assert server_needed(desk, named) == url
    desk.accounts.use_memory_token(server_url(url), "token")
    assert desk.accounts.link_for(named) is link
    for elsewhere in ("h.test:8443", "h.test.example"):
        assert server_needed(desk, *scan_links(OWN.format(elsewhere))) == f"https://{elsewhere}"


async def test_a_link_that_fits_several_servers_names_them(desk: Desk) -> None:
    urls = ["https://h.test/one", "https://h.test/two"]
    for url in urls:
        desk.accounts.use_memory_token(server_url(url), "token")
    with raises_saying(SeveralServers, match="https://h.test/one, https://h.test/two") as several:
        desk.accounts.link_for(*scan_links(OWN.format("h.test")))
    for url, link in several.value.web_links.items():
        assert desk.accounts.link_for(*scan_links(link)).url == url
    assert list(several.value.web_links) == urls


@pytest.mark.parametrize("host", ["127.0.0.1:2", "localhost:2", "[::1]:2"])
async def test_a_link_to_this_machine_leads_to_our_own_server(desk: Desk, host: str) -> None:
    [named] = scan_links(OWN.format(host))
    url = server_url(f"http://{host}")
    desk.accounts.use_memory_token(url, "token")
    with raises_saying(
        LinkError, match="on this computer, where no scan of this window is running."
    ):
        desk.accounts.link_for(named)
    own = server_session.ServerSession(url, time.monotonic, embedded_secret=str)
    own.use_token("token", "")
    desk.accounts.adopt(own)
    assert desk.accounts.link_for(named) is own
    own.has_ended = True
    with pytest.raises(LinkError):
        desk.accounts.link_for(named)


async def test_an_embedded_server_is_in_use_only_where_there_is_no_other(desk: Desk) -> None:
    first, second = (
        server_session.ServerSession(
            server_url(f"http://127.0.0.1:{port}"), time.monotonic, embedded_secret=str
        )
        for port in (1, 2)
    )
    desk.accounts.adopt(first)
    desk.accounts.adopt(second)
    assert desk.accounts.in_use is second
    link = await signed_in(desk)
    desk.accounts.adopt(first)
    assert desk.accounts.in_use is link


ECHOED = "correct horse & battery"
ECHO = f"no account has {ECHOED}"
REFUSAL = json.dumps({"success": False, "error": {"code": 500, "message": ECHO}})
SIGNED_IN = json.dumps({"success": True, "data": {"token": "t", "user": {"email": ECHOED}}})


@pytest.mark.parametrize(
    ("status", "content_type", "body", "headers"),
    [
        (400, "application/json", REFUSAL, {}),
        (422, "application/json", REFUSAL, {"X-Request": ECHOED}),
        (500, "application/json", REFUSAL, {}),
        (502, "text/html", f"<h1>{html.escape(ECHO)}</h1>", {}),
        (302, "text/plain", "", {"Location": f"/login?password={quote(ECHOED)}"}),
        (302, "text/plain", "", {"Location": f"http://{quote(ECHOED)}.test:x/"}),
        (429, "application/json", REFUSAL, {"Retry-After": ECHOED}),
        (200, "application/json", f'{{"success": true, "data": "{ECHOED}', {}),
        (200, "application/json", json.dumps({"success": True, "data": {ECHOED: ECHOED}}), {}),
        (200, "application/json", SIGNED_IN, {}),
        (200, ECHOED, ECHO, {"Content-Encoding": ECHOED}),
    ],
    ids=range(11),
)
async def test_a_password_that_a_server_repeats_is_masked(
    desk: Desk, tmp_path: Path, status: int, content_type: str, body: str, headers: dict[str, str]
) -> None:
    redaction = desk.redaction
    reported = []
    said = answer(status, content_type, body, headers)
    async with raw_server(answering(said)) as server:
        with logging_to(tmp_path, redaction, is_debug=True):
            try:
                link = await desk.accounts.sign_in(server.url, EMAIL, ECHOED, is_kept=False)
                reported.append(link.account)
            except HeimdallError as error:
                reported += [str(error), cause(error), remedy(error), *map(str, error.args)]
    reported.append((tmp_path / "heimdall.log").read_text())
    for spelling in (ECHOED, quote(ECHOED), html.escape(ECHOED)):
        assert not [text for text in reported if spelling in text]
    assert redaction.redact(ECHOED) == ECHOED, "it was never sent"


@pytest.mark.parametrize("password", ["battery & staple", "twelve chars", "elevenchars"])
async def test_a_long_password_is_masked_until_the_sign_out(desk: Desk, password: str) -> None:
    token, reported = "c0ffee" * 8, f"{password} and {'c0ffee' * 8}"

    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        user = {"email": reported if asked.target.endswith("/me") else EMAIL}
        data = {"token": token, "user": user, **user, "id": "u", "status": "ok"}
        body = {"success": True, "data": data}
        writer.write(answer(200, "application/json", json.dumps(body)))

    async with raw_server(script) as server:
        link = await desk.accounts.sign_in(server.url, EMAIL, password, is_kept=False)
        for _ in range(2):  # a token that is given out again stays usable
            link = await desk.accounts.sign_in(server.url, EMAIL, password, is_kept=False)
        account = await link.api.me()
        is_long = len(password) >= 12  # a shorter one may be a word of the code
        shown = "*" * len(password) if is_long else password
        assert account == f"{shown} and {'*' * len(token)}"
        assert (desk.redaction.redact(password) == password) is not is_long
        await desk.accounts.sign_out(link.url)
        assert desk.redaction.redact(password) == password
        assert desk.redaction.masked(reported.encode()) == f"{password} and {'*' * 48}".encode()


ACCOUNT = answer(200, "application/json", '{"success": true, "data": {"email": "a@b.test"}}')


async def test_the_token_in_use_is_sent_until_it_is_forgotten() -> None:
    async with raw_server(answering(ACCOUNT)) as server:
        link = server_session.ServerSession(server.url, time.monotonic)
        assert not link.is_signed_in
        link.use_token("first", "a@b.test")
        await link.api.me()
        link.use_token("second", "a@b.test")
        await link.api.me()
        link.forget_token()
        await link.api.me()
        await link.aclose()
        sent = [asked.headers.get("authorization") for asked in server.asked]
    assert sent == ["Bearer first", "Bearer second", None]
    assert link.profile == ServerProfile(server.url, "a@b.test")
    assert not link.is_signed_in


async def test_a_token_that_no_header_can_carry_is_never_sent() -> None:
    async with raw_server(answering(ACCOUNT)) as server:
        link = server_session.ServerSession(server.url, time.monotonic)
        link.use_token("a token", "")
        with pytest.raises(SignedOut):
            await link.api.me()
        await link.aclose()
        assert server.asked == []


async def test_a_stream_is_made_but_not_opened() -> None:
    async with hand_server() as hand:
        link = server_session.ServerSession(hand.url, time.monotonic)
        assert not link.stream(SCAN_ID).is_open
        await link.aclose()
        assert hand.asked == []


@pytest.mark.parametrize("is_replaced", [False, True])
async def test_a_refusal_counts_for_the_token_it_is_about(is_replaced: bool) -> None:
    refusals: list[str] = []
    link: server_session.ServerSession

    async def refuse(_: Asked, writer: asyncio.StreamWriter) -> None:
        if is_replaced:
            link.use_token("second", "")
        writer.write(answer(401, "application/json", '{"success": false, "error": {}}'))

    async with raw_server(refuse) as server:
        link = server_session.ServerSession(server.url, time.monotonic)
        link.use_token("first", "")
        link.on_refused = lambda: refusals.append("refused")
        with pytest.raises(SignedOut):
            await link.prove_scan(SCAN_ID)
        await link.aclose()
    assert refusals == ([] if is_replaced else ["refused"])


class Clock:
    """A clock that changes only when it is set."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_turns_are_apart_also_after_a_rest() -> None:
    clock = Clock()
    budget = server_session.RequestBudget(clock, 0.8)
    for _ in range(2):
        assert [budget.take_turn(who) for who in "abc"] == [True, False, False]
        clock.now_s += 0.9
        assert not budget.take_turn("b")
        clock.now_s += 1000.0


def test_no_watch_gets_a_second_turn_before_all_have_one() -> None:
    clock = Clock()
    budget = server_session.RequestBudget(clock, 0.8)
    taken: Counter[int] = Counter()
    for _ in range(4 * 250):
        clock.now_s += 0.25
        taken.update(who for who in range(50) if budget.take_turn(who))

    assert set(taken) == set(range(50))
    assert max(taken.values()) - min(taken.values()) <= 1
    assert 0.8 * 250 - 1 <= sum(taken.values()) <= 0.8 * 250 + 1


def test_a_watch_that_left_does_not_block_others() -> None:
    clock = Clock()
    budget = server_session.RequestBudget(clock, 1.0)
    assert budget.take_turn("a")
    assert not budget.take_turn("gone")
    clock.now_s += server_session.WAITS_S

    assert budget.take_turn("b")


def test_a_clock_set_back_gives_no_turns_and_takes_none() -> None:
    clock = Clock()
    budget = server_session.RequestBudget(clock, 1.0)
    clock.now_s -= 50.0

    assert budget.take_turn("a")
    assert not budget.take_turn("b")
