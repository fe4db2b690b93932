"""Scans as the board shows them, made by folding what a server would have told of them."""

from functools import cache

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection, Counts, LiveRead
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_display import ScanProgress, progress_of
from tests.fakes.findings import make_finding
from tests.lab.scan_script import SERVER, ScanScript
from tests.lab.scan_script import ScriptedTime as FakeTime

__all__ = ["SERVER", "FakeTime", "ScanStory", "leave_not_scanned", "twelve_scans"]


class ScanStory(ScanScript):
    """A scripted scan whose findings are those of all tests, and which may have a past."""

    def finding(self, number: int, severity: Severity) -> Finding:
        return _ordinary(number, self.scan.id, severity)

    def pace(self, silent_s: float = 0.0) -> ScanProgress:
        """How it gets on, after so long without news."""
        usual = self._store.times.usual(self.scan)
        return progress_of(self.scan, usual, silent_s, self.time.clock_s)


@cache
def _ordinary(number: int, scan_id: ScanId, severity: Severity) -> Finding:
    """A finding that hundreds of tests have; nothing can change it."""
    return make_finding(number, scan_id=scan_id, severity=severity, severity_text="x")


def twelve_scans(store: Store, time: FakeTime) -> dict[str, ScanStory]:
    stories: dict[str, ScanStory] = {}

    def story(name: str, branch: str = "main") -> ScanStory:
        stories[name] = ScanStory(store, time, name, branch, len(stories) + 1)
        return stories[name]

    _troubled(story("mobile-gateway"), story("legacy-crm", "release/4.2"))
    lost = story("billing-core").run([30, 150, 90, 60, 20], 252).find(3, 12, 40, 27)
    lost.hear(Connection.RECONNECTING, 12, 8).age(12)
    quiet = story("data-pipeline", "develop").run([45, 170, 110, 60, 25], 700).find(0, 4, 31, 52)
    quiet.hear(Connection.QUIET, 372).age(2)
    _payments(story("payments-api"))
    plain = story("auth-service").run([30, 150, 90, 60, 20], 252).find(2, 11, 18, 5)
    plain.hear(Connection.LIVE).age(3)
    shop = story("web-shop", "checkout-v3").run([25, 90], 48, status="static_analysis")
    shop.find(0, 3, 12, 9).hear(Connection.LIVE).age(2)
    infra = story("infra-terraform").run([25, 90, 60, 70], 9, status="config_scanning")
    infra.find(0, 7, 26, 14).hear(Connection.LIVE).age(0)
    queued = story("search-indexer").read("queued", began_s=200).live("queued")
    queued.hear(Connection.LIVE).age(4)
    _ended(story("notify-hub"), "completed", 1560, (1, 9, 33, 40))
    _ended(story("admin-console", "sso"), "cancelled", 2840, (0, 2, 8, 11))
    _ended(story("docs-site"), "completed", 4260, (0, 0, 0, 0))
    return stories


def _troubled(retried: ScanStory, signed_out: ScanStory) -> None:
    first = retried.line("Scan started", stage=None, task="scan-start", ago_s=400)
    failed = retried.line(
        "Taint analysis failed", "worker ran out of memory", stage="taint_analysis",
        status="failed", event_type="stage", ago_s=120,
    )  # fmt: skip
    second = retried.line("Scan started", stage=None, task="scan-start", ago_s=63)
    retried.run([38], 22, status="modeling").log(first, failed, second).find(1, 6, 19, 8)
    retried.hear(Connection.LIVE).age(2)
    signed_out.run([30, 150, 90, 60, 20], 300).find(2, 17, 44, 31)
    signed_out.hear(Connection.SIGNED_OUT, 420).age(420)


def _payments(story: ScanStory) -> None:
    story.run([41, 156, 108, 65, 22, 564], 192, status="verifying").find(9, 58, 219, 126)
    line = story.line
    title = "Challenging: Race between balance check and withdrawal"
    where = "14 of 61 findings, shop/ledger/withdraw.py:155"
    story.log(
        line("Hunt finished", "23 surfaces, 61 findings", ago_s=190),
        line("Pattern scan finished", "two rules were left out", stage="static_analysis",
             status="completed_with_errors", ago_s=760),
        line("AI provider switched", "first choice answered 529, second one is in use",
             stage="hunt", status="running", tone="warning", ago_s=74),
        line("Withdrawn: Open redirect after login", "allow-list found in middleware.py",
             stage="vidarr", status="skipped", ago_s=41),
        line("Confirmed: Refund endpoint trusts the account id", stage="vidarr", ago_s=27),
        line("Confirmed: SQL built from request parameter", "confidence medium to high",
             stage="vidarr", ago_s=8),
        line(title, where, stage="vidarr", task="challenge-17", status="running", ago_s=41),
    )  # fmt: skip
    story.hear(Connection.LIVE).age(1)


def _ended(story: ScanStory, status: str, ended_s: float, numbers: tuple[int, ...]) -> None:
    if status == "completed":
        story.run([30, 90, 60, 30, 15, 400, 200, 20, 10], status=status, ended_s=ended_s)
        began_s = ended_s + 855
    else:
        story.run([30, 90, 60, 30, 15], 70, status=status, end="cancelled", ended_s=ended_s)
        began_s = ended_s + 295
    story.read(status, began_s=began_s, ended_s=ended_s).find(*numbers).settle()
    story.hear(Connection.ENDED).age(ended_s)


def leave_not_scanned(scan: Scan, count: int, *, counted: int | None = None) -> Scan:
    """Let `/live` tell of files that were not looked at, and perhaps of more findings than listed.

    It is asked just after the last answer, and says the same otherwise.
    """
    total = len(scan.findings) if counted is None else counted
    asked_at_s = (scan.last_answer_at_s or 0.0) + 0.01
    words = (scan.status, scan.error, scan.updated_at)
    counts, rows = Counts(total), scan.stage_rows
    scan.observe(LiveRead(scan.id, asked_at_s, *words, counts, rows, (), not_scanned=count))
    return scan
