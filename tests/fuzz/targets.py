"""What is fuzzed: bytes in; a value or one of the errors that are promised, and nothing else."""

import asyncio
import contextlib
import json
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from PySide6.QtGui import QFont, QTextDocument

from heimdall_desktop.domain.facts.choices import Settings
from heimdall_desktop.domain.facts.errors import HistoryError, LinkError, WireError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.listed_rows import FindingHinted, announced_row
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.detail.finding_markdown import inert_markdown
from heimdall_desktop.presentation.detail.ready_patch import ready_patch
from heimdall_desktop.services import finding_rows, wire
from heimdall_desktop.services.history import History
from heimdall_desktop.services.history_tables import Batch
from heimdall_desktop.services.settings import SettingsFile
from heimdall_desktop.services.transport.event_stream import Frame, FrameCutter, StreamPart
from heimdall_desktop.widgets.controls.markdown_text import FEATURES, prepared
from tests.fakes.desk_parts import at_once
from tests.fakes.findings import make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import past_scan
from tests.fakes.scan_links import scan_links

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
ARRIVED_AT = datetime(2026, 7, 4, 9, 0, tzinfo=UTC)
AT = "2026-07-04T08:00:09.551020Z"
_EVENT_NAMES = ("stage_update", "status_change", "finding_added", "scan_complete", "odd")


def event_stream(data: bytes) -> None:
    """Cut bytes in chunks of a size that the first byte gives: the parts of the whole."""
    size, stream = max(data[0] if data else 1, 1), data[1:]
    chunks = [stream[start : start + size] for start in range(0, len(stream), size)]
    parts = _parts(chunks)
    assert parts == _parts([stream])
    for part in parts:
        if isinstance(part, Frame):
            with contextlib.suppress(WireError):
                wire.stream_event(part.event, part.data, SCAN, 1.0, ARRIVED_AT)


def answers(data: bytes) -> None:
    """Read an answer of the kind that the first byte gives, and fold it."""
    kinds = len(_READERS)
    kind, body = (data[0] if data else 0) % kinds, data[1:]
    with contextlib.suppress(WireError):
        _READERS[kind](body)


def links(data: bytes) -> None:
    """Find the scans in a text."""
    with contextlib.suppress(LinkError):
        for link in scan_links(data.decode("utf-8", "surrogateescape")):
            found = link.scan_id or link.finding_id
            assert found is not None
            assert len(found) == len(SCAN)
            assert found == found.lower()


def patch(data: bytes) -> None:
    """Make a patch ready; what is ready is the same when it is made ready again."""
    ready = ready_patch(data.decode("utf-8", "replace"), "shop/orders.py")
    if ready is not None:
        again = ready_patch(ready.text)
        assert again is not None
        assert again.text == ready.text


def markdown(data: bytes) -> None:
    """Let Qt read Markdown as the window has it read, within a bounded number of blocks."""
    document, font = QTextDocument(), QFont()
    font.setPixelSize(13)
    document.setDefaultFont(font)
    text = prepared(inert_markdown(data.decode("utf-8", "replace")))
    document.setMarkdown(text, FEATURES)
    assert document.blockCount() <= 2 * len(text) + 1


def settings(data: bytes) -> None:
    """Read a file of settings; what was read is what is read once it was written."""
    with tempfile.TemporaryDirectory(prefix="heimdall-fuzz-") as folder:
        file = Path(folder, "settings.toml")
        file.write_bytes(data)
        kept = SettingsFile(file, Settings)
        read, problem = kept.load()
        if problem is None:
            kept.save(read)
            assert SettingsFile(file, Settings).load() == (read, None)


def history(data: bytes) -> None:
    """Open a file of the history, and read everything in it."""
    with tempfile.TemporaryDirectory(prefix="heimdall-fuzz-") as folder:
        file = Path(folder, "history")
        file.write_bytes(data)
        asyncio.run(_read_history(file))


async def _read_history(file: Path) -> None:
    kept = History(file, clock=lambda: 9.0, now=lambda: ARRIVED_AT)
    try:
        past = await kept.load()
        for scan in past.scans:
            await kept.rows(scan.scan_id, "", 100)
            await kept.activities(scan.scan_id)
    except HistoryError:
        await kept.load()  # what was damaged was set aside
    finally:
        await kept.aclose()


TARGETS: Mapping[str, Callable[[bytes], None]] = MappingProxyType(
    {
        "event_stream": event_stream,
        "answers": answers,
        "links": links,
        "patch": patch,
        "markdown": markdown,
        "settings": settings,
        "history": history,
    }
)


def _parts(chunks: list[bytes]) -> list[StreamPart]:
    cutter = FrameCutter()
    return [part for chunk in chunks for part in cutter.push(chunk)]


def _new_scan() -> Scan:
    return Scan(SCAN, server_url("http://h.test"))


def _scan(body: bytes) -> None:
    _new_scan().observe(wire.scan_read(body, 1.0))


