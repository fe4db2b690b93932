"""What presenting leaves of findings and scans; a field that is added is hidden, or fails here."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import asdict, replace

from heimdall_desktop.domain.comparison import ChangeKind, Compared
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.finding import Finding, Proof, ScanId, Source
from heimdall_desktop.domain.facts.known_scan import KnownScan
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.presentation.labels import MASK
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.panel.comparison_text import finding_words
from tests.fakes.alert_policy import SERVER
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line
from tests.widgets.window.test_main_window_texts import texts_in

MARK = "zqx"
#: What names no more than what is meant; the findings are masked one by one where they are shown.
IDS = {"id", "scan_id", "repo_id", "server", "findings"}


def marked(finding: Finding) -> Finding:
    """Put the mark into every text of a finding, also into those that are added one day."""
    texts: dict[str, Any] = {}
    for field, value in asdict(finding).items():
        if field not in IDS | {"title_line", "stage"} and (value is None or isinstance(value, str)):
            texts[field] = MARK
    proof = Proof(MARK, MARK, MARK, 0, MARK, MARK, MARK)
    texts |= {"line_end": 90, "snoozed_until": None, "counts_as": None, "proof": proof}
    texts |= {"references": (MARK,), "manifest": {MARK: MARK}, "source": Source.OTHER}
    return replace(finding, **texts)


@pytest.fixture
def mask() -> Mask:
    mask = Mask()
    mask.turn([SCAN_ID], is_on=True)
    return mask


def test_no_text_of_a_finding_is_left(mask: Mask) -> None:
    finding = marked(make_finding(1))
    assert len([text for text in texts_in(finding) if MARK in text]) > 20
    seen = mask.finding(finding)
    assert [text for text in texts_in(seen) if MARK in text] == []
    assert (seen.id, seen.severity, seen.line_start) == (finding.id, finding.severity, 88)
    assert (seen.verdict, seen.has_fix, seen.lines) == (
        finding.verdict,
        finding.has_fix,
        finding.lines,
    )


def test_what_reports_who_found_it_is_no_name(mask: Mask) -> None:
    finding = make_finding(1, fingerprint=f"taint-{MARK}", file_path="", source=Source.STATIC)
    seen = mask.finding(finding)
    assert (seen.stage, seen.file_path) == (finding.stage, "")


def named_scan() -> Scan:
    """Return a scan with the mark in every text that a server can tell of one."""
    scan = Scan(SCAN_ID, SERVER)
    rows = [observation.StageRow(name, "failed", MARK, FOUND_AT) for name in ("hunt", MARK)]
    log = [
        observation.Activity(f"{n}", "task", "active", status, "hunt", "t", MARK, MARK, None, at)
        for n, status, at in ((1, "running", FOUND_AT), (2, "failed", FOUND_AT + timedelta(1)))
    ]
    at = FOUND_AT
    scan.observe(observation.ScanRead(SCAN_ID, 1, REPO_ID, "running", MARK, MARK, at, at, at, at))
    scan.observe(observation.RepoRead(SCAN_ID, MARK, MARK))
    reported = observation.LiveRead(
        SCAN_ID,
        2,
        "running",
        MARK,
        FOUND_AT,
        observation.Counts(0),
        tuple(rows),
        tuple(log),
        fallback=MARK,
    )
    scan.observe(reported)
    return scan


def read_of(scan: Scan) -> Iterator[tuple[str, str]]:
    """All that can be read of a scan, by its name."""
    for name in (*scan.__struct_fields__, *vars(KnownScan)):
        value = None if name.startswith("_") or name in IDS else getattr(scan, name, None)
        value = value() if name == "log" and callable(value) else value
        reported = list(value) if isinstance(value, Iterator) else value
        yield from ((name, text) for text in texts_in(reported))


def test_nothing_that_can_be_read_of_a_scan_names_anything(mask: Mask) -> None:
    scan = named_scan()
    assert len({name for name, text in read_of(scan) if MARK in text}) > 8
    seen = mask.scan(scan)
    assert [name for name, text in read_of(seen) if MARK in text] == []
    assert (seen.name, seen.attempt, seen.status) == ("Scan 1", scan.attempt, scan.status)
    assert mask.scan(scan) is seen, "so that what is kept of it can be found again"
    scan.observe(observation.RepoRead(SCAN_ID, "shop", None))
    assert (scan.name, mask.scan(scan).name) == ("shop", "Scan 1")


def test_scans_keep_their_numbers(mask: Mask) -> None:
    other = ScanId("b")
    assert [mask.name(each, MARK) for each in (SCAN_ID, other)] == ["Scan 1", "Scan 2"]
    mask.turn([], is_on=False)
    assert mask.name(other, MARK) == MARK
    mask.turn([other], is_on=True)
    assert mask.name(other, MARK) == "Scan 2"


def test_a_file_that_was_moved_is_not_named(mask: Mask) -> None:
    before = make_finding(1, file_path=f"{MARK}/orders.py")
    row = Compared(ChangeKind.STILL, before, make_finding(1), is_moved=True)
    assert MARK in finding_words(row, "on 11 May")[0]
    assert MARK not in "".join(finding_words(mask.compared(row), "on 11 May"))
    assert mask.compared(replace(row, before=None)).before is None


def test_a_group_keeps_its_counts(mask: Mask) -> None:
    rows = [replace(make_finding(number), title=MARK) for number in range(3)]
    group = Group(GroupBy.FILE, ("a", "orders.py"), rows)
    seen = mask.group(group)
    assert (seen.key, seen.severities, len(seen.rows)) == (group.key, group.severities, 3)
    assert seen.rows[0].file_name == MASK


def test_a_line_of_the_inbox_reports_the_kind_of_news(mask: Mask) -> None:
    line = replace(make_line(1), title=MARK, body=MARK, scan_name=MARK, merged_into=MARK)
    seen = mask.line(line)
    assert [text for text in texts_in(seen) if MARK in text] == []
    assert (seen.title, seen.key, seen.finding_id) == (
        "New critical finding",
        line.key,
        line.finding_id,
    )


def test_nothing_is_hidden_while_it_is_off() -> None:
    mask, finding, scan, line = Mask(), make_finding(1), named_scan(), make_line(1)
    assert mask.finding(finding) is finding
    assert mask.scan(scan) is scan
    assert mask.line(line) is line
    assert (mask.text(MARK), mask.obstacle) == (MARK, "")
