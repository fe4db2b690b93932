"""A controller that does nothing but remember what the widgets asked for, and answer on demand."""

import time
from collections.abc import Callable, Container, Iterable, Sequence
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
from heimdall_desktop.application.requests.decision_runs import Run, Step
from heimdall_desktop.application.requests.decisions import Decisions
from heimdall_desktop.application.requests.editing import Editing
from heimdall_desktop.application.requests.finding_actions import FindingActions, Subject
from heimdall_desktop.application.requests.proposal_requests import Overtaken, ProposalRequests
from heimdall_desktop.application.requests.reasons import ReasonRun, Reasons
from heimdall_desktop.application.requests.scan_requests import ScanRequests
from heimdall_desktop.application.runs.core import utc_now
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.self_test import Connections, Diagnostics, SelfTest
from heimdall_desktop.domain.comparison import ScanComparison
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.choices import HistoryChoices, Settings
from heimdall_desktop.domain.facts.decision import Act, Field
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, ScanId
from heimdall_desktop.domain.facts.finding_action import ActionState, FindingAction, Patch
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import (
    CertificateStore,
    ConnectionTest,
    Detour,
    KnownServer,
    Route,
    SelfTestPart,
    ServerUrl,
)
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.window.help_text import Folder
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
        store, RequestTasks(Tasks(fail)), clock=time.monotonic, now=now, with_texts=with_texts
    )


def _recorded(name: str, *, has_answer: bool = True) -> Any:
    """Return a request that is only remembered; its last argument is what wants the answer."""

    def request(self: Any, *arguments: Any, on_answer: Callable[[Any], None] | None = None) -> None:
        if has_answer and on_answer is None:
            *arguments, on_answer = arguments  # type: ignore[assignment]
        self._ask(name, *arguments, on_answer=on_answer)

    return request


class RecordedDecisions(Decisions):
    """Remembers what was decided together with the other requests, and writes nothing."""

    def __init__(self) -> None:
        accounts = Accounts(MemoryStore(), clock=clock, now=utc_now, on_problem=print)
        tasks = Tasks(lambda _name, _error: None)
        super().__init__(Store(), accounts, tasks, clock=clock, now=utc_now, random=Random(1))
        self.ask: Callable[..., None] = lambda *_: None

    def _begin(self, run: Run) -> Run:
        self.ask("decide", run.act, run.step.what, run.step.value, tuple(run.jobs))
        return run


class RecordedReasons(Reasons):
    """Remembers reasons together with the other requests; nothing is written or read."""

    def __init__(self, decisions: Decisions, ask: Callable[..., None]) -> None:
        accounts = Accounts(MemoryStore(), clock=clock, now=utc_now, on_problem=print)
        tasks = Tasks(lambda _name, _error: None)
        super().__init__(Store(), accounts, decisions, tasks, clock=clock, now=utc_now)
        self.ask = ask

    def attach(
        self, finding_ids: Iterable[FindingId], reason: Reason | None, text: str = ""
    ) -> ReasonRun:
        self.ask("attach", tuple(finding_ids), reason, text)
        return ReasonRun(Act.DO, Step(Field.STATUS, text, 0, 0.0), {}, 0.0)

    def read(self, finding_ids: Iterable[FindingId]) -> None:
        self.ask("read reasons", tuple(finding_ids))


@dataclass(slots=True)
class RecordedRequests:
    """Implements `Requests`.

    Attributes:
        asked: name and arguments of each request, in order.
        waiting: the callback of each request that wants an answer, in order.
        exports: really writes files.
        decisions: what was decided, with the rest, unless a test gives others.
        preferences: what was chosen; nothing is written.
    """

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    waiting: list[Callable[[Any], None]] = field(default_factory=list)
    discovery: RecordedDiscovery = field(default_factory=RecordedDiscovery)
    scans: "RecordedScanRequests" = field(init=False)
    comparisons: "RecordedComparisons" = field(init=False)
    proposals: "RecordedProposals" = field(init=False)
    actions: "RecordedActions" = field(init=False)
    history: "RecordedHistory" = field(init=False)
    at_login: "RecordedAtLogin" = field(init=False)
    exports: Exports = field(default_factory=lambda: exports_of(Store()))
    editing: "RecordedEditing" = field(init=False)
    decisions: Decisions = field(default_factory=RecordedDecisions)
    reasons: Reasons = field(init=False)
    recordings: "RecordedRecordings" = field(init=False)
    preferences: Preferences = field(
        default_factory=lambda: Preferences(SettingsFile(Path("unwritten.toml"), Settings))
    )
    privacy: Privacy = field(init=False)
    self_test: "RecordedSelfTest" = field(init=False)
    connections: "RecordedConnections" = field(init=False)
    diagnostics: "RecordedDiagnostics" = field(init=False)
    known_servers: tuple[KnownServer, ...] = ()

    def __post_init__(self) -> None:
        self.privacy = Privacy(self.preferences)
        self.editing = RecordedEditing(self._ask, self.preferences)
        self.actions = RecordedActions(self._ask)
        self.scans = RecordedScanRequests(self._ask)
        self.comparisons = RecordedComparisons(self._ask)
        self.proposals = RecordedProposals(self._ask)
        self.history = RecordedHistory(self._ask)
        self.at_login = RecordedAtLogin(self._ask, self.preferences)
        self.self_test = RecordedSelfTest(self._ask)
        self.connections = RecordedConnections(self._ask, self.preferences)
        self.diagnostics = RecordedDiagnostics(self._ask)
        self.recordings = RecordedRecordings(self._ask)
        self.reasons = RecordedReasons(self.decisions, self._ask)
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
            | str
            | None
        ) = None,
    ) -> None:
        """Answer the oldest request that waits: an error, what was read, or that it worked."""
        self.waiting.pop(0)(outcome)

    request_watch = _recorded("watch")
    request_stop = _recorded("stop", has_answer=False)
    request_return = _recorded("return")
    request_refresh = _recorded("again", has_answer=False)

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

    request_sign_out = _recorded("sign_out")
    request_unlock = _recorded("unlock")
    request_folder_scan = _recorded("folder_scan")
    request_demo = _recorded("demo")
    request_save = _recorded("save")
    view_scan = _recorded("view_scan", has_answer=False)

    def _ask(self, *request: Any, on_answer: Callable[[Any], None] | None = None) -> None:
        self.asked.append(request)
        if on_answer is not None:
            self.waiting.append(on_answer)


