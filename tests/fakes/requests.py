"""A controller that does nothing but remember what the widgets asked for, and answer on demand."""

import time
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from time import monotonic as clock
from typing import Any

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Answer, CallOff, Reply, RequestTasks, Tasks
from heimdall_desktop.application.memory.history_loader import HistoryRequests
from heimdall_desktop.application.memory.preferences import AtLogin, Preferences, Privacy
from heimdall_desktop.application.memory.recordings import Recordings, RecordingState
from heimdall_desktop.application.output.exporting import Exports
from heimdall_desktop.application.requests.comparison_requests import ComparisonRequests
from heimdall_desktop.application.requests.decision_runs import Run
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.finding_actions import FindingActions, Subject
from heimdall_desktop.application.requests.scan_requests import ScanRequests
from heimdall_desktop.application.runs.core import utc_now
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.self_test import SelfTest
from heimdall_desktop.domain.comparison import ScanComparison
from heimdall_desktop.domain.facts.checks import SelfTestPart
from heimdall_desktop.domain.facts.choices import HistoryChoices, Settings
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.finding_action import ActionState, FindingAction
from heimdall_desktop.domain.facts.patch import Patch
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import KnownServer, ServerUrl
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.settings import SettingsFile
from tests.fakes.discovery import RecordedDiscovery


def exports_of(store: Store, now: Callable[[], datetime] = utc_now) -> Exports:
    """Return what writes exports of a store, at the moment of the test unless told otherwise."""

    def fail(_name: str, error: BaseException) -> None:
        raise error

    async def with_texts(finding: Finding) -> Finding:
        return finding

    return Exports(
        store,
        RequestTasks(Tasks(fail)),
        clock=time.monotonic,
        now=now,
        with_texts=with_texts,
    )


class RecordedDecisions(Decisions):
    """Remembers what was decided together with the other requests, and writes nothing."""

    def __init__(self) -> None:
        accounts = Accounts(MemoryStore(), clock=clock, now=utc_now, on_problem=print)
        tasks = Tasks(lambda _name, _error: None)
        super().__init__(Store(), accounts, tasks, clock=clock, random=Random(1))
        self.ask: Callable[..., None] = lambda *_: None

    def _begin(self, run: Run) -> Run:
        self.ask("decide", run.act, run.step.what, run.step.value, tuple(run.targets))
        return run


