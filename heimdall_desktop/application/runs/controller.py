"""Carries out the window's requests: signs in, watches, stops, scans, and saves the list."""

import asyncio
from collections.abc import Awaitable, Callable, Container, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from random import SystemRandom

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Answer, CallOff, RequestTasks, Tasks
from heimdall_desktop.application.discovery import discovery
from heimdall_desktop.application.discovery.server_polls import AutoWatch, ServerPolls
from heimdall_desktop.application.memory.history_loader import HistoryLoader, HistoryRequests
from heimdall_desktop.application.memory.preferences import AtLogin, Preferences, Privacy
from heimdall_desktop.application.memory.recordings import Recordings
from heimdall_desktop.application.output.exporting import Exports
from heimdall_desktop.application.requests.comparison_requests import ComparisonRequests
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.editing import Editing
from heimdall_desktop.application.requests.finding_actions import FindingActions
from heimdall_desktop.application.requests.proposal_requests import ProposalRequests
from heimdall_desktop.application.requests.reasons import Reasons
from heimdall_desktop.application.requests.repo_scans import RepoScans
from heimdall_desktop.application.requests.scan_requests import ScanRequests
from heimdall_desktop.application.runs.embedded import Embedded
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.self_test import (
    Connections,
    Diagnostics,
    Probe,
    SelfTest,
    read_version,
)
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.application.watching.watches import Watches, WatchStarter
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.choices import Settings, WatchedScan
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.scan_link import ScanLink, TextPart
from heimdall_desktop.domain.facts.server import (
    KnownServer,
    SelfTestPart,
    ServerProfile,
    ServerState,
    ServerUrl,
    id_on_server,
)
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.services.autostart import LoginEntry
from heimdall_desktop.services.regular_file import write_text
from heimdall_desktop.services.settings import SettingsFile

REMEMBER_S = 1.0


