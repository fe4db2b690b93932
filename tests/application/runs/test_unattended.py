"""Unattended: when it is over, with which status and reason, and what it prints."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from heimdall_desktop import cli
from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.runs import unattended
from heimdall_desktop.application.runs.unattended import Exit
from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, RepoId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.start import wanted_of
from tests.fakes.board_scans import leave_not_scanned
from tests.fakes.findings import REPO_ID, finding_id, make_finding

UNREACHABLE_S = 120.0
AT = datetime(2026, 7, 4, tzinfo=UTC)
FIRST, SECOND = ScanId("8c0e6f52"), ScanId("1a2b3c4d")


class Run:
    """An unattended run over scans whose facts a test sets."""

    def __init__(
        self,
        timeout_s: float | None = None,
        scans: Sequence[ScanId] = (FIRST, SECOND),
        kind: type[unattended.Unattended] = unattended.Unattended,
    ):
        self.now_s = 1000.0
        self.answered_at_s: float | None = None
        self.store = Store()
        for scan_id in scans:
            self.store.add(Scan(scan_id, server_url("http://127.0.0.1:8080")))
        self.unattended = kind(
            self.store,
            scans,
            unattended.Limits(1000.0, timeout_s, UNREACHABLE_S),
            answered_at_s=lambda _server: self.answered_at_s,
            clock=lambda: self.now_s,
        )

    def end(self, scan_id: ScanId, status: str, error: str | None = None) -> None:
        """Let a scan end, and its end be believed."""
        read = (status, error, AT, observation.Counts(), (), ())
        self.store.observe(observation.LiveRead(scan_id, self.now_s, *read))
        self.store.observe(observation.Settled(scan_id, is_settled=True))

    def complete(self) -> None:
        self.end(FIRST, "completed")
        self.end(SECOND, "completed")

    def read(self, scan_id: ScanId, *findings: Finding, total: int | None = None) -> None:
        counted = len(findings) if total is None else total
        is_whole = counted == len(findings)
        self.store.observe(observation.FindingsListed(scan_id, self.now_s, findings))
        ended = (counted, len(findings), is_whole)
        self.store.observe(observation.ListingEnded(scan_id, self.now_s, *ended))

    def see(self, scan_id: ScanId, connection: Connection, **fields: Any) -> None:
        self.store.observe(observation.ConnectionSeen(scan_id, connection, self.now_s, **fields))

    def status(self) -> Exit | None:
        verdict = self.unattended.verdict()
        return None if verdict is None else verdict[0]

    def line(self) -> str:
        verdict = self.unattended.verdict()
        assert verdict is not None
        return verdict[1]


@pytest.fixture
def run() -> Run:
    return Run()


def test_it_continues_until_all_ends_are_believed(run: Run) -> None:
    assert run.status() is None
    run.end(FIRST, "completed")
    assert run.status() is None
    run.end(SECOND, "failed")
    run.store.observe(observation.Settled(SECOND, is_settled=False))
    assert run.status() is None


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_0_all_completed_or_cancelled(run: Run, status: str) -> None:
    run.end(FIRST, "completed")
    run.end(SECOND, status)
    assert run.unattended.verdict() == (Exit.DONE, "")


def test_1_one_failed_and_the_reason_is_reported_in_one_line(run: Run) -> None:
    run.store.observe(observation.RepoRead(SECOND, "pay\nments", "main"))
    run.end(FIRST, "completed")
    run.end(SECOND, "failed")
    assert "no reason" in run.line()
    run.now_s += 1
    run.end(SECOND, "failed", "clone\nfailed")
    assert run.status() is Exit.FAILED
    assert run.line() == "The scan of pay ments failed: clone failed"


def test_3_a_refused_token_ends_it_at_once(run: Run) -> None:
    run.end(FIRST, "completed")
    run.see(SECOND, Connection.SIGNED_OUT)
    assert run.status() is Exit.NO_SERVER
    assert "HEIMDALL_TOKEN" in run.line()


def test_3_a_server_that_has_answered_nothing_for_long(run: Run) -> None:
    run.see(FIRST, Connection.LIVE)
    refused = errors.ServerUnreachable(errors.Reason.CONNECTION_REFUSED, host="a.test")
    run.see(SECOND, Connection.RECONNECTING, error=refused, failing_since_s=1001.0)
    run.now_s = 1000.9 + UNREACHABLE_S
    assert run.status() is None
    run.now_s = 1001.0 + UNREACHABLE_S
    assert run.status() is Exit.NO_SERVER
    assert "a.test refuses connections." in run.line()
    assert f"for {UNREACHABLE_S:g} s" in run.line()


def test_t56_an_unanswered_scan_ends_no_run_while_its_server_answers_others(run: Run) -> None:
    run.see(FIRST, Connection.LIVE)
    run.see(SECOND, Connection.STALE, failing_since_s=1001.0)
    run.now_s = run.answered_at_s = 1500.0
    assert run.status() is None
    run.now_s += UNREACHABLE_S
    assert run.status() is Exit.NO_SERVER


@pytest.mark.parametrize(
    ("connection", "fields"),
    [
        (Connection.RECONNECTING, {"error": errors.ServerError(errors.Reason.STREAM_CLOSED)}),
        (Connection.BUSY, {"next_try_at_s": 1600.0}),
    ],
)
def test_3_a_scan_that_is_seldom_polled_is_not_lost(
    run: Run, connection: Connection, fields: dict[str, Any]
) -> None:
    run.see(FIRST, connection, **fields)
    run.now_s = 1500.0
    assert run.status() is None


def test_3_a_server_that_is_lost_after_all_has_ended_is_no_matter(run: Run) -> None:
    run.complete()
    run.see(SECOND, Connection.STALE, failing_since_s=900.0)
    assert run.status() is Exit.DONE


def test_4_a_scan_that_is_not_visible(run: Run) -> None:
    run.see(SECOND, Connection.GONE)
    assert run.status() is Exit.NOT_VISIBLE
    assert SECOND in run.line()


def test_5_the_time_is_over() -> None:
    run = Run(timeout_s=60)
    run.end(FIRST, "completed")
    run.now_s = 1059.9
    assert run.status() is None
    run.now_s = 1060.0
    assert run.status() is Exit.TIMEOUT
    assert run.line().startswith("1 of 2 scans hadn't settled after 60 s.")


def test_5_what_kept_a_scan_from_being_read_is_reported() -> None:
    run = Run(timeout_s=60)
    reason = errors.Reason.CERTIFICATE_UNTRUSTED
    untrusted = errors.CertificateUntrusted(reason, host="a.test", flaw="expired")
    why = "The certificate of a.test isn't trusted: expired."
    run.see(SECOND, Connection.STALE, error=untrusted, failing_since_s=1001.0)
    run.now_s = 1060.0
    assert run.status() is Exit.TIMEOUT
    assert run.line().startswith(f"2 of 2 scans hadn't settled after 60 s. {why} Check")


def test_a_scan_that_was_never_read_is_not_reported_as_one_without_findings(run: Run) -> None:
    run.end(SECOND, "completed")
    printed = json.loads(run.unattended.answer())["scans"]
    assert [scan["status"] for scan in printed] == ["unknown", "completed"]
    assert [scan["findings"] is None for scan in printed] == [True, False]


def test_5_what_has_ended_in_time_or_was_taken_off_the_board_is_not_waited_for() -> None:
    run = Run(timeout_s=60)
    run.end(FIRST, "completed")
    run.store.remove(SECOND)
    assert run.status() is Exit.DONE
    run.now_s = 1060.0
    assert run.status() is Exit.DONE


def test_rows_that_could_not_be_read_are_reported(run: Run) -> None:
    run.complete()
    run.read(FIRST, make_finding(1, scan_id=FIRST), total=4)
    assert run.status() is Exit.NOT_ALL_SEEN
    assert run.line().startswith("3 findings in 8c0e6f52 couldn't be loaded.")


def test_the_line_counts_every_row_by_id_whatever_its_status(run: Run) -> None:
    rows = [
        make_finding(1, scan_id=SECOND, severity=Severity.CRITICAL),
        make_finding(2, scan_id=SECOND, severity=Severity.OTHER, severity_text="sneaky"),
        make_finding(3, scan_id=SECOND, status=FindingStatus.FALSE_POSITIVE),
    ]
    run.end(SECOND, "completed")
    run.read(SECOND, *rows)
    printed = json.loads(run.unattended.answer())
    ids = hashlib.sha256("\n".join(sorted(row.id for row in rows)).encode()).hexdigest()
    assert printed["scans"][1] == {
        "id": SECOND,
        "status": "completed",
        "source": None,
        "findings": {"total": 3, "critical": 1, "high": 1, "medium": 0, "low": 0, "other": 1},
        "ids_sha256": ids,
    }


def test_scans_stand_in_the_order_they_were_named_and_the_line_is_one() -> None:
    line = Run(scans=[SECOND, FIRST]).unattended.answer()
    assert [scan["id"] for scan in json.loads(line)["scans"]] == [SECOND, FIRST]
    assert "\n" not in line
    assert json.loads(line)["scans"][0]["ids_sha256"] == hashlib.sha256(b"").hexdigest()


def test_where_several_fit_a_scan_that_is_not_there_comes_first(run: Run) -> None:
    run.see(FIRST, Connection.SIGNED_OUT)
    run.see(SECOND, Connection.GONE)
    assert run.status() is Exit.NOT_VISIBLE


def test_where_several_fit_a_failure_comes_before_the_time_limit() -> None:
    run = Run(timeout_s=5.0)
    run.end(FIRST, "failed", "clone failed")
    assert run.status() is None
    run.now_s += 5
    assert run.status() is Exit.FAILED
    assert "clone failed" in run.line()


def test_6_the_server_counts_more_than_it_lists(run: Run) -> None:
    run.complete()
    run.read(SECOND)
    counted = (None, AT, observation.Counts(3), (), ())
    run.store.observe(observation.LiveRead(SECOND, run.now_s + 1, "completed", *counted))
    assert run.status() is Exit.NOT_ALL_SEEN
    assert run.line().startswith("3 findings in 1a2b3c4d couldn't be loaded.")


def streamed(
    run: Run, scan_id: ScanId, counts: observation.Counts | None, *, is_complete: bool = True
) -> None:
    """Let a scan end that has only a stream."""
    run.store.observe(observation.SourceSeen(scan_id, run.now_s, observation.ScanSource.STREAM))
    ended = (is_complete, AT, counts, "no reason at all")
    run.store.observe(observation.EndSeen(scan_id, run.now_s, *ended))
    run.store.observe(observation.Settled(scan_id, is_settled=True))


def announced(run: Run, scan_id: ScanId, number: int) -> None:
    row = make_finding(number, scan_id=scan_id, is_announced=True)
    run.store.observe(observation.FindingsListed(scan_id, run.now_s, (row,)))


@pytest.mark.parametrize(
    ("counts", "exit_status"),
    [
        (observation.Counts(2), Exit.NOT_ALL_SEEN),
        (observation.Counts(1), Exit.DONE),
        (None, Exit.NOT_ALL_SEEN),
    ],
)
def test_6_a_stream_that_announced_less_than_it_counts(
    counts: observation.Counts | None, exit_status: Exit
) -> None:
    run = Run(scans=[FIRST])
    announced(run, FIRST, 1)
    streamed(run, FIRST, counts)
    run.see(FIRST, Connection.LIVE)
    assert run.status() is exit_status
    printed = json.loads(run.unattended.answer())["scans"][0]
    assert (printed["status"], printed["source"], printed["seen"]) == ("completed", "stream", 1)
    assert printed["announced"] == (None if counts is None else counts.total)


def test_6_a_gap_in_the_stream_is_not_made_up_for_by_its_counts() -> None:
    run = Run(scans=[FIRST])
    announced(run, FIRST, 1)
    streamed(run, FIRST, observation.Counts(1))
    run.store.observe(observation.GapsSeen(FIRST, run.now_s, (observation.Gap(AT, AT),)))
    assert run.status() is Exit.NOT_ALL_SEEN


def test_1_a_stream_that_ended_with_an_error(run: Run) -> None:
    streamed(run, FIRST, None, is_complete=False)
    run.end(SECOND, "completed")
    assert run.status() is Exit.FAILED
    assert run.line() == "The scan of 8c0e6f52 failed or was cancelled: no reason at all"


def test_4_a_stream_that_is_open_and_says_nothing_for_long(run: Run) -> None:
    run.see(FIRST, Connection.STALE, mute_since_s=run.now_s, is_answered=False)
    assert run.status() is None
    run.now_s += UNREACHABLE_S
    assert run.status() is Exit.NOT_VISIBLE
    assert "responds, but reports nothing about scan" in run.line()
    assert json.loads(run.unattended.answer())["scans"][0]["source"] is None


def test_6_files_that_were_not_looked_at(run: Run) -> None:
    run.complete()
    scan = run.store.scan(SECOND)
    assert scan is not None
    leave_not_scanned(scan, 0)
    assert run.unattended.verdict() == (Exit.DONE, "")
    leave_not_scanned(scan, 4)
    assert run.status() is Exit.NOT_ALL_SEEN
    words = "4 files in 1a2b3c4d were not scanned. This does not mean the code is clean."
    assert run.line() == words
    printed = json.loads(run.unattended.answer())["scans"]
    assert [scan.get("unlooked") for scan in printed] == [None, 4]
    assert "unlooked" not in printed[0]  # whose server does not report it


SERVER = server_url("https://heimdall.example")
SCAN = "3f2a9c1e-0000-4000-8000-000000000001"


def test_a_scan_is_watched_once_and_a_link_elsewhere_refused_with_what_helps() -> None:
    links, mistakes = unattended.links_on(SERVER, [SCAN, f"{SCAN} {SCAN}"])
    assert ([link.scan_id for link in links], mistakes) == ([SCAN], ())
    _, [mistake] = unattended.links_on(SERVER, [f"https://other.example/scans/{SCAN}"])
    assert "other.example" in cause(mistake)
    assert "--server" in remedy(mistake)


def test_words_that_name_nothing_are_all_reported_and_stop_nothing() -> None:
    links, mistakes = unattended.links_on(SERVER, ["good morning", SCAN, ""])
    assert [link.scan_id for link in links] == [SCAN]
    reported = errors.together(errors.LinkError, mistakes)
    assert cause(reported) == (
        "No scan ID found in 'good'. No scan ID found in 'morning'. No scan found in this text."
    )
    assert remedy(reported) == "Use a scan ID or a link like https://server/scans/<id>."


@pytest.mark.parametrize("options", [["--quit-when-done"], []])
def test_without_a_window_or_a_scan_a_mistake_ends_it(options: list[str]) -> None:
    words = ["nothing"] if not options else ["nothing", SCAN]
    watched = [part for word in words for part in ("--watch", word)]
    with pytest.raises(errors.LinkError):
        wanted_of(cli.options(["--server", SERVER, *watched, *options]))
    beside = cli.options(["--server", SERVER, "--watch", "nothing", "--watch", SCAN])
    assert [link.scan_id for link in wanted_of(beside).links] == [SCAN]


def test_links_alone_are_left_to_the_window_and_take_no_token_along() -> None:
    links = (f"heimdall://heimdall.example/scan/{SCAN}", f"{SERVER}/scans/{SCAN}")
    wanted = wanted_of(cli.options(links))
    assert (wanted.server, wanted.links_alone) == (None, links)
    with pytest.raises(errors.LinkError):
        wanted_of(cli.options([*links, f"heimdall://heimdall.example/scan/{SCAN}?token=a"]))


def test_without_a_window_web_links_name_the_server() -> None:
    usual = ("--quit-when-done", "--watch")
    web = f"{SERVER}/scans/{SCAN}"
    wanted = wanted_of(cli.options([*usual, web]))
    assert (wanted.server, wanted.token) == (SERVER, None)
    assert [link.scan_id for link in wanted.links] == [SCAN]
    own = f"heimdall://heimdall.example/scan/{SCAN}"
    for unsure in ([own], [web, own], [web, f"https://other.example/scans/{SCAN}"]):
        with pytest.raises(errors.LinkError) as reported:
            wanted_of(cli.options([*usual[:1], *unsure]))
        assert remedy(reported.value) == "Specify it with --server."


@pytest.mark.parametrize("options", [["--quit-when-done"], []])
def test_a_token_is_for_the_server_of_the_command_line_alone(options: list[str]) -> None:
    named = wanted_of(cli.options(["--server", SERVER, "--watch", SCAN, *options], "token"))
    assert (named.server, named.token) == (SERVER, "token")
    assert wanted_of(cli.options(["--demo", *options], None)).token is None


def test_a_link_of_the_program_goes_with_the_server_that_is_given() -> None:
    below, own = server_url("http://heimdall.example/below"), "heimdall://heimdall.example/scan/"
    links, mistakes = unattended.links_on(below, [f"{own}{SCAN}"])
    assert ([link.scan_id for link in links], mistakes) == ([SCAN], ())
    _, [mistake] = unattended.links_on(SERVER, [f"heimdall://other.example/scan/{SCAN}"])
    assert "other.example" in cause(mistake)


def test_the_token_is_not_in_the_representation() -> None:
    assert "secret" not in repr(unattended.StartupTargets(SERVER, "secret", (), (), is_demo=False))


class Comparing(Run):
    """A comparison of two scans of one repository."""

    def __init__(self, timeout_s: float | None = None) -> None:
        super().__init__(timeout_s, kind=unattended.UnattendedComparison)

    def end(
        self,
        scan_id: ScanId,
        status: str = "completed",
        error: str | None = None,
        repo_id: RepoId = REPO_ID,
    ) -> None:
        self.now_s += 1
        read = (repo_id, status, None, error, AT, AT, AT, AT)
        self.store.observe(observation.ScanRead(scan_id, self.now_s, *read))
        super().end(scan_id, status, error)

    def read_both(self, before: list[Finding], after: list[Finding]) -> None:
        for scan_id, rows in ((FIRST, before), (SECOND, after)):
            self.end(scan_id)
            self.read(scan_id, *rows)

    @property
    def printed(self) -> dict[str, Any]:
        printed: dict[str, Any] = json.loads(self.unattended.answer())
        return printed


def old(number: int, **fields: Any) -> Finding:
    return make_finding(number, **{"scan_id": FIRST, "title": f"Finding {number}"} | fields)


def new(number: int, **fields: Any) -> Finding:
    return old(100 + number, **{"scan_id": SECOND, "title": f"Finding {number}"} | fields)


@pytest.fixture
def comparing() -> Comparing:
    return Comparing()


def test_nothing_is_printed_before_both_have_ended(comparing: Comparing) -> None:
    comparing.end(FIRST)
    assert (comparing.status(), comparing.unattended.answer()) == (None, "")


def test_0_nothing_new_is_critical_or_high(comparing: Comparing) -> None:
    comparing.read_both([old(1), old(2)], [new(1), new(3, severity=Severity.MEDIUM, title="Other")])
    assert comparing.unattended.verdict() == (Exit.DONE, "")
    printed = comparing.printed
    assert list(printed) == ["a", "b", "new", "fixed", "changed", "still"]
    assert (printed["a"]["id"], printed["b"]["id"]) == (FIRST, SECOND)
    assert printed["b"]["findings"]["total"] == 2
    assert printed["new"] == [
        {
            "id": finding_id(103),
            "fingerprint": f"{103:064x}",
            "severity_before": None,
            "severity_after": "medium",
            "verdict_before": None,
            "verdict_after": "unverified",
            "moved": False,
            "paired_by": None,
        }
    ]
    assert [row["id"] for row in printed["fixed"]] == [finding_id(2)]
    [same] = printed["still"]
    assert (same["id"], same["paired_by"]) == (finding_id(101), "code")


def test_1_something_new_is_critical_or_high(comparing: Comparing) -> None:
    comparing.read_both([], [new(1), new(2, severity=Severity.CRITICAL)])
    assert comparing.status() is Exit.WORSE
    assert comparing.line() == "2 findings are newly critical or high."
    comparing.end(FIRST, "failed")
    assert comparing.status() is Exit.WORSE, "in place of 6"


def test_1_a_rise_to_high_counts_as_new(comparing: Comparing) -> None:
    comparing.read_both([old(1, severity=Severity.MEDIUM)], [new(1, line_start=3)])
    assert comparing.status() is Exit.WORSE
    [row] = comparing.printed["changed"]
    assert (row["severity_before"], row["severity_after"]) == ("medium", "high")
    assert row["moved"]


def test_0_what_is_withdrawn_alarms_no_script(comparing: Comparing) -> None:
    comparing.read_both([], [new(1, status=FindingStatus.DISMISSED)])
    assert comparing.status() is Exit.DONE
    assert [row["verdict_after"] for row in comparing.printed["new"]] == ["withdrawn"]


def test_6_one_was_not_read_whole_or_a_file_not_looked_at(comparing: Comparing) -> None:
    comparing.read_both([], [])
    scan = comparing.store.scan(FIRST)
    assert scan is not None
    leave_not_scanned(scan, 1)
    assert comparing.status() is Exit.NOT_ALL_SEEN
    leave_not_scanned(scan, 0)
    assert comparing.status() is Exit.DONE
    comparing.now_s += 1
    comparing.read(FIRST, old(1), total=4)
    assert comparing.status() is Exit.NOT_ALL_SEEN
    assert "couldn't be loaded" in comparing.line()
    assert len(comparing.printed["fixed"]) == 1


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_6_one_did_not_complete(comparing: Comparing, status: str) -> None:
    comparing.read_both([old(1)], [])
    comparing.end(SECOND, status)
    assert comparing.status() is Exit.NOT_ALL_SEEN
    assert "didn't complete. The comparison uses its partial results." in comparing.line()


@pytest.mark.parametrize("is_streamed", [False, True])
def test_2_scans_of_different_repositories_or_only_announced(is_streamed: bool) -> None:
    comparing = Comparing()
    comparing.end(FIRST)
    if is_streamed:
        streamed(comparing, SECOND, observation.Counts())
        words = "announces findings but doesn't list them"
    else:
        comparing.end(SECOND, repo_id=RepoId("another"))
        words = "different repositories"
    assert comparing.status() is Exit.ARGUMENTS
    assert words in comparing.line()
    assert comparing.unattended.answer() == ""


@pytest.mark.parametrize(
    ("connection", "status"),
    [(Connection.SIGNED_OUT, Exit.NO_SERVER), (Connection.GONE, Exit.NOT_VISIBLE)],
    ids=["3", "4"],
)
def test_3_and_4_one_of_them_cannot_be_read(
    comparing: Comparing, connection: Connection, status: Exit
) -> None:
    comparing.end(FIRST)
    comparing.see(SECOND, connection)
    assert comparing.status() is status
    assert comparing.unattended.answer() == ""


def test_5_a_failure_before_the_time_is_over_is_no_result() -> None:
    comparing = Comparing(timeout_s=60)
    comparing.end(FIRST, "failed")
    comparing.now_s = 1060.0
    assert comparing.status() is Exit.TIMEOUT
    assert comparing.unattended.answer() == ""


def test_one_scan_named_twice_has_not_changed() -> None:
    comparing = Comparing()
    comparing.read_both([], [])
    comparing.read(FIRST, old(1))
    itself = unattended.UnattendedComparison(
        comparing.store,
        [FIRST],
        comparing.unattended._limits,
        answered_at_s=lambda _server: None,
        clock=lambda: comparing.now_s,
    )
    assert itself.verdict() == (Exit.DONE, "")
    assert [len(json.loads(itself.answer())[kind]) for kind in ("new", "still")] == [0, 1]