class RecordedRecordings(Recordings):
    """Remembers what was to be recorded, and writes nothing."""

    def __init__(self, ask: Callable[..., None]) -> None:
        super().__init__(Store(), Tasks(lambda _name, _error: None), clock=clock, now=utc_now)
        self._ask = ask
        self.reported: dict[ScanId, RecordingState] = {}

    @property
    def states(self) -> dict[ScanId, RecordingState]:
        return self.reported

    def __contains__(self, scan_id: ScanId) -> bool:
        return scan_id in self.reported

    request_start = _recorded("record")
    request_play = _recorded("play")
    stop = _recorded("stop recording", has_answer=False)


class RecordedScanRequests(ScanRequests):
    """Remembers and answers together with the other requests."""

    def __init__(self, ask: Callable[..., None]) -> None:
        self._ask = ask

    request_events = _recorded("events")
    request_comment = _recorded("comment")
    request_texts = _recorded("texts", has_answer=False)
    request_patches = _recorded("patches")
    request_threat_model = _recorded("threat_model")
    request_cancel = _recorded("cancel")
    request_repo_scan = _recorded("repo_scan")
    request_rescan = _recorded("rescan")


class RecordedHistory(HistoryRequests):
    """Remembers and answers together with the other requests."""

    is_kept = True
    choices = HistoryChoices()

    def __init__(self, ask: Callable[..., None]) -> None:
        self._ask = ask
        self.size = None

    request_size = _recorded("history_size")

    def choose(self, choices: HistoryChoices, on_answer: Answer) -> None:
        self.choices = choices
        self._ask("keep", choices, on_answer=on_answer)

    request_deletion = _recorded("delete_history")
    request_decisions_deletion = _recorded("delete_decisions")


class RecordedEditing(Editing):
    """Remembers what was to be opened, and opens nothing; folders are kept in the preferences."""

    def __init__(
        self, ask: Callable[..., None], preferences: Preferences, store: Store | None = None
    ) -> None:
        tasks = RequestTasks(Tasks(lambda _name, _error: None))
        super().__init__(Store() if store is None else store, preferences, tasks)
        self._ask = ask

    def of_store(self, store: Store) -> "RecordedEditing":
        return RecordedEditing(self._ask, self._preferences, store)

    def request_open(self, finding: Finding, on_answer: Callable[[Any], None]) -> None:
        self._ask("open_in_editor", finding.id, on_answer=on_answer)

    def request_editors(self, on_answer: Answer) -> None:
        self._ask("find_editors", on_answer=on_answer)

    def request_command(self, text: str, on_answer: Answer) -> None:
        self._ask("editor_command", text, on_answer=on_answer)


class RecordedAtLogin(AtLogin):
    """Remembers and answers together with the other requests."""

    def __init__(self, ask: Callable[..., None], preferences: Preferences) -> None:
        super().__init__(None, preferences, RequestTasks(Tasks(lambda _name, _error: None)))
        self._ask = ask
        self.is_offered = True

    request_state = _recorded("login_state")

    def choose(self, on_answer: Answer, *, is_on: bool, is_hidden: bool) -> None:
        self._ask("at_login", is_on, is_hidden, on_answer=on_answer)


