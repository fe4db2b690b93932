"""Tests the system and each server, keeps the results, and describes all of it in a report."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Container, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from heimdall_desktop import __version__
from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Answer, CallOff, Reply, RequestTasks
from heimdall_desktop.application.servers import server_session
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.errors import HeimdallError, LogText
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import (
    CertificateStore,
    ConnectionTest,
    Route,
    SelfTestAnswer,
    SelfTestPart,
    ServerUrl,
    StepResult,
)
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, STATUS_STAGES
from heimdall_desktop.presentation.window.help_text import Folder, Section, report_text
from heimdall_desktop.services.log import loggable

if TYPE_CHECKING:
    from heimdall_desktop.services.diagnostics import Part

Probe = Callable[[], Awaitable[str]]
"""Returns the name of what has responded, or raises an error of ours."""


class SelfTest:
    """Owns the results of the last test.

    Args:
        probes: the probe of each part; a part without one does not belong to this system.

    Attributes:
        answers: the last results of each part so far; empty before the first test.
        is_running: whether more are awaited.
        shown_by: returns the name of what shows notifications; "" if nothing does.
    """

    def __init__(
        self,
        probes: Mapping[SelfTestPart, Probe],
        requests: RequestTasks,
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._probes, self._requests, self._clock, self._now = probes, requests, clock, now
        self.answers: tuple[SelfTestAnswer, ...] = ()
        self.is_running = False
        self.shown_by: Callable[[], str] = lambda: ""

    def answer_of(self, part: SelfTestPart) -> SelfTestAnswer | None:
        return next((answer for answer in self.answers if answer.part is part), None)

    def request(
        self, on_answer: Answer, parts: Container[SelfTestPart] = frozenset(SelfTestPart)
    ) -> None:
        """Test parts, one after the other; no part is tested twice at once."""
        if not self.is_running:
            self.is_running = True
            self.answers = tuple(each for each in self.answers if each.part not in parts)
            self._requests.start(partial(self._run, parts), on_answer, name="self-test")

    async def _run(self, parts: Container[SelfTestPart]) -> None:
        try:
            for part in SelfTestPart:
                if part not in self._probes or part not in parts:
                    continue
                began_s, name, error = self._clock(), "", None
                try:
                    name = await self._probes[part]()
                except HeimdallError as problem:
                    error = problem
                took_s = self._clock() - began_s
                answer = SelfTestAnswer(part, name, took_s, error, self._now())
                answers = {each.part: each for each in (*self.answers, answer)}
                self.answers = tuple(answers[each] for each in SelfTestPart if each in answers)
        finally:
            self.is_running = False


class Connections:
    """Reports how each server is reached, and tests it step by step.

    Args:
        accounts: the servers, and their tokens.
        settings: returns the servers of earlier sessions, and those that are reached directly.
    """

    def __init__(
        self,
        accounts: Accounts,
        settings: Callable[[], Settings],
        requests: RequestTasks,
        now: Callable[[], datetime],
    ) -> None:
        self._accounts, self._settings = accounts, settings
        self._requests, self._now = requests, now
        self._tests: dict[ServerUrl, ConnectionTest] = {}
        self._running: dict[ServerUrl, CallOff] = {}
        self._routes: dict[ServerUrl, Route] = {}

    @property
    def servers(self) -> tuple[ServerUrl, ...]:
        """All known servers, also those that a proxy setting keeps from being used."""
        used = [link.url for link in self._accounts if not link.is_embedded]
        earlier = [profile.url for profile in self._settings().servers]
        return tuple(dict.fromkeys((*used, *earlier)))

    @property
    def certificate_store(self) -> CertificateStore:
        return server_session.certificate_store()

    def route(self, url: ServerUrl) -> Route:
        """Return how a server is reached; of one that cannot be used, as it was at first."""
        link = self._accounts.known(url)
        if link is not None:
            return link.clients.route
        if url not in self._routes:  # some systems look names up for it
            self._routes[url] = server_session.route_to(url)
        return self._routes[url]

    def tls(self, url: ServerUrl) -> str:
        """Return the version of TLS of the newest connection; "" for none yet."""
        link = self._accounts.known(url)
        return "" if link is None else link.clients.tls

    def is_direct(self, url: ServerUrl) -> bool:
        return url in self._settings().network.direct

    def test_of(self, url: ServerUrl) -> ConnectionTest:
        return self._tests.get(url, ConnectionTest())

    def request_test(
        self, url: ServerUrl, on_step: Callable[[], object], on_answer: Answer
    ) -> None:
        """Test a server, which isn't tested twice at once; `on_step` follows each step."""
        if url in self._running:
            return

        def report(steps: tuple[StepResult, ...]) -> None:
            self._tests[url] = ConnectionTest(steps, is_running=True)
            on_step()

        def take_end(error: HeimdallError | None) -> None:
            del self._running[url]
            ended_at = self._now() if error is None else None
            self._tests[url] = ConnectionTest(self._tests[url].steps, ended_at=ended_at)
            on_answer(error)

        walk = partial(self._accounts.walk, url, report)
        self._tests[url] = ConnectionTest(is_running=True)
        self._running[url] = self._requests.start(walk, take_end, name="test a connection")

    def cancel_test(self, url: ServerUrl) -> None:
        """End a running test without a result; steps that have ended stay."""
        call_off = self._running.pop(url, None)
        if call_off is not None:
            ended = tuple(each for each in self.test_of(url).steps if each.took_s is not None)
            self._tests[url] = ConnectionTest(ended)
            call_off()


async def read_version() -> str:
    return __version__


STATUSES = frozenset({"queued", *STATUS_STAGES, *TERMINAL_STATUSES})


