"""A scan that ended days ago, with what people decided about its findings."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from heimdall_desktop.local import rows, steps
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.pipeline import COMPLETION_WINDOW_S, Journal
from heimdall_desktop.local.rows import RepoId, ScanId, UserId

BEGAN_AGO = timedelta(days=4)


class _PastClock:
    """Advances by a moment with each look at it, so that rows keep their order."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        self.moment += timedelta(microseconds=250)
        return self.moment


def write_past_scan(
    path: Path,
    repo_id: RepoId,
    recording: steps.Recording,
    people: tuple[UserId, UserId],
    decided: Iterable[steps.Decided] = (),
    began_ago: timedelta = BEGAN_AGO,
) -> ScanId:
    """Write a scan with the moments of one that began so long ago, and return its id.

    Everything is written at once: other connections see all of it, or nothing yet.

    Args:
        path: of the database.
        repo_id: the repository of which it is a scan.
        recording: the scan; its last attempt goes well.
        people: the owner, who started it and decided, and another person who decided.
        decided: what they did afterwards.
        began_ago: when the scan began.
    """
    clock = _PastClock(rows.now() - began_ago)
    database = Database(path, clock)
    try:
        with database.transaction():
            scan = database.add_scan(repo_id, triggered_by=people[0])
            _replay(recording, database, scan, clock)
            _decide(decided, database, scan, people, clock)
    finally:
        database.close()
    return scan.id


def _replay(
    recording: steps.Recording, database: Database, scan: rows.ScanRow, clock: _PastClock
) -> None:
    journal = Journal(database, Broadcaster(), scan)  # without listeners
    journal.start_attempt(1)
    for stage in rows.STAGES:
        journal.start_stage(stage)
        for step in recording.attempts[-1].get(stage, ()):
            match step:
                case steps.Pause():
                    clock.moment += timedelta(seconds=step.duration_s)
                case steps.Skipped() | steps.Failure() | steps.CancelAsked():
                    raise ValueError(f"{recording.name} does not go well")
                case _:
                    journal.apply(step)
        journal.finish_stage()
    journal.complete()
    clock.moment += timedelta(seconds=COMPLETION_WINDOW_S)
    journal.send_complete()


def _decide(
    decided: Iterable[steps.Decided],
    database: Database,
    scan: rows.ScanRow,
    people: tuple[UserId, UserId],
    clock: _PastClock,
) -> None:
    """Write columns and events as the routes do. Source: protocol.md 4.6."""
    ids = {row.fingerprint: row.id for row in database.findings_of(scan.id)}
    ended_at = clock.moment
    for each in decided:
        clock.moment = ended_at + timedelta(seconds=each.after_s)
        finding_id, user_id = ids[each.fingerprint], people[0 if each.is_own else 1]
        if each.kind == "comment":
            database.add_finding_event(finding_id, user_id, "comment", comment=each.text)
            continue
        before = getattr(database.finding(finding_id), each.kind)
        database.update_finding(finding_id, **{each.kind: each.text})
        database.add_finding_event(
            finding_id, user_id, f"{each.kind}_change", old_value=before, new_value=each.text
        )