class Controller:
    """The one place where a click becomes a request; implements `Requests`.

    Args:
        on_problem: receives errors that belong to no request.

    Attributes:
        preferences: the user's settings, and which scans were watched.
        privacy: what others may see.
        history: reports how much is kept of earlier sessions, and deletes it.
        probes: how a self-test checks each part of the system.
        polls: poll the servers: whether they respond, and for new scans.
        on_account_moved: called when an account is signed in or out.
        on_server_moved: called with the state of the server in use when it has changed.
        on_finding_wanted: called with the scan and the finding of a link, once it is watched.
        on_scan_wanted: called with the scan if a link of this program names only a scan.
        on_restored: called with each scan restored from an earlier session, and whether
            its findings and the record of its alerts are restored too.
    """

    def __init__(
        self,
        *,
        store: Store,
        watches: Watches,
        accounts: Accounts,
        embedded: Embedded,
        settings: SettingsFile[Settings],
        earlier: HistoryLoader,
        tasks: Tasks,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        on_problem: Callable[[errors.HeimdallError], None],
        login: LoginEntry | None = None,
    ) -> None:
        self._store = store
        self._watches = watches
        self._accounts = accounts
        self._embedded = embedded
        self._on_problem = on_problem
        self._clock, self._has_restored = clock, False
        self.preferences = Preferences(settings)
        self.preferences.on_problem = on_problem
        self.preferences.on_news = lambda: tasks.spawn(
            self.preferences.save(), name="save the settings"
        )
        self.privacy = Privacy(self.preferences)
        self._earlier = earlier
        self._tasks = tasks
        self._brought: list[ScanId] = []
        self._bringing: asyncio.Task[None] | None = None
        self._remembering: asyncio.Task[None] | None = None
        self._is_full = False
        self._requests = RequestTasks(tasks)
        self._starter = WatchStarter(store, watches, accounts, earlier, clock)
        self.scans = ScanRequests(
            store,
            accounts,
            self._requests,
            earlier,
            clock=clock,
            now=now,
            again=watches.refresh,
            watch_new=self._watch_new,
            is_read_only=self._is_read_only,
            require_room=self._starter.require_room,
        )
        self.at_login = AtLogin(login, self.preferences, self._requests)
        self.history = HistoryRequests(earlier, store, self.preferences, self._requests)
        self.probes: dict[SelfTestPart, Probe] = {
            SelfTestPart.KEYRING: accounts.describe_keyring,
            SelfTestPart.CONNECTION: accounts.prove_connection,
            SelfTestPart.VERSION: read_version,
        }
        self.self_test = SelfTest(self.probes, self._requests, clock, now)
        self.connections = Connections(
            accounts, lambda: self.preferences.settings, self._requests, now
        )
        self.preferences.follow(self._follow_network)
        self.diagnostics = Diagnostics(
            store,
            accounts,
            lambda: self.preferences.settings,
            self.self_test,
            self._requests,
            clock,
        )
        repo_scans = RepoScans(store, accounts, earlier, clock)
        self.comparisons = ComparisonRequests(store, repo_scans, self._requests, clock=clock)
        self.actions = FindingActions(
            store,
            self._requests,
            link_of_scan=self.scans.link_of_scan,
            clock=clock,
            now=now,
            is_read_only=self._is_read_only,
        )
        self.exports = Exports(
            store, self._requests, clock=clock, now=now, with_texts=self.scans.with_texts
        )
        self.editing = Editing(store, self.preferences, self._requests, lambda: embedded.folders)
        self.decisions = Decisions(
            store,
            accounts,
            tasks,
            clock=clock,
            now=now,
            random=SystemRandom(),
            is_read_only=self._is_read_only,
        )
        self.reasons = Reasons(
            store,
            accounts,
            self.decisions,
            tasks,
            clock=clock,
            now=now,
            is_read_only=self._is_read_only,
        )
        self.proposals = ProposalRequests(
            store,
            accounts,
            self._requests,
            repo_scans,
            self.decisions,
            self.reasons,
            earlier,
            self.preferences,
            clock=clock,
            folder_of=embedded.folders.get,
        )
        self.scans.on_events = self.reasons.learn
        self.exports.own_findings = self.decisions.own_findings
        self.exports.own_writes = self.decisions.own_writes
        self.exports.account_of = accounts.account_of
        self.recordings = Recordings(store, tasks, clock=clock, now=now)
        self.recordings.on_problem = on_problem
        self.discovery = discovery.Discovery(
            accounts, self._requests, clock=clock, now=now, usual=store.times.usual
        )
        new_scans = AutoWatch(
            self.discovery,
            clock=clock,
            now=now,
            is_known=self._is_known,
            watch=self._watch_by_itself,
        )
        self.polls = ServerPolls(accounts, new_scans, store, tasks, clock=clock, now=now)
        self.polls.on_problem = on_problem
        self.preferences.follow(lambda settings: self.polls.switch(is_on=settings.watches_new))
        self.polls.on_changed = lambda: self.on_server_moved(self.polls.state)
        self.on_account_moved: Callable[[], None] = lambda: None
        self.on_server_moved: Callable[[ServerState | None], None] = lambda _state: None
        accounts.on_proven = self._show_account
        accounts.on_history = store.keep_history
        accounts.on_refused = self.polls.sign_out
        self.on_finding_wanted: Callable[[ScanId, FindingId], None] = lambda *_subject: None
        self.on_scan_wanted: Callable[[ScanId], None] = lambda _scan_id: None
        self.on_restored: Callable[[ScanId, bool], None] = lambda _scan_id, _is_remembered: None

    # -- requests --

    def request_watch(self, text: str, on_answer: Answer) -> None:
        watch = partial(self._watch_text, text)
        self._requests.start(watch, on_answer, name="watch what was pasted")

    def request_stop(self, scan_id: ScanId) -> None:
        scan = self._store.scan(scan_id)
        self._watches.stop(scan_id)
        if scan is not None and scan.is_live and not scan.is_local:
            self.preferences.note_stopped(scan_id, is_stopped=True)
        self._remember()

    def request_return(self, server: ServerUrl, scan_id: ScanId, on_answer: Answer) -> None:
        async def bring_back() -> None:
            self._starter.add(self._accounts.link_for(ScanLink(server, scan_id)), scan_id)
            self.preferences.note_stopped(scan_id, is_stopped=False)
            self._remember()

        self._requests.start(bring_back, on_answer, name="watch a scan again")

    def request_refresh(self, scan_id: ScanId | None) -> None:
        self._watches.refresh(scan_id)
        if scan_id is None:
            self.polls.resume()

    def request_sign_in(
        self, server: str, email: str, password: str, *, is_kept: bool, on_answer: Answer
    ) -> CallOff:
        sign_in = partial(self._accounts.sign_in, server, email, password, is_kept=is_kept)
        return self._requests.start(partial(self._sign_in, sign_in), on_answer, name="sign in")

    def request_token(
        self, server: str, token: str, *, is_kept: bool, on_answer: Answer
    ) -> CallOff:
        sign_in = partial(self._accounts.use_token, server, token, is_kept=is_kept)
        return self._requests.start(partial(self._sign_in, sign_in), on_answer, name="use a token")

    def request_sign_out(self, server: ServerUrl, on_answer: Answer) -> None:
        async def sign_out() -> None:
            self._starter.sign_out_all(server)
            try:
                await self._accounts.sign_out(server)
            finally:
                self._remember()
                self._show_account()

        self._requests.start(sign_out, on_answer, name="sign out")

    @property
    def known_servers(self) -> tuple[KnownServer, ...]:
        in_use = self._accounts.in_use
        return tuple(
            KnownServer(
                link.url,
                link.account,
                link.is_signed_in,
                link is in_use,
                self._left_s(link),
                link.is_end_likely,
            )
            for link in self._accounts
            if not link.is_embedded
        )

    def _left_s(self, link: ServerSession) -> float | None:
        ends_s = link.session_ends_s
        return None if ends_s is None or ends_s <= self._clock() else ends_s - self._clock()

    def request_unlock(self, server: ServerUrl, on_answer: Answer) -> None:
        async def unlock() -> None:
            link = await self._accounts.unlock(server)
            if link is None:
                self._starter.sign_out_all(server)
                raise errors.SignedOut(errors.Reason.KEYRING_EMPTY)
            self._resume(link)
            self._show_account()

        self._requests.start(unlock, on_answer, name="read a token")

    def request_folder_scan(self, folder: Path, on_answer: Answer) -> None:
        async def scan_folder() -> None:
            await self.watch_folder(folder)

        self._requests.start(scan_folder, on_answer, name="scan a folder")

    def request_demo(self, on_answer: Answer) -> None:
        async def play() -> None:
            await self.watch_demo()

        self._requests.start(play, on_answer, name="play the demo")

    def request_save(self, path: Path, text: str, on_answer: Answer) -> None:
        write = partial(asyncio.to_thread, write_text, path, text)
        self._requests.start(write, on_answer, name="save a file")

    def view_scan(self, scan_id: ScanId | None) -> None:
        self._watches.set_in_view(scan_id)

    # -- called by main at the start --

    def bring_back(self, only: Container[ScanId] | None = None) -> None:
        """Show the scans of the last session as they were, without their findings."""
        claim, watched = self._store.identities.claim_scan, self.preferences.load(only).watched
        self._brought = [claim(each.server, each.scan_id) for each in watched]
        for scan_id in self._brought:
            self.on_restored(scan_id, self._earlier.is_remembered)
        self._earlier.restore_heads(self._brought)

    def bring_back_rows(self) -> None:
        """Restore the findings of the last session, one scan after the other."""

        async def restore_rows() -> None:
            try:
                await self._earlier.use(self.preferences.settings.history)
            except errors.HistoryError as error:
                self._earlier.on_problem(error)
            await self._earlier.restore_rows(self._brought)

        self._bringing = self._tasks.spawn(restore_rows(), name="bring back findings")

    async def restore(self) -> None:
        """Restore the servers of the last session, and watch the scans restored from it."""
        watched = self.preferences.settings.watched
        self._has_restored = True
        await self._return_to(self.preferences.settings.servers, watched)
        self.polls.start()

    async def _return_to(
        self, profiles: Sequence[ServerProfile], board: Sequence[WatchedScan]
    ) -> None:
        """Use these servers with the tokens of the keyring, and watch the scans of a board."""
        sessions = self.preferences.settings.sessions
        await self._accounts.restore(profiles, {each.server for each in board}, sessions)
        for watched in board:
            link = self._accounts.known(watched.server)
            if link is not None:
                self._starter.start_watch(link, watched.scan_id)
                continue
            scan_id = self._store.identities.scan_id(watched.server, watched.scan_id)
            scan = self._store.scan(scan_id)
            if scan is not None:
                self._starter.leave_stale(scan)
        self._show_account()

    def _follow_network(self, settings: Settings) -> None:
        direct = frozenset(settings.network.direct)
        moved = direct ^ self._accounts.direct
        self._accounts.direct = direct
        if moved and self._has_restored:
            self._tasks.spawn(self._reroute(moved), name="use other proxies")

    async def _reroute(self, moved: frozenset[ServerUrl]) -> None:
        """Reach servers as their settings say now: requests and streams start again."""
        settings, unknown = self.preferences.settings, self._accounts.known
        for url in moved:
            link = self._accounts.known(url)
            try:
                if link is not None:
                    is_direct = url in self._accounts.direct
                    await link.clients.use_proxies(is_direct=is_direct)
            except errors.ServerUnreachable as error:  # of a proxy setting: it stays as it was
                self._on_problem(error)
                self.preferences.choose_direct(url, is_direct=True)
        missing = [each for each in settings.servers if each.url in moved and not unknown(each.url)]
        if missing:
            urls = {profile.url for profile in missing}
            board = [each for each in settings.watched if each.server in urls]
            await self._return_to(missing, board)
        self.request_refresh(None)

    def use_server(self, url: ServerUrl, token: str | None) -> ServerSession:
        """Make a server the one in use.

        Args:
            url: the server.
            token: used for this session only, also by scans restored from the last one;
                None for the known token, if there is one.

        Raises:
            ServerUnreachable: a proxy setting or the address cannot be used.
        """
        if token is None:
            link = self._accounts.use(url)
        else:
            link = self._accounts.use_memory_token(url, token)
            self._resume(link)
        self._show_account()
        return link

    async def watch_links(self, link: ServerSession, links: Sequence[ScanLink]) -> list[ScanId]:
        """Watch scans without a check that they exist; for a finding, its scan is requested.

        Raises:
            NotVisible: the scan of a finding cannot be seen; the others are watched all the same.
            TooManyScans: there is no room for all; the first ones are watched.
            ServerError: the scan of a finding could not be read.
        """
        scan_ids: dict[ScanId, ScanLink] = {}
        refused = 0
        for named in links:
            try:
                scan_ids[await discovery.scan_id_of(link, named)] = named
            except errors.NotVisible:
                refused += 1
        try:
            watched = [self._starter.add(link, scan_id) for scan_id in scan_ids]
            for scan_id, named in zip(watched, scan_ids.values(), strict=True):
                self._show_named(scan_id, named)
        finally:
            self._remember()
        if refused:
            if len(links) == 1:
                raise errors.NotVisible(errors.Reason.SCAN_NOT_FOUND)
            raise errors.NotVisible(
                errors.Reason.SCANS_NOT_FOUND, missing=refused, total=len(links)
            )
        return watched

    async def watch_folder(self, folder: Path) -> ScanId:
        """Scan a local folder and watch it.

        Raises:
            TooManyScans: there is no room for one more.
            LocalServerError, ServerError: the embedded server cannot be used.
        """
        self._starter.require_room()
        link = await self._embedded_link()
        return self._starter.add(link, await self._embedded.scan_folder(folder))

    async def watch_demo(self) -> list[ScanId]:
        """Play the recorded scans and watch them.

        Raises:
            TooManyScans: there is no room for all of them.
            LocalServerError, ServerError: the embedded server cannot be used.
        """
        self._starter.require_room()
        link = await self._embedded_link()
        scan_ids = await self._embedded.play_recordings()
        watched = [self._starter.add(link, scan_id) for scan_id in scan_ids]
        for scan_id in watched:
            self._store.tag(scan_id, Tag.DEMO)
        return watched

    async def aclose(self) -> None:
        async with AsyncExitStack() as closing:
            closing.push_async_callback(self.preferences.save)  # at the end
            closing.push_async_callback(self._embedded.aclose)
            closing.push_async_callback(self._accounts.aclose)
            closing.push_async_callback(self.recordings.aclose)
            closing.push_async_callback(self._watches.aclose)
            closing.push_async_callback(self._requests.aclose)
            closing.push_async_callback(self.decisions.aclose)
            closing.push_async_callback(self.reasons.aclose)
            closing.push_async_callback(self.polls.aclose)
            if self._remembering is not None:
                self._remembering.cancel()
                await asyncio.wait([self._remembering])
                self._remember()
            if self._bringing is not None:  # or it would open the history again
                self._bringing.cancel()
                await asyncio.wait([self._bringing])

    # -- inside --

    def _is_read_only(self) -> bool:
        return self.preferences.is_read_only

    def _show_account(self) -> None:
        self.polls.follow()
        self.on_account_moved()

    async def _watch_text(self, text: str) -> None:
        """Watch the scans a text names, word by word; a word that fails does not stop the others.

        Raises:
            NotAllWatched: some of it is not watched.
            HeimdallError: none of it is watched, for this reason.
        """
        parts = self.discovery.read_text(text)
        if not parts:
            raise errors.LinkError(errors.Reason.NO_SCAN_IN_TEXT)
        refused: dict[TextPart, errors.HeimdallError] = {}
        # servers that don't respond are tried once
        silent: dict[ServerUrl, errors.HeimdallError] = {}
        try:
            for part in parts:
                error = await self._watch_part(part, silent)
                if error is not None:
                    refused[part] = error
        finally:
            self._remember()
        reasons = list(refused.values())
        if len(refused) == len(parts) and all(error is reasons[0] for error in reasons):
            raise reasons[0]
        if refused:
            words = tuple((part.text, error) for part, error in refused.items())
            raise errors.NotAllWatched(
                errors.Reason.NOT_ALL_WATCHED, refused=words, left=len(words), named=len(parts)
            )

    async def _watch_part(
        self, part: TextPart, silent: dict[ServerUrl, errors.HeimdallError]
    ) -> errors.HeimdallError | None:
        """Watch the scan a word names, if it exists; return why not."""
        if part.link is None:
            return part.error
        link = self._accounts.link_for(part.link)
        if link.url in silent:
            return silent[link.url]
        try:
            scan_id = await discovery.scan_id_of(link, part.link)
            await link.prove_scan(scan_id)
            scan_id = self._starter.add(link, scan_id)
            self.preferences.note_stopped(scan_id, is_stopped=False)
            self._show_named(scan_id, part.link)
        except (errors.NotVisible, errors.WireError) as error:
            return error
        except errors.HeimdallError as error:
            silent[link.url] = error
            return error
        return None

    def _show_named(self, scan_id: ScanId, named: ScanLink) -> None:
        if named.finding_id is not None:
            identities = self._store.identities
            self.on_finding_wanted(scan_id, identities.finding_id(scan_id, named.finding_id))
        elif named.is_own:
            self.on_scan_wanted(scan_id)

    async def _embedded_link(self) -> ServerSession:
        self._accounts.require_open()
        link = await self._embedded.link()
        self._accounts.adopt(link)
        self._show_account()
        return link

    async def _sign_in(self, sign_in: Callable[[], Awaitable[ServerSession]]) -> None:
        link = await sign_in()
        self._resume(link)
        self._remember()
        self._show_account()

    def _resume(self, link: ServerSession) -> None:
        self._starter.resume(link)
        self.polls.resume()
        self.decisions.resume()
        self.reasons.resume()

    def _is_known(self, link: ServerSession, reported: ScanId) -> bool:
        if self._is_full:  # none is read in vain while there is no room
            self._is_full = self._starter.is_full
        scan_id = self._store.identities.scan_id(link.url, reported)
        is_watched = self._store.scan(scan_id) is not None
        return is_watched or self._is_full or scan_id in self.preferences.settings.stopped

    def _watch_by_itself(self, link: ServerSession, scan_id: ScanId) -> None:
        """Watch a new scan; if there is no room, report it once until there is."""
        try:
            self._watch_new(link, scan_id)
        except errors.TooManyScans as error:
            self._is_full = True
            self._on_problem(error)

    def _watch_new(self, link: ServerSession, scan_id: ScanId) -> None:
        self._starter.add(link, scan_id)

        async def remember_soon() -> None:
            """Save once for many changes; a kill before that only costs another check."""
            await asyncio.sleep(REMEMBER_S)
            self._remembering = None
            self._remember()

        if self._remembering is None:
            self._remembering = self._tasks.spawn(remember_soon(), name="save the board")

    def _remember(self) -> None:
        servers = [link.profile for link in self._accounts if not link.is_embedded]
        kept = {profile.url for profile in servers}
        watched = [
            WatchedScan(scan.server, ScanId(id_on_server(scan.id)))
            for scan in self._store
            if scan.server in kept
        ]
        self.preferences.remember(servers, watched, kept, self._accounts.kept_sessions)