@dataclass(slots=True)
class RecordedRequests:
    """Implements `Requests`.

    Attributes:
        asked: name and arguments of each request, in order.
        waiting: the callback of each request that wants an answer, in order.
        discovery: what was asked about scans that are not watched, apart from the rest.
        scans: what was asked about scans, with the rest.
        comparisons: what was asked about comparing, with the rest.
        history: what was asked about what is kept, with the rest.
        at_login: what was chosen of the start with the session, with the rest.
        actions: what was asked about findings, with the rest, and what is said of it.
        exports: really writes files.
        decisions: what was decided, with the rest, unless a test gives others.
        recordings: what was to be recorded, with the rest.
        preferences: what was chosen; nothing is written.
        privacy: what others may see, of that.
        self_test: what was asked in a self-test, with the rest.
        known_servers: what is said of the servers.
    """

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    waiting: list[Callable[[Any], None]] = field(default_factory=list)
    discovery: RecordedDiscovery = field(default_factory=RecordedDiscovery)
    scans: "RecordedScanRequests" = field(init=False)
    comparisons: "RecordedComparisons" = field(init=False)
    actions: "RecordedActions" = field(init=False)
    history: "RecordedHistory" = field(init=False)
    at_login: "RecordedAtLogin" = field(init=False)
    exports: Exports = field(default_factory=lambda: exports_of(Store()))
    decisions: Decisions = field(default_factory=RecordedDecisions)
    recordings: "RecordedRecordings" = field(init=False)
    preferences: Preferences = field(
        default_factory=lambda: Preferences(SettingsFile(Path("unwritten.toml"), Settings))
    )
    privacy: Privacy = field(init=False)
    self_test: "RecordedSelfTest" = field(init=False)
    known_servers: tuple[KnownServer, ...] = ()

    def __post_init__(self) -> None:
        self.privacy = Privacy(self.preferences)
        self.actions = RecordedActions(self._ask)
        self.scans = RecordedScanRequests(self._ask)
        self.comparisons = RecordedComparisons(self._ask)
        self.history = RecordedHistory(self._ask)
        self.at_login = RecordedAtLogin(self._ask, self.preferences)
        self.self_test = RecordedSelfTest(self._ask)
        self.recordings = RecordedRecordings(self._ask)
        if isinstance(self.decisions, RecordedDecisions):
            self.decisions.ask = self._ask

    def answer(
        self,
        outcome: (
            HeimdallError
            | tuple[FindingEvent | Patch | Scan, ...]
            | ThreatModel
            | KeptThreatModel
            | ScanComparison
            | None
        ) = None,
    ) -> None:
        """Answer the oldest request that waits: an error, what was read, or that it worked."""
        self.waiting.pop(0)(outcome)

    def request_watch(self, text: str, on_answer: Answer) -> None:
        self._ask("watch", text, on_answer=on_answer)

    def request_stop(self, scan_id: ScanId) -> None:
        self._ask("stop", scan_id)

    def request_return(self, server: ServerUrl, scan_id: ScanId, on_answer: Answer) -> None:
        self._ask("return", server, scan_id, on_answer=on_answer)

    def request_again(self, scan_id: ScanId | None) -> None:
        self._ask("again", scan_id)

    def request_sign_in(
        self, server: str, email: str, password: str, *, is_kept: bool, on_answer: Answer
    ) -> CallOff:
        self._ask("sign_in", server, email, password, is_kept, on_answer=on_answer)
        return lambda: self._ask("cancel sign_in")

    def request_token(
        self, server: str, token: str, *, is_kept: bool, on_answer: Answer
    ) -> CallOff:
        self._ask("token", server, token, is_kept, on_answer=on_answer)
        return lambda: self._ask("cancel token")

    def request_sign_out(self, server: ServerUrl, on_answer: Answer) -> None:
        self._ask("sign_out", server, on_answer=on_answer)

    def request_unlock(self, server: ServerUrl, on_answer: Answer) -> None:
        self._ask("unlock", server, on_answer=on_answer)

    def request_folder_scan(self, folder: Path, on_answer: Answer) -> None:
        self._ask("folder_scan", folder, on_answer=on_answer)

    def request_demo(self, on_answer: Answer) -> None:
        self._ask("demo", on_answer=on_answer)

    def request_save(self, path: Path, text: str, on_answer: Answer) -> None:
        self._ask("save", path, text, on_answer=on_answer)

    def look_at(self, scan_id: ScanId | None) -> None:
        self._ask("look_at", scan_id)

    def _ask(self, *request: Any, on_answer: Callable[[Any], None] | None = None) -> None:
        self.asked.append(request)
        if on_answer is not None:
            self.waiting.append(on_answer)


class RecordedRecordings(Recordings):
    """Remembers what was to be recorded, and writes nothing.

    Attributes:
        told: what it says of the recordings under way.
    """

    def __init__(self, ask: Callable[..., None]) -> None:
        super().__init__(Store(), Tasks(lambda _name, _error: None), clock=clock, now=utc_now)
        self._ask = ask
        self.told: dict[ScanId, RecordingState] = {}

    @property
    def states(self) -> dict[ScanId, RecordingState]:
        return self.told

    def __contains__(self, scan_id: ScanId) -> bool:
        return scan_id in self.told

    def request_start(self, scan_id: ScanId, path: Path, on_answer: Answer) -> None:
        self._ask("record", scan_id, path, on_answer=on_answer)

    def request_play(self, path: Path, on_answer: Answer) -> None:
        self._ask("play", path, on_answer=on_answer)

    def stop(self, scan_id: ScanId) -> None:
        self._ask("stop recording", scan_id)


class RecordedScanRequests(ScanRequests):
    """Remembers and answers together with the other requests."""

    def __init__(self, ask: Callable[..., None]) -> None:
        self._ask = ask

    def request_events(
        self, finding_id: FindingId, on_answer: Reply[tuple[FindingEvent, ...]]
    ) -> None:
        self._ask("events", finding_id, on_answer=on_answer)

    def request_comment(self, finding_id: FindingId, text: str, on_answer: Answer) -> None:
        self._ask("comment", finding_id, text, on_answer=on_answer)

    def request_texts(self, finding_id: FindingId) -> None:
        self._ask("texts", finding_id)

    def request_patches(self, scan_id: ScanId, on_answer: Reply[tuple[Patch, ...]]) -> None:
        self._ask("patches", scan_id, on_answer=on_answer)

    def request_threat_model(
        self, scan_id: ScanId, on_answer: Reply[ThreatModel | KeptThreatModel]
    ) -> None:
        self._ask("threat_model", scan_id, on_answer=on_answer)

    def request_cancel(self, scan_id: ScanId, on_answer: Answer) -> None:
        self._ask("cancel", scan_id, on_answer=on_answer)

    def request_repo_scan(self, repo_id: RepoId, on_answer: Answer) -> None:
        self._ask("repo_scan", repo_id, on_answer=on_answer)

    def request_rescan(self, scan_id: ScanId, on_answer: Answer) -> None:
        self._ask("rescan", scan_id, on_answer=on_answer)


