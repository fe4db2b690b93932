"""A history in a real file: through sessions, damage, locks, full disks, other programs, kills."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from heimdall_desktop.domain.alerts.alert import NotifiedRecord
from heimdall_desktop.domain.facts.errors import HistoryError, NoSpaceForHistory
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.services import history_file
from heimdall_desktop.services.history import History
from heimdall_desktop.services.history_file import DamagedHistory
from heimdall_desktop.services.history_tables import THREAT_MODEL_BYTES, Batch
from tests.fakes.desk_parts import raises_saying
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import HistoryDesk, activity, past_scan
from tests.fakes.threat_models import large_model, small_model
from tests.fakes.waiting import WAIT_LIMIT_S

YEAR_S = 366 * 86400.0
TOLD = NotifiedRecord(SCAN_ID, make_finding(1).id, "print")
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def desk(tmp_path: Path) -> HistoryDesk:
    return HistoryDesk(tmp_path)


@pytest.fixture
def start(desk: HistoryDesk) -> Iterator[Start]:
    """Start programs that write the history of the desk."""
    started: list[subprocess.Popen[str]] = []

    def start(name: str, rounds: int, rows: int = 50) -> "subprocess.Popen[str]":
        command = (sys.executable, "-m", "tests.fakes.history_writer", desk.path, name)
        program = subprocess.Popen(
            [*map(str, command), str(rounds), str(rows)], stdout=subprocess.PIPE, text=True
        )
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()
        program.communicate()


@pytest.fixture
async def history(desk: HistoryDesk) -> AsyncIterator[History]:
    history = desk.history()
    yield history
    await history.aclose()


async def save(desk: HistoryDesk, batch: Batch) -> None:
    history = desk.history()
    await history.save(batch)
    await history.aclose()


async def fill(desk: HistoryDesk, rows: int = 3) -> None:
    scan = past_scan([make_finding(n, title=f"row {n}") for n in range(rows)], desk.clock_s - 10)
    await save(desk, Batch(scans=(scan,), notified=(TOLD,), lines=(make_line(1),)))


async def renumber(desk: HistoryDesk, version: int) -> None:
    """Leave a history that says another version has written it."""
    await fill(desk)
    with closing(sqlite3.connect(desk.path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")


async def refusal(desk: HistoryDesk) -> HistoryError:
    """Return the error that a new session gets."""
    with pytest.raises(HistoryError) as caught:
        await desk.loaded()
    return caught.value


def contents(desk: HistoryDesk) -> dict[str, bytes]:
    """Every file in the folder of the history, and its content."""
    return {file.name: file.read_bytes() for file in desk.path.parent.iterdir()}


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


# -- sessions --


async def test_a_later_session_finds_what_an_earlier_one_left(desk: HistoryDesk) -> None:
    await fill(desk)
    desk.pass_time(3600)
    past = await desk.loaded()
    [scan] = past.scans
    assert scan.asked_at_s == pytest.approx(desk.clock_s - 3610)
    assert past.notified == ()
    assert await desk.notified() == [TOLD]
    assert past.lines == (make_line(1),)
    assert sorted(await desk.rows()) == ["row 0", "row 1", "row 2"]


@pytest.mark.parametrize(
    ("until", "rank", "is_sound"),
    [
        ("2026-07-04T12:00:00Z", "1", True),
        ("1970-01-01T00:00:00Z", "5", True),  # expired long ago: it is marked as back
        ("", "1", False),
        ("10000-01-01T00:00:00Z", "1", False),  # beyond the calendar
        ("9999-12-31T23:59:59Z", "1", False),
        ("2027-07-05T12:00:01Z", "1", False),  # after more than a year, which is never offered
        ("2026-07-04T12:00:00Z", "-1", False),
        ("2026-07-04T12:00:00Z", "3", False),  # with an unknown confirmation
        ("2026-07-04T12:00:00Z", "9223372036854775807", False),
    ],
)
async def test_a_snooze_that_makes_no_sense_hides_nothing(
    desk: HistoryDesk, until: str, rank: str, is_sound: bool, caplog: pytest.LogCaptureFixture
) -> None:
    await fill(desk)
    confirmation = 7 if rank == "3" else 2
    kept = f'{{"until":"{until}","rank":{rank},"confirmation":{confirmation}}}'
    with closing(sqlite3.connect(desk.path)) as connection, connection:
        values = (1, "snooze", "a; \u202e secret", 0.0, kept.encode())
        connection.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", values)
    past = await desk.loaded()
    assert len(past.scans) == 1
    assert len(past.snoozes) == is_sound
    reported = [record.getMessage() for record in caplog.records]
    assert reported == ([] if is_sound else ["1 invalid snoozes ignored"])
    assert desk.damaged() == []


@pytest.mark.parametrize(
    ("kept", "is_read"),
    [
        ('"status":"open","severity":"high","verdict":"unverified"', True),
        ('"status":"open","severity":"high","verdict":"nonsense"', False),
        ('"status":null,"severity":"high","verdict":"unverified"', False),
        ('"severity":"high"', False),
    ],
)
async def test_what_was_seen_is_read_if_it_makes_sense_and_never_lies_ahead(
    desk: HistoryDesk, kept: str, is_read: bool
) -> None:
    await fill(desk)
    place = '"file_path":"a.py","line_start":3,"line_end":null'
    blob = f'{{"at":"2099-01-01T00:00:00Z",{kept},{place}}}'
    with closing(sqlite3.connect(desk.path)) as connection, connection:
        connection.execute(
            "INSERT INTO facts VALUES (?, ?, ?, ?, ?)", (1, "seen", "a", 0.0, blob.encode())
        )
    history = desk.history()
    seen = await history.seen(SCAN_ID)
    await history.aclose()
    assert [each.at for each in seen.values()] == ([desk.now] if is_read else [])
    assert desk.damaged() == []


async def test_a_first_session_finds_nothing(desk: HistoryDesk) -> None:
    past = await desk.loaded()
    assert (past.scans, past.notified, past.lines) == ((), (), ())


async def test_a_file_that_is_only_read_is_left_as_it_is(desk: HistoryDesk) -> None:
    """Also while another session has it open, with rows that stand in its log only."""
    await fill(desk)
    before = contents(desk)
    past = await desk.loaded(is_read_only=True)
    assert [each.scan_id for each in past.scans] == [SCAN_ID]
    assert contents(desk) == before

    writing, reading = desk.history(), desk.history(is_read_only=True)
    reported = NotifiedRecord(SCAN_ID, make_finding(2).id, "print")
    await writing.save(Batch(notified=(reported,)))
    assert {*(await reading.notified())} == {TOLD, reported}
    desk.pass_time(10 * YEAR_S)
    await reading.forget(())
    with pytest.raises(HistoryError):
        await reading.save(Batch(notified=(reported,)))
    for history in (reading, writing):
        await history.aclose()
    assert len((await desk.loaded()).scans) == 1


async def test_a_damaged_read_only_file_is_reported_and_not_set_aside(desk: HistoryDesk) -> None:
    desk.path.write_bytes(b"no database at all" * 1000)
    before = contents(desk)
    with pytest.raises(DamagedHistory):
        await desk.loaded(is_read_only=True)
    assert contents(desk) == before


async def test_an_unused_history_creates_no_file(desk: HistoryDesk) -> None:
    await desk.history().aclose()
    assert not desk.path.exists()


async def test_the_log_of_a_scan_is_read_back(history: History) -> None:
    await history.save(Batch(scans=(past_scan(activities=(activity(1),)),)))
    assert await history.activities(SCAN_ID) == (activity(1),)


async def test_rows_read_late_are_not_newer_than_it(desk: HistoryDesk, history: History) -> None:
    """Another program may write while we read; what we ask for ourselves is newer than both."""
    await history.load()
    began_s = desk.clock_s
    desk.pass_time(100)
    await fill(desk)
    [row, *_] = (await history.rows(SCAN_ID, "", 10)).rows
    assert row.asked_at_s == began_s


# -- damage --


@pytest.mark.parametrize("content", [b"", b"no database" * 500])
async def test_a_file_that_is_no_database_is_set_aside(desk: HistoryDesk, content: bytes) -> None:
    desk.path.write_bytes(content)
    if content:
        reported = await refusal(desk)
        assert isinstance(reported, DamagedHistory)
        assert f"{desk.path.name}.damaged-1" in remedy(reported)
        assert (desk.path.parent / f"{desk.path.name}.damaged-1").read_bytes() == content
    await fill(desk)
    assert len((await desk.loaded()).scans) == 1


async def test_damaged_pages_are_found_while_reading_and_set_aside(desk: HistoryDesk) -> None:
    await fill(desk, rows=500)
    content = bytearray(desk.path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    desk.path.write_bytes(content)

    assert isinstance(await refusal(desk), DamagedHistory)
    assert desk.damaged() == [f"{desk.path.name}.damaged-1"]
    await fill(desk)
    assert len(await desk.rows()) == 3


async def test_damage_done_while_we_run_is_survived(desk: HistoryDesk, history: History) -> None:
    await fill(desk, rows=500)
    await history.load()
    desk.damage()

    scan = past_scan([make_finding(n, title="new") for n in range(500)], desk.clock_s)
    with pytest.raises(DamagedHistory):
        await history.save(Batch(scans=(scan,)))
    assert await history.save(Batch(scans=(scan,))) == {SCAN_ID}
    await history.aclose()
    assert is_sound(desk.path)
    assert set(await desk.rows()) == {"new"}


async def test_repeated_damage_is_set_aside_only_once(desk: HistoryDesk, history: History) -> None:
    """A disk that fails must not be filled with damaged files."""
    scan = past_scan([make_finding(n) for n in range(500)], desk.clock_s)
    reported = []
    for _ in range(4):
        await history.save(Batch(scans=(scan,)))
        desk.damage()
        with pytest.raises(HistoryError) as caught:
            await history.rows(SCAN_ID, "", 1000)
        reported.append(caught.value)
        if not isinstance(caught.value, DamagedHistory):
            break
    with raises_saying(HistoryError, match="until the next start"):
        await history.save(Batch(scans=(scan,)))
    await history.aclose()
    assert [isinstance(error, DamagedHistory) for error in reported] == [True, False]
    assert desk.damaged() == [f"{desk.path.name}.damaged-1"]


async def test_a_later_versions_changes_are_no_damage(desk: HistoryDesk, history: History) -> None:
    await fill(desk)
    await history.load()
    with closing(sqlite3.connect(desk.path)) as later:
        later.executescript("ALTER TABLE scans RENAME COLUMN head TO top; PRAGMA user_version = 99")

    scan = past_scan([make_finding(1)], desk.clock_s)
    for _ in range(2):
        with pytest.raises(history_file.NewerHistory):
            await history.save(Batch(scans=(scan,)))
    await history.aclose()
    assert desk.damaged() == []


@pytest.mark.skipif(sys.platform == "win32", reason="files are of one kind there")
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
async def test_what_is_not_a_file_stays(desk: HistoryDesk, make: Callable[[Path], None]) -> None:
    make(desk.path)
    before = desk.path.lstat().st_ino
    assert "not a regular file" in cause(await refusal(desk))
    assert desk.path.lstat().st_ino == before
    assert desk.damaged() == []


async def test_a_torn_log_costs_what_was_in_it_only(desk: HistoryDesk, history: History) -> None:
    await fill(desk)
    await history.load()
    await history.save(Batch(scans=(past_scan([make_finding(9, title="late")], desk.clock_s),)))
    wal = desk.path.with_name(f"{desk.path.name}-wal")
    content, written_ahead = desk.path.read_bytes(), wal.read_bytes()
    await history.aclose()
    desk.path.write_bytes(content)
    wal.write_bytes(written_ahead[: len(written_ahead) // 2])

    assert {"row 0", "row 1", "row 2"} <= set(await desk.rows())
    assert is_sound(desk.path)


@pytest.mark.parametrize("version", [-(2**31), -1, 0, 200, 2**31 - 1])
async def test_a_version_that_cannot_be_is_damage(desk: HistoryDesk, version: int) -> None:
    await renumber(desk, version)
    assert isinstance(await refusal(desk), DamagedHistory)
    assert is_sound(desk.path.with_name(f"{desk.path.name}.damaged-1"))
    await fill(desk)
    assert len((await desk.loaded()).scans) == 1


@pytest.mark.parametrize("version", [1, history_file.VERSION - 1])
async def test_an_older_history_is_set_aside_and_named(desk: HistoryDesk, version: int) -> None:
    await renumber(desk, version)
    error = await refusal(desk)
    kept = desk.path.with_name(f"{desk.path.name}.damaged-1")
    assert "was written by an earlier version of the program" in cause(error)
    assert f"It was kept as {kept.name}, and a new history was started." in remedy(error)
    assert is_sound(kept)
    await fill(desk)
    assert len((await desk.loaded()).scans) == 1


@pytest.mark.parametrize("version", [history_file.VERSION + 1, 99])
async def test_a_later_version_is_left_alone_and_damage_not_ruled_out(
    desk: HistoryDesk, history: History, version: int
) -> None:
    await renumber(desk, version)
    kept = desk.path.read_bytes()
    with raises_saying(history_file.NewerHistory, match="later version") as reported:
        await history.load()
    with pytest.raises(history_file.NewerHistory):
        await history.load()
    with pytest.raises(history_file.NewerHistory):
        await history.save(Batch(lines=(make_line(1),)))
    await history.aclose()
    assert (
        "Live view continues without it. Update Heimdall Desktop to use it again. If no later "
        "version was ever used here, the file is damaged; move it away."
    ) in remedy(reported.value)
    assert (desk.path.read_bytes(), desk.damaged()) == (kept, [])


# -- locked, full, not there --


async def test_a_locked_file_is_skipped_and_used_again_when_it_is_free(
    desk: HistoryDesk, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_file, "BUSY_S", 0.05)
    await fill(desk)
    await history.load()
    other = sqlite3.connect(desk.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    batch = Batch(scans=(past_scan([make_finding(9, title="late")], desk.clock_s),))
    with pytest.raises(history_file.HistoryBusy):
        await history.save(batch)
    assert len((await history.load()).scans) == 1, "reading goes on"
    other.execute("ROLLBACK")
    other.close()
    await history.save(batch)
    await history.aclose()
    assert "late" in await desk.rows()


async def test_a_full_disk_is_reported_and_earlier_rows_stay(desk: HistoryDesk) -> None:
    await fill(desk)
    limit_bytes = desk.path.stat().st_size + 4096
    history = desk.history(limit_bytes=limit_bytes)
    rows = [make_finding(n, title=f"much {n}", description="x" * 2000) for n in range(200)]
    for _ in range(2):
        with raises_saying(HistoryError, match="no space left"):
            await history.save(Batch(scans=(past_scan(rows, desk.clock_s),)))
    small = past_scan([make_finding(1, title="small")], desk.clock_s)
    await history.save(Batch(scans=(small,)))
    await history.aclose()
    assert is_sound(desk.path)
    assert sorted(await desk.rows()) == ["row 0", "row 2", "small"]


async def test_a_folder_that_cannot_be_created_is_reported_and_retried(tmp_path: Path) -> None:
    desk = HistoryDesk(tmp_path / "later")
    (tmp_path / "later").write_text("in the way")
    assert "Can't save history" in cause(await refusal(desk))
    (tmp_path / "later").unlink()
    await fill(desk)
    assert len(await desk.rows()) == 3


# -- other programs, and kills --


async def test_two_programs_on_one_file_lose_nothing(desk: HistoryDesk, start: Start) -> None:
    rounds = 40
    programs = [start(name, rounds) for name in ("anna", "ben")]
    for program in programs:
        out, _ = await asyncio.to_thread(program.communicate, timeout=WAIT_LIMIT_S)
        assert (out.split(), program.returncode) == (["begun", "ended"], 0)

    assert is_sound(desk.path)
    assert desk.damaged() == []
    with closing(sqlite3.connect(desk.path)) as connection:
        rows = connection.execute("SELECT key FROM facts WHERE kind = 'finding'").fetchall()
    for name in ("anna", "ben"):
        assert len([row_id for (row_id,) in rows if row_id.endswith(name)]) == rounds
    assert len(rows) == 50 + 2 * rounds
    newest = [title for title in await desk.rows() if title.endswith(f" {rounds - 1}")]
    assert newest, "the newest row is kept, whoever wrote it"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
async def test_killed_at_any_moment_it_leaves_a_sound_file(desk: HistoryDesk, start: Start) -> None:
    for number in range(3):
        program = start(f"killed {number}", rounds=1_000_000, rows=400)
        assert program.stdout is not None
        assert await asyncio.to_thread(program.stdout.readline) == "begun\n"
        program.send_signal(signal.SIGKILL)
        await asyncio.to_thread(program.wait)

        [scan] = (await desk.loaded()).scans
        assert scan.scan_id == SCAN_ID
        rows = await desk.rows()
        assert len(rows) >= 1
        assert f"killed {number}" in " ".join(rows)
        assert is_sound(desk.path)
    assert desk.damaged() == []


KEPT = KeptThreatModel(large_model(SCAN_ID, 20), FOUND_AT)


async def test_a_threat_model_is_kept_with_its_scan(desk: HistoryDesk, history: History) -> None:
    await history.save(Batch(threat_models=(KEPT,)))
    assert await history.threat_model(SCAN_ID) is None, "nothing is kept of its scan"
    endless = KeptThreatModel(ThreatModel(SCAN_ID, "x" * (THREAT_MODEL_BYTES + 1)), FOUND_AT)
    scan = past_scan([], desk.clock_s - 10)
    await history.save(Batch(scans=(scan,), threat_models=(endless,)))
    assert await history.threat_model(SCAN_ID) is None, "it is too large"
    await history.save(Batch(threat_models=(KEPT,)))
    assert await history.threat_model(SCAN_ID) == KEPT
    newer = KeptThreatModel(small_model(SCAN_ID), FOUND_AT + timedelta(days=1))
    await history.save(Batch(threat_models=(newer,)))
    assert await history.threat_model(SCAN_ID) == newer
    with closing(sqlite3.connect(desk.path)) as connection, connection:
        connection.execute("UPDATE facts SET fact = x'00' WHERE kind = 'threat_model'")
    assert await history.threat_model(SCAN_ID) is None, "it is unreadable"


@pytest.mark.parametrize("batch", [Batch(forgotten=(SCAN_ID,)), Batch(emptied=(SCAN_ID,))])
async def test_a_threat_model_is_forgotten_with_the_findings(
    desk: HistoryDesk, history: History, batch: Batch
) -> None:
    scan = past_scan([make_finding(1)], desk.clock_s - 10)
    await history.save(Batch(scans=(scan,), threat_models=(KEPT,)))
    await history.save(batch)
    assert await history.threat_model(SCAN_ID) is None


# -- how much is kept --


@pytest.mark.parametrize(("days", "limits"), [(31, ()), (2, (86_400,))])
async def test_old_scans_that_are_not_on_the_board_are_forgotten_and_returned(
    desk: HistoryDesk, history: History, days: int, limits: tuple[int, ...]
) -> None:
    await fill(desk)
    desk.pass_time(days * 86_400)
    assert await history.forget((), 32 * 86_400) == frozenset()
    assert await history.forget({SCAN_ID}, *limits) == frozenset()
    assert len((await history.load()).scans) == 1
    assert await history.forget((), *limits) == {SCAN_ID}
    assert (await history.load()).scans == ()


async def test_deleting_keeps_the_board_and_gives_room(desk: HistoryDesk, history: History) -> None:
    rows = [make_finding(n, title="long " * 200) for n in range(400)]
    gone = past_scan(rows, desk.clock_s - 10, scan_id=ScanId("gone"))
    await history.save(Batch(scans=(gone, past_scan([make_finding(1)], desk.clock_s - 10))))
    before = await history.size()
    assert (before.scans, before.findings) == (2, 401)
    assert await history.forget({SCAN_ID}, None) == {ScanId("gone")}
    after = await history.size()
    assert (after.scans, after.findings) == (1, 1)
    assert after.size_bytes < before.size_bytes / 2
    await history.aclose()
    assert desk.path.stat().st_size == after.size_bytes
    assert b"long long" not in desk.path.read_bytes()


async def test_a_limit_that_is_lowered_holds_at_once(desk: HistoryDesk, history: History) -> None:
    await fill(desk)
    await history.limit((await history.size()).size_bytes)
    rows = [make_finding(n, title="long " * 200) for n in range(400)]
    with pytest.raises(NoSpaceForHistory):
        await history.save(Batch(scans=(past_scan(rows, desk.clock_s),)))
    await history.limit(2**30)
    await history.save(Batch(scans=(past_scan(rows, desk.clock_s),)))
    assert (await history.size()).findings == 400