class Diagnostics:
    """Describes the program and its state for a report, without names, addresses and texts.

    Args:
        settings: returns the current settings.

    Attributes:
        folders: where a run keeps what outlives it; None for what it does not keep.
        redact: removes tokens from a text.
        manual: the address of the manual on this computer; "" if it is not there.
        licences: the texts of licences that this package ships, its README first.
    """

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        settings: Callable[[], Struct],
        self_test: SelfTest,
        requests: RequestTasks,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._accounts, self._settings = store, accounts, settings
        self._self_test, self._requests, self._clock = self_test, requests, clock
        self.folders: Mapping[Folder, Path | None] = {}
        self.redact: Callable[[str], str] = str
        self.manual = ""
        self.licences: tuple[Path, ...] = ()

    def request_report(self, looks: Sequence[str], on_answer: Reply[str]) -> None:
        """Return the text of a report; `looks` describes the screen, one fact a line."""

        async def make() -> str:
            return self.redact(report_text(await self._sections(looks)))

        self._requests.start(make, on_answer, name="make a report")

    def request_parts(self, on_answer: "Reply[tuple[Part, ...]]") -> None:
        """Return name, version and licence of each library in use."""
        from heimdall_desktop.services.diagnostics import parts  # noqa: PLC0415 - main.LATE

        read = partial(asyncio.to_thread, parts)
        self._requests.start(read, on_answer, name="read the licences")

    def request_licence(self, file: Path, on_answer: Reply[str]) -> None:
        """Return one of `licences`."""
        read = partial(asyncio.to_thread, file.read_text, "utf-8", "replace")
        self._requests.start(read, on_answer, name="read a licence")

    def address(self, *labels: str) -> str:
        """Return a web address that the package names, such as "issues"; "" for none."""
        from heimdall_desktop.services.diagnostics import web_address  # noqa: PLC0415 - main.LATE

        return web_address(*labels)

    async def _sections(self, looks: Sequence[str]) -> dict[Section, Sequence[str]]:
        from heimdall_desktop.services.diagnostics import log_tail, parts, system_lines  # noqa: PLC0415 - main.LATE

        system = await asyncio.to_thread(system_lines)
        log = await asyncio.to_thread(log_tail, self.folders.get(Folder.LOG))
        libraries = await asyncio.to_thread(parts)
        own = f"heimdall-desktop {__version__}", f"python {sys.version.split()[0]}"
        return {
            Section.VERSIONS: [*own, ", ".join(f"{each[0]} {each[1]}" for each in libraries)],
            Section.SYSTEM: [*system, *looks],
            Section.SETTINGS: [*_facts(self._settings())],
            Section.SELF_TEST: [_tested(answer) for answer in self._self_test.answers],
            Section.SERVERS: [*self._servers()],
            Section.SCANS: [self._scan(scan) for scan in self._store],
            Section.LOG: log,
        }

    def _servers(self) -> Iterator[str]:
        for link in self._accounts:
            facts = {
                "signed_in": link.is_signed_in,
                "in_use": link is self._accounts.in_use,
                "embedded": link.is_embedded,
                "encrypted": link.url.startswith("https:"),
                "below_a_path": link.url.count("/") > 2,
                "answered_s_ago": self._age(link.clients.answered_at_s),
                "session_ends_in_s": self._age(link.session_ends_s, sign=-1),
                "keyring": link.keyring_error,
            }
            yield _line(f"server {link.number}", facts)

    def _scan(self, scan: Scan) -> str:
        link, state, rows = self._accounts.known(scan.server), scan.connection, scan.sync_status
        stage = scan.running_stage.name if scan.running_stage is not None else ""
        facts = {
            "server": None if link is None else link.number,
            "status": LogText(scan.status if scan.status in STATUSES else "other"),
            "stage": LogText(stage if stage in STAGE_NAMES else "other") if stage else None,
            "attempt": scan.attempt,
            "settled": scan.is_settled,
            "source": scan.source,
            "connection": scan.connection_state,
            "since_s": None if state is None else self._age(state.since_s),
            "error": None if state is None else state.error,
            "answered_s_ago": self._age(scan.last_answer_at_s),
            "findings": len(scan.findings),
            "listed": rows.read,
            "total": rows.total,
            "unreadable": rows.unreadable,
            "dropped_events": rows.has_skips,
            "lost": scan.lost_rows,
        }
        return _line(str(loggable(scan.id)), facts)

    def _age(self, at_s: float | None, *, sign: int = 1) -> int | None:
        return None if at_s is None else round(sign * (self._clock() - at_s))


def _line(subject: str, facts: Mapping[str, object]) -> str:
    known = {name: loggable(fact) for name, fact in facts.items() if fact is not None}
    return f"{subject}: " + ", ".join(f"{name}={fact}" for name, fact in known.items())


def _facts(settings: Struct, before: str = "") -> Iterator[str]:
    """Return the settings, one a line; of lists only their length, and of texts nothing."""
    for name in settings.__struct_fields__:
        value = getattr(settings, name)
        if isinstance(value, Struct):
            yield from _facts(value, f"{before}{name}.")
        elif isinstance(value, tuple):
            yield f"{before}{name}: {len(value)} entries"
        else:
            yield f"{before}{name}: {loggable(value)}"


def _tested(answer: SelfTestAnswer) -> str:
    """Return an answer; the name of a server is its address."""
    is_private = answer.part is SelfTestPart.CONNECTION
    name = answer.name and ("responded" if is_private else one_line(answer.name))
    result = loggable(answer.error) if answer.error is not None else name or "none"
    return f"{answer.part.name.lower()}: {result}, {round(answer.took_s * 1000)} ms"