class RecordedHistory(HistoryRequests):
    """Remembers and answers together with the other requests."""

    is_kept = True
    choices = HistoryChoices()

    def __init__(self, ask: Callable[..., None]) -> None:
        self._ask = ask
        self.size = None

    def request_size(self, on_answer: Answer) -> None:
        self._ask("history_size", on_answer=on_answer)

    def choose(self, choices: HistoryChoices, on_answer: Answer) -> None:
        self.choices = choices
        self._ask("keep", choices, on_answer=on_answer)

    def request_deletion(self, on_answer: Answer) -> None:
        self._ask("delete_history", on_answer=on_answer)


class RecordedAtLogin(AtLogin):
    """Remembers and answers together with the other requests."""

    def __init__(self, ask: Callable[..., None], preferences: Preferences) -> None:
        super().__init__(None, preferences, RequestTasks(Tasks(lambda _name, _error: None)))
        self._ask = ask

    @property
    def is_offered(self) -> bool:
        return True

    def request_state(self, on_answer: Answer) -> None:
        self._ask("login_state", on_answer=on_answer)

    def choose(self, on_answer: Answer, *, is_on: bool, is_hidden: bool) -> None:
        self._ask("at_login", is_on, is_hidden, on_answer=on_answer)


class RecordedSelfTest(SelfTest):
    """Remembers and answers together with the other requests."""

    def __init__(self, ask: Callable[..., None]) -> None:
        self._record = ask
        self.answers, self.is_running = (), False
        self.shown_by = lambda: "org.freedesktop.Notifications"

    def request(
        self, on_answer: Answer, parts: Container[SelfTestPart] = frozenset(SelfTestPart)
    ) -> None:
        named = [part for part in SelfTestPart if part in parts]
        asked = named if len(named) < len(SelfTestPart) else []
        self._record("self_test", *asked, on_answer=on_answer)


class RecordedComparisons(ComparisonRequests):
    """Remembers and answers together with the other requests.

    Attributes:
        others: scans that were read to be compared.
        watched: returns a watched scan.
        old: comparisons of which a scan was not read of late.
    """

    def __init__(self, ask: Callable[..., None]) -> None:
        self._ask = ask
        self.others: dict[ScanId, Scan] = {}
        self.watched: Callable[[ScanId], Scan | None] = lambda _: None
        self.old: list[ScanComparison] = []

    def request_scans(self, scan_id: ScanId, on_answer: Reply[tuple[Scan, ...]]) -> None:
        self._ask("scans", scan_id, on_answer=on_answer)

    def request_last(self, scan_id: ScanId, on_answer: Reply[ScanComparison]) -> None:
        self._ask("compare with last", scan_id, on_answer=on_answer)

    def request_comparison(
        self, before: ScanId, after: ScanId, on_answer: Reply[ScanComparison]
    ) -> None:
        self._ask("compare", before, after, on_answer=on_answer)

    def request_again(
        self, before: ScanId, after: ScanId, on_answer: Reply[ScanComparison]
    ) -> None:
        self._ask("compare again", before, after, on_answer=on_answer)

    def is_old(self, comparison: ScanComparison) -> bool:
        return comparison in self.old

    def scan(self, scan_id: ScanId) -> Scan | None:
        return self.watched(scan_id) or self.others.get(scan_id)


class RecordedActions(FindingActions):
    """Remembers together with the other requests, and stands as it is told to.

    Attributes:
        known: how actions stand.
        obstacles: why an action cannot be asked for.
    """

    def __init__(self, ask: Callable[..., None]) -> None:
        self._ask = ask
        self.known: list[ActionState] = []
        self.obstacles: dict[FindingAction, str] = {}

    def state(self, subject: Subject, action: FindingAction) -> ActionState | None:
        return next((each for each in self.states(subject) if each.action is action), None)

    def states(self, subject: Subject) -> tuple[ActionState, ...]:
        return tuple(each for each in self.known if each.subject == subject)

    def elapsed_s(self, state: ActionState) -> float:
        return 12.0 - state.began_at_s

    def obstacle(self, subject: Subject, action: FindingAction) -> str:
        return self.obstacles.get(action, "")

    def request(self, subject: Subject, action: FindingAction) -> None:
        self._ask("action", subject, action)

    def leave(self, subject: Subject, action: FindingAction) -> None:
        self._ask("leave", subject, action)
