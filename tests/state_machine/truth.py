"""What the server's database says of a scan, and in what the app's picture of it differs."""

from collections.abc import Collection, Iterator

from msgspec.structs import fields, replace

from heimdall_desktop.domain.facts.finding import DERIVED_FIELDS, Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Connection, FindingsListed
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.messages import model, success
from heimdall_desktop.local.rows import FindingRow, ScanRow
from heimdall_desktop.local.scan_routes import live_answer
from heimdall_desktop.services import finding_rows, wire
from tests.fakes.desk_parts import at_once
from tests.fakes.watch_desk import connection
from tests.lab.generations import Generation, finding_of, live_of

_ENDS = {"completed": Outcome.COMPLETED, "failed": Outcome.FAILED, "cancelled": Outcome.CANCELLED}
HEARD = (Connection.LIVE, Connection.QUIET)
_SHOWN = 3  # rows of each kind that a complaint names


def differences(scan: Scan, database: Database, generation: Generation) -> list[str]:
    """Return in what a watched scan is not as the server has it; nothing once all is reported."""
    row = database.scan(ScanId(scan.id))  # type: ignore[arg-type]  # the server's own type of id
    if row is None:
        return [*_of("connection", connection(scan), Connection.GONE), *_ids(scan.findings, {})]
    rows = database.findings_of(row.id)
    reported = _read(scan, row, rows, database, generation)
    found = [*_ids(scan.findings, {FindingId(str(each.id)): each for each in rows})]
    found += _words(scan.findings, rows)
    for finding_id, finding in reported.findings.items():
        found += _fields(scan.findings.get(finding_id), finding)
    for name in ("status", "error", "started_at", "completed_at", "commit_sha"):
        found += _of(name, getattr(scan, name), getattr(reported, name))
    found += _of("severities", +scan.severities, +reported.severities)
    found += _of("stages", _stages(scan), _stages(reported))
    found += _of("rows by the sync status", scan.sync_status.total, len(rows))
    found += _of("whole by the sync status", scan.sync_status.is_whole, True)
    found += _of("resynchronising", scan.is_resynchronising, False)
    found += _ended(scan, row) if row.status in _ENDS else _running(scan, reported)
    return found


def lies(scan: Scan, status: str, ids: Collection[str]) -> Iterator[str]:
    """Yield what the app says of a scan that is false whatever it has not heard yet.

    Args:
        scan: as the app has it.
        status: as the server has it; "gone" if it has none.
        ids: of all rows the scan ever had.
    """
    if status == "gone":
        return
    if scan.is_settled and status not in _ENDS:
        yield f"settled, but {status}"
    if connection(scan) is Connection.GONE:
        yield f"gone, but {status}"
    if scan.is_checked_to_the_end and status == "completed" and len(scan.findings) < len(ids):
        yield f"all checked, but {len(ids) - len(scan.findings)} rows are not known"
    if invented := scan.findings.keys() - set(ids):
        yield f"{len(invented)} rows invented"


def row_differences(
    scan: Scan, database: Database, generation: Generation, *, is_whole: bool
) -> list[str]:
    """Return what is wrong with the rows: ids, severities, statuses; with `is_whole` all fields."""
    row = database.scan(ScanId(scan.id))  # type: ignore[arg-type]  # the server's own type of id
    if row is None:
        return []
    rows = database.findings_of(row.id)
    found = [*_ids(scan.findings, {FindingId(str(each.id)): each for each in rows})]
    if not is_whole:
        return [*found, *_triage(scan.findings, rows)]
    reported = _read(scan, row, rows, database, generation)
    for finding_id, finding in reported.findings.items():
        found += _fields(scan.findings.get(finding_id), finding)
    return found


def _read(
    scan: Scan, row: ScanRow, rows: list[FindingRow], database: Database, generation: Generation
) -> Scan:
    """The scan as one reading of everything shows it."""
    with database.transaction():
        data = at_once(live_answer(database, row).__await__())
    live = live_of(generation, data, database, row.id)
    reported = Scan(scan.id, scan.server)
    reported.observe(wire.scan_read(_body(model(row)), 1.0))
    reported.observe(wire.live_read(_body(live), scan.id, 2.0))
    items = [finding_of(generation, each) for each in map(model, rows)]
    page = {"items": items, "total": len(rows), "page": 1, "per_page": max(len(rows), 1)}
    listed = at_once(finding_rows.findings_page(_body(page), scan.id))
    reported.observe(FindingsListed(scan.id, 3.0, listed.findings))
    return reported


def _body(data: object) -> bytes:
    return bytes(success(data).body)


def _ended(scan: Scan, row: ScanRow) -> Iterator[str]:
    yield from _of("settled", scan.is_settled, True)
    yield from _of("outcome", scan.outcome, _ENDS[row.status])
    yield from _of("connection", connection(scan), Connection.ENDED)
    yield from _of("checked", scan.is_checked_to_the_end, row.status == "completed")


def _running(scan: Scan, reported: Scan) -> Iterator[str]:
    yield from _of("settled", scan.is_settled, False)
    yield from _of("outcome", scan.outcome, Outcome.NONE_YET)
    yield from _of("counts", scan.reported_counts, reported.reported_counts)
    yield from _of("fallback", scan.fallback, reported.fallback)
    if connection(scan) not in HEARD:
        yield f"connection: {scan.connection}"


def _ids(have: dict[FindingId, Finding], want: dict[FindingId, FindingRow]) -> Iterator[str]:
    for word, ids in (("missing", want.keys() - have.keys()), ("left", have.keys() - want.keys())):
        if ids:
            yield f"{len(ids)} rows {word}: {sorted(ids)[:_SHOWN]}"


def _words(have: dict[FindingId, Finding], rows: list[FindingRow]) -> Iterator[str]:
    """Compare some columns with the database's own words, past our way of reading them."""
    for row in rows:
        finding = have.get(FindingId(str(row.id)))
        if finding is None:
            continue
        for name in ("title", "severity", "status", "agent_reasoning", "suggested_patch"):
            ours = getattr(finding, f"{name}_text", None) or getattr(finding, name)
            if ours != getattr(row, name) and name not in ("severity", "status"):
                yield f"{name} of {row.id}: {ours!r}, not {getattr(row, name)!r}"
    yield from _triage(have, rows)


def _triage(have: dict[FindingId, Finding], rows: list[FindingRow]) -> Iterator[str]:
    for row in rows:
        finding = have.get(FindingId(str(row.id)))
        if finding is not None:
            texts = (finding.severity_text, finding.status_text)
            yield from _of(f"words of {row.id}", texts, (row.severity, row.status))


_BY_WATCHING = ("has_risen", "is_reviewed", "is_finder_silent")  # no answer alone shows these


def _fields(have: Finding | None, want: Finding) -> Iterator[str]:
    if have is None:
        return
    if replace(have, has_risen=False, is_reviewed=False, is_finder_silent=False) == want:
        return
    for field in fields(Finding):
        if field.name not in (*_BY_WATCHING, *DERIVED_FIELDS):
            name = f"{field.name} of {want.id}"
            yield from _of(name, getattr(have, field.name), getattr(want, field.name))


def _of(name: str, have: object, want: object) -> Iterator[str]:
    if have != want:
        yield f"{name}: {have!r}, not {want!r}"


def _stages(scan: Scan) -> list[tuple[str, object, str | None]]:
    return [(stage.name, stage.state, stage.error) for stage in scan.stages]