class RecordedDiagnostics(Diagnostics):
    """Remembers the requests; its folders are these, and it names no addresses."""

    def __init__(self, ask: Callable[..., None]) -> None:
        self._ask = ask
        self.folders = {
            Folder.SETTINGS: Path("/home/ann/.config/heimdall-desktop"),
            Folder.HISTORY: Path("/home/ann/.local/share/heimdall-desktop"),
            Folder.LOG: Path("/home/ann/.local/state/heimdall-desktop/log"),
        }
        self.addresses: dict[str, str] = {}
        self.manual = "file:///usr/share/README.md"
        self.licences = ()

    def request_report(self, looks: Sequence[str], on_answer: Reply[str]) -> None:
        self._ask("report", on_answer=on_answer)

    def request_parts(self, on_answer: Reply[tuple[tuple[str, str, str], ...]]) -> None:
        self._ask("parts", on_answer=on_answer)

    def request_licence(self, file: Path, on_answer: Reply[str]) -> None:
        self._ask("licence", file, on_answer=on_answer)

    def address(self, *labels: str) -> str:
        return next((self.addresses[each] for each in labels if each in self.addresses), "")


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


class RecordedConnections(Connections):
    """Remembers and answers together with the other requests.

    Attributes:
        routes: the known servers, and how each is reached.
        versions: the version of TLS of each.
        tests: the test of each.
    """

    certificate_store = CertificateStore("/etc/ssl/certs")

    def __init__(self, ask: Callable[..., None], preferences: Preferences) -> None:
        self._record, self._preferences = ask, preferences
        self.routes: dict[ServerUrl, Route] = {}
        self.versions: dict[ServerUrl, str] = {}
        self.tests: dict[ServerUrl, ConnectionTest] = {}

    @property
    def servers(self) -> tuple[ServerUrl, ...]:
        return tuple(self.routes)

    def route(self, url: ServerUrl) -> Route:
        route = self.routes[url]
        is_ignored = route.proxy and self.is_direct(url)
        return Route(Detour.IGNORED, route.proxy, route.variable) if is_ignored else route

    def is_direct(self, url: ServerUrl) -> bool:
        return url in self._preferences.settings.network.direct

    def tls(self, url: ServerUrl) -> str:
        return self.versions.get(url, "")

    def test_of(self, url: ServerUrl) -> ConnectionTest:
        return self.tests.get(url, ConnectionTest())

    def request_test(
        self, url: ServerUrl, on_step: Callable[[], object], on_answer: Answer
    ) -> None:
        self._record("test_connection", url, on_answer=on_answer)

    def cancel_test(self, url: ServerUrl) -> None:
        self._record("cancel_test", url)


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

    request_scans = _recorded("scans")
    request_last = _recorded("compare with last")
    request_comparison = _recorded("compare")
    request_refresh = _recorded("compare again")

    def is_old(self, comparison: ScanComparison) -> bool:
        return comparison in self.old

    def scan(self, scan_id: ScanId) -> Scan | None:
        return self.watched(scan_id) or self.others.get(scan_id)


class RecordedProposals(ProposalRequests):
    """Remembers what was accepted and rejected; a test puts the proposals into the store.

    Attributes:
        store: of the proposals.
        obstacles: why proposals of scans can't be accepted.
        folder: the one that the user is to be asked about.
        overtake: reports proposals that were overtaken.
    """

    def __init__(self, ask: Callable[..., None]) -> None:
        self._ask = ask
        self._store = Store()
        self.obstacles: dict[ScanId, str] = {}
        self.folder: Path | None = None
        self.viewed: tuple[FindingId, ...] = ()
        self._known = {}
        self._followers = []

    def use(self, store: Store) -> None:
        self._store = store

    def obstacle(self, scan_id: ScanId) -> str:
        scan = self._store.scan(scan_id)
        return "" if scan is None else lacks(scan, Feature.PROPOSALS)

    def accept_obstacle(self, scan_id: ScanId) -> str:
        return self.obstacles.get(scan_id, "")

    def accept(self, finding_ids: Iterable[FindingId]) -> list[Run]:
        self._ask("accept", tuple(finding_ids))
        return []

    def reject(self, finding_ids: Iterable[FindingId]) -> None:
        self._ask("reject", tuple(finding_ids))

    def view(self, finding_ids: Iterable[FindingId]) -> None:
        self.viewed = tuple(finding_ids)

    def folder_question(self, scan_id: ScanId) -> Path | None:
        return self.folder

    def answer_folder(self, folder: Path, *, is_kept: bool) -> None:
        self.folder = None
        self._ask("keep decisions of a folder", folder, is_kept)

    def take(self, changes: Iterable[Change]) -> None:
        pass

    def overtake(self, overtaken: Sequence[Overtaken]) -> None:
        for on_overtaken in [*self._followers]:
            on_overtaken(overtaken)


class RecordedActions(FindingActions):
    """Records together with the other requests; a test sets the states."""

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

    request = _recorded("action", has_answer=False)
    leave = _recorded("leave", has_answer=False)
