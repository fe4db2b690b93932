"""The program against servers that do only what the documentation says (protocol.md 13)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.end_to_end.conftest import Bench, Start
from tests.fakes import documented_server
from tests.fakes.documented_server import DocumentedServer, Kind, Lack, Serve
from tests.fakes.documented_story import FORTY_TWO
from tests.fakes.notification_monitor import NotificationMonitor
from tests.fakes.program import Ended, Program
from tests.fakes.raw_server import reported

UNKNOWN = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
#: How a server answers the routes it lacks; all ways are tried in the tests of traps.
LACKS = (Lack.JSON, Lack.HTML, Lack.PAGE_200)
TOKENS = ("hmd_live_3Kq9", "0123abcd" * 8 + "01234", "a.b-c~d+e/f=")

Watch = Callable[..., Program]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that end with the test."""
    with documented_server.documented_servers() as serve:
        yield serve


@pytest.fixture
def watch(start: Start) -> Watch:
    """Start a program that sees the scan of a server to its end."""

    def watch(server: DocumentedServer, *arguments: str, **options: Any) -> Program:
        watched = ("--server", server.url, "--watch", server.story.scan_id, "--quit-when-done")
        return start(*watched, *arguments, token=server.token, **options)

    return watch


def announced(server: DocumentedServer, status: str = "completed") -> dict[str, Any]:
    """What a program is to print of a scan that it knows from the stream, but for the counts."""
    story = server.story
    severities = {found: story.rows[found]["severity"] for found in story.announced}
    return reported(story.scan_id, status, severities) | {"source": "stream"}


def played(watch: Watch, server: DocumentedServer, name: str, *arguments: str) -> Ended:
    """Let a program hear a story as it happens, and return how it ended."""
    program = watch(server, *arguments)
    server.story.until_listened()
    server.play(name)
    return program.ended()


# -- a stream, and nothing else --


@pytest.mark.parametrize("lack", LACKS)
def test_the_published_example_is_seen_to_its_end(serve: Serve, watch: Watch, lack: Lack) -> None:
    server = serve(lack=lack)

    ended = played(watch, server, "published")

    assert (ended.status, ended.err) == (0, "")
    assert ended.scans == [announced(server) | {"announced": 1, "seen": 1}]
    assert ended.scans[0]["findings"]["critical"] == 1


def test_a_scan_that_is_over_is_read_from_its_replay(serve: Serve, watch: Watch) -> None:
    server = serve(token=TOKENS[0], prefix="/heimdall", keepalive_s=None)
    server.play("forty-two")

    ended = watch(server).ended()

    assert (ended.status, ended.err) == (0, "")
    assert ended.scans == [announced(server) | {"announced": 42, "seen": 42}]
    assert ended.scans[0]["findings"] == {"total": 42, **FORTY_TWO, "other": 0}


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_of_any_form_will_do(serve: Serve, watch: Watch, token: str) -> None:
    server = serve(token=token)
    server.play("published")
    assert watch(server).ended().status == 0


def test_a_refused_token_ends_the_run(serve: Serve, start: Start) -> None:
    server = serve()
    watched = ("--server", server.url, "--watch", server.story.scan_id, "--quit-when-done")

    ended = start(*watched, token="another").ended(20)  # noqa: S106 - an unknown one

    assert ended.status == 3
    assert "HEIMDALL_TOKEN" in ended.line
    assert ended.scans[0]["source"] is None


def test_what_was_counted_but_not_announced_is_missing(serve: Serve, watch: Watch) -> None:
    server = serve()

    ended = played(watch, server, "thirty-seven-of-forty-two")

    assert ended.status == 6
    assert ended.scans == [announced(server) | {"announced": 42, "seen": 37}]
    assert ended.scans[0]["findings"]["total"] == 37
    assert "37" in ended.line
    assert "42" in ended.line


def test_an_end_without_findings_is_done_but_is_no_all_clear(serve: Serve, watch: Watch) -> None:
    server = serve()
    ended = played(watch, server, "nothing-found")
    assert ended.status == 0
    assert ended.scans == [announced(server) | {"announced": 0, "seen": 0}]


def test_a_replay_after_a_broken_connection_adds_nothing_twice(serve: Serve, watch: Watch) -> None:
    server = serve()
    ended = played(watch, server, "replayed")
    assert (ended.status, ended.err) == (0, "")
    assert ended.scans == [announced(server) | {"announced": 42, "seen": 42}]


def test_what_was_announced_while_disconnected_is_missing(serve: Serve, watch: Watch) -> None:
    server = serve()

    ended = played(watch, server, "gap")

    severities = {found: row["severity"] for found, row in server.story.rows.items()}
    for unheard in server.story.announced[20:25]:
        del severities[unheard]
    seen = reported(server.story.scan_id, "completed", severities) | {"source": "stream"}
    assert ended.status == 6
    assert ended.scans == [seen | {"announced": 42, "seen": 37}]