def _live(body: bytes) -> None:
    scan = _new_scan()
    scan.observe(wire.live_read(body, SCAN, 1.0))
    assert len(scan.activity_rows) == len(scan.activities)


def _page(body: bytes) -> None:
    page = at_once(finding_rows.findings_page(body, SCAN))
    scan = _new_scan()
    scan.observe(FindingsListed(SCAN, 1.0, page.findings))
    for finding in scan.findings.values():
        assert "\n" not in finding.title_line
        assert finding.lines[0] <= finding.lines[1]
        assert finding.cwe is not None


def _finding(body: bytes) -> None:
    assert finding_rows.finding(body).scan_id


def _history(body: bytes) -> None:
    at_once(finding_rows.finding_events(body, FindingId("f")))


def _event(body: bytes) -> None:
    name = _EVENT_NAMES[(body[0] if body else 0) % len(_EVENT_NAMES)]
    seen = wire.stream_event(name, body[1:].decode("utf-8", "replace"), SCAN, 1.0, ARRIVED_AT)
    if isinstance(seen, FindingHinted):
        row = announced_row(seen, ARRIVED_AT, "")
        _new_scan().observe(FindingsListed(SCAN, seen.heard_at_s, (row,)))
    elif seen is not None:
        _new_scan().observe(seen)


def _session(body: bytes) -> None:
    assert wire.session(body).token


_READERS = (_scan, _live, _page, _finding, _history, _event, _session)

_ROW = {"id": "1", "scan_id": SCAN, "title": "SQL", "severity": "high", "created_at": AT,
        "updated_at": AT, "line_start": 4, "line_end": 2, "cwe_id": "CWE-89", "confidence": "high",
        "poc_exploit_json": {"exit_code": 1, "verdict": "x"}, "references_json": ["https://x"],
        "manifest_coordinates_json": {"aliases": ["a"]}}  # fmt: skip
_LIVE = {"scan": {"status": "hunting", "updated_at": AT}, "counts": {"total": 3, "high": 1},
         "stages": [{"stage": "hunt", "status": "running", "timestamp": AT}],
         "activity": [{"key": "k", "timestamp": AT, "progress_pct": 5}],
         "fallback": {"used": True, "detail": "other"}}  # fmt: skip
_SCAN = {"id": SCAN, "repo_id": "r", "status": "hunting", "created_at": AT, "updated_at": AT}
_SESSION = {"token": "0" * 64, "user": {"email": "a@example.test"}}
_DATA = (_SCAN, _LIVE, {"items": [_ROW], "total": 1}, _ROW, [{"id": "e", "created_at": AT}])
_STAGE = {"stage": "hunt", "status": "failed", "timestamp": AT, "error": None}


def _answer(kind: int, reported: object) -> bytes:
    return bytes([kind]) + json.dumps({"success": True, "data": reported}).encode()


def _history_seed() -> bytes:
    """A small sound history, as bytes."""
    with tempfile.TemporaryDirectory(prefix="heimdall-fuzz-") as folder:
        file = Path(folder, "history")
        asyncio.run(_write_history(file))
        return file.read_bytes()


async def _write_history(file: Path) -> None:
    kept = History(file, clock=lambda: 9.0, now=lambda: ARRIVED_AT)
    scan = past_scan([make_finding(number) for number in range(3)], 1.0)
    await kept.save(Batch(scans=(scan,), lines=(make_line(1),)))
    await kept.aclose()


#: Sound inputs to begin with.
SEEDS: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {
        "event_stream": (
            b"\x05event: stage_update\ndata: " + json.dumps(_STAGE).encode() + b"\n\n: lagged\n\n",
            b"\x01\xef\xbb\xbfdata: a\r\ndata: b\r\n\r\n: keepalive\r\r",
        ),
        "answers": (
            *(_answer(kind, reported) for kind, reported in enumerate(_DATA)),
            b"\x05\x00" + json.dumps(_STAGE).encode(),
            _answer(6, _SESSION),
        ),
        "links": (
            f"https://h.test/scans/{SCAN}?x#y, {{{SCAN.upper()}}}".encode(),
            f"<http://[::1]:80/a/findings/{SCAN}/>;urn:uuid:{SCAN}".encode(),
        ),
        "patch": (
            b"--- a/shop/orders.py\n+++ b/shop/orders.py\n@@ -88,2 +88,2 @@ def f():\n a\n-b\n+c\n",
            b"diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n"
            b"\\ No newline at end of file\n",
        ),
        "markdown": (
            b"# H\n\n- a\n  - b\n\n| a | b |\n|---|---|\n| `c` | **d** |\n\n> e\n\n```\nf\n```\n",
            b"![x](http://x/y.png) [a](javascript:1) <img src=x> https://x.test ~~g~~ 1. h\n***\n",
        ),
        "settings": (
            b'theme = "dark"\nserver = "http://h.test"\nextra = [1, {a = 2}]\n'
            b'[[watched]]\nserver = "http://h.test"\nscan_id = "' + SCAN.encode() + b'"\n',
        ),
        "history": (_history_seed(),),
    }
)