def test_an_end_without_counts_does_not_prove_that_all_was_seen(serve: Serve, watch: Watch) -> None:
    server = serve()
    ended = played(watch, server, "uncounted")
    assert ended.status == 6
    assert ended.scans == [announced(server) | {"announced": None, "seen": 1}]


def test_a_stream_that_says_nothing_ends_the_run(serve: Serve, watch: Watch) -> None:
    server = serve()

    ended = watch(server, "--unreachable", "3").ended()

    assert ended.status == 4
    assert "responds, but reports nothing about scan" in ended.line
    assert ended.scans[0]["source"] is None
    assert (ended.scans[0]["status"], ended.scans[0]["findings"]) == ("unknown", None)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_scan_without_a_stream_does_not_exist(serve: Serve, start: Start, kind: Kind) -> None:
    server = serve(kind)

    watched = ("--server", server.url, "--watch", UNKNOWN, "--quit-when-done")
    ended = start(*watched, token=server.token).ended(20)

    assert ended.status == 4
    assert "doesn't exist" in ended.line
    assert ended.scans[0]["source"] is None
    assert f"GET /api/scans/{UNKNOWN}/progress/stream" in server.asked


@pytest.mark.parametrize("kind", list(Kind))
def test_a_critical_finding_that_is_announced_is_told_once(
    serve: Serve,
    start: Start,
    real_window: dict[str, str],
    look_away: Callable[[Program], None],
    kind: Kind,
) -> None:
    server = serve(kind)
    story, is_proven = server.story, kind is Kind.DOCUMENTED  # only its rows say so
    with NotificationMonitor(real_window["DBUS_SESSION_BUS_ADDRESS"]) as monitor:
        watched = ("--server", server.url, "--watch", story.scan_id)
        program = start(*watched, token=server.token, desktop=real_window)
        story.until_listened()
        look_away(program)
        story.stage("hunt", "running")
        story.announce("critical", "SQL injection in the order search")

        first = "Confirmed critical" if is_proven else "Critical, announced"
        assert monitor.next().title == f"{first}: SQL injection in the order search"
        times = story.opened
        story.drop()
        story.until_listened(times + 1)
        story.announce("critical", "Path traversal in the export")
        reported = monitor.next()
        both = "2 confirmed critical findings" if is_proven else "2 new critical findings"
        assert reported.title.startswith(both), "a replay is no news"
        assert "Path traversal" in reported.body

    program.terminate()
    assert program.ended().status == 0


# -- the documented API --


@pytest.mark.parametrize("lack", LACKS)
def test_the_documented_api_is_read_like_any_other(serve: Serve, watch: Watch, lack: Lack) -> None:
    server = serve(Kind.DOCUMENTED, lack=lack)

    ended = played(watch, server, "forty-two")

    assert (ended.status, ended.err) == (0, "")
    assert ended.scans == [listed(server)]
    assert ended.scans[0]["findings"] == {"total": 42, **FORTY_TWO, "other": 0}


@pytest.mark.parametrize(
    "options",
    [
        {"listing": documented_server.Listing.WITHOUT_TOTAL},
        {"listing": documented_server.Listing.BARE},
        {"is_bare": True},
        {"lacks": ("me", "events", "finding"), "prefix": "/heimdall", "token": TOKENS[0]},
    ],
    ids=str,
)
def test_what_is_listed_counts_whatever_the_form_and_whatever_was_announced(
    serve: Serve, watch: Watch, options: dict[str, Any]
) -> None:
    server = serve(Kind.DOCUMENTED, **options)

    ended = played(watch, server, "thirty-seven-of-forty-two")

    assert (ended.status, ended.err) == (0, "")
    assert ended.scans == [listed(server)]


def test_without_a_listing_the_rows_are_what_was_announced(serve: Serve, watch: Watch) -> None:
    server = serve(Kind.DOCUMENTED, lacks=("findings", "finding"))

    ended = played(watch, server, "thirty-seven-of-forty-two")

    assert ended.status == 6
    assert ended.scans[0]["findings"]["total"] == 37


def listed(server: DocumentedServer) -> dict[str, Any]:
    """What a program is to print of a scan whose rows it has read."""
    severities = {found: row["severity"] for found, row in server.story.rows.items()}
    return reported(server.story.scan_id, "completed", severities) | {"source": "listing"}


# -- the server that has all --


def test_a_server_with_a_snapshot_is_read_by_it(bench: Bench) -> None:
    scan = bench.scan().add_findings(3, "critical").complete()
    bench.server.age(scan)

    ended = bench.see(scan)

    assert (ended.status, ended.err) == (0, "")
    assert ended.scans == [bench.reported(scan)[0] | {"source": "live"}]
