"""The file of a recording: all facts of a scan are read back, and a bad line is named."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.finding import Proof, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.services import recording as recordings
from heimdall_desktop.services.fact_codec import Fact, UsualTimesKnown, moved
from heimdall_desktop.services.log import Redaction
from heimdall_desktop.services.recording import LineWriter, RecordingFile, read_head, read_recording
from tests.fakes.desk_parts import small_files
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, finding_id, make_finding
from tests.fakes.inbox_lines import make_line

BEGAN_S = 7_000.0
SERVER = ServerUrl("https://heimdall.example")
BEGAN_AT = datetime(2026, 5, 12, tzinfo=UTC)
HEAD = recordings.RecordingHead(recordings.VERSION, "1.0", SCAN_ID, SERVER, "shop", False, BEGAN_AT)
FIRST = LineWriter(HEAD, 0.0).first
ROW = observation.Activity(
    "a1", "stage", "info", "running", "hunt", None, "Reading", None, 40, FOUND_AT
)
OTHER_ROW = observation.Activity(
    "a2", "stage", "info", "done", None, None, "Read\u2028it", "x", None, FOUND_AT
)
LIVE = observation.LiveRead(
    SCAN_ID,
    7_001.5,
    "running",
    None,
    FOUND_AT,
    observation.Counts(3, 1),
    (observation.StageRow("hunt", "x", None, None),),
    (ROW,),
)


def later(fact: Fact, by_s: float) -> Fact:
    """Return a fact of so many seconds later."""
    return moved(fact, lambda at_s: at_s + by_s)


FULL = make_finding(
    2,
    title="Ein \u00dcberlauf\n<b>",
    manifest=MappingProxyType({"package": "left-pad"}),
    proof=Proof("yes", "python", "print(1)", 0, "1", "", "it works"),
    references=("https://cwe.example",),
    poc_validated=True,
)
FACTS: tuple[Fact, ...] = (
    observation.ScanRead(
        SCAN_ID, 6_990.0, REPO_ID, "running", None, None, FOUND_AT, FOUND_AT, None, FOUND_AT
    ),
    observation.RepoRead(SCAN_ID, "shop", "main"),
    LIVE,
    LIVE,
    later(LIVE, 2.0),
    observation.LiveRead(
        SCAN_ID, 7_009.0, "running", None, None, observation.Counts(), (), (OTHER_ROW, ROW)
    ),
    observation.SourceSeen(SCAN_ID, 7_002.0, observation.ScanSource.LIVE),
    observation.StageSeen(SCAN_ID, 7_002.0, FOUND_AT, "hunt", "completed", "no"),
    observation.StatusSeen(SCAN_ID, 7_002.0, FOUND_AT, "completed", observation.Counts(1)),
    observation.EndSeen(SCAN_ID, 7_003.0),
    observation.GapsSeen(
        SCAN_ID, 7_003.0, (observation.Gap(FOUND_AT, FOUND_AT + timedelta(seconds=3)),)
    ),
    observation.FindingsListed(
        SCAN_ID, 7_003.0, (FULL,), ((FULL.id, ((FOUND_AT, "a", "b", "c", True),)),)
    ),
    observation.FindingsListed(SCAN_ID, 7_003.0, ()),
    observation.ListingEnded(SCAN_ID, 7_003.0, 2, 2, is_whole=True, retry_at_s=7_040.0),
    observation.CountsCompared(SCAN_ID, 7_003.0, 7_044.0),
    observation.RowMissing(SCAN_ID, 7_003.0, finding_id(9)),
    observation.EventsSkipped(SCAN_ID, 7_003.0, is_unreadable=True),
    observation.ConnectionSeen(SCAN_ID, observation.Connection.LIVE, 6_800.0),
    observation.CancelAsked(SCAN_ID, 7_003.0, observation.CancelAnswer.REFUSED),
    observation.Settled(SCAN_ID, is_settled=False, looks_until_s=7_050.0),
    observation.Snoozed(SCAN_ID, (finding_id(2),), FOUND_AT),
    UsualTimesKnown(
        SCAN_ID, (ScanTimes(HEAD.server, REPO_ID, ScanId("x"), FOUND_AT, (("hunt", 61.5),)),)
    ),
    observation.ScanGone(SCAN_ID, 7_004.0),
    make_line(),
)


def lines_of(facts: Sequence[Fact]) -> list[bytes]:
    writer = LineWriter(HEAD, BEGAN_S)
    lines = [writer.first]
    for number, fact in enumerate(facts):
        lines += writer.lines(BEGAN_S + number, fact)
    return lines


def written(folder: Path, lines: Sequence[bytes]) -> Path:
    file = folder / "shop.heimdall.jsonl"
    file.write_bytes(b"".join(lines))
    return file


def facts_of(folder: Path, facts: Sequence[Fact]) -> list[Fact]:
    """Write facts, and return those that are read back."""
    return [each.fact for each in read_recording(written(folder, lines_of(facts))).facts]


def test_every_kind_of_fact_is_read_back_at_its_moment(tmp_path: Path) -> None:
    recording = read_recording(written(tmp_path, lines_of(FACTS)))

    assert recording.head == HEAD
    assert recording.damage is None
    reported = [(each.at_s, later(each.fact, BEGAN_S)) for each in recording.facts]
    assert reported == list(enumerate(FACTS))


def test_a_connection_that_stays_as_it_was_is_written_once(tmp_path: Path) -> None:
    seen = observation.ConnectionSeen(SCAN_ID, observation.Connection.LIVE, 7_000.0)

    assert len(facts_of(tmp_path, [seen, seen, seen])) == 1


def test_a_line_of_the_log_is_written_in_full_once() -> None:
    lines = lines_of([LIVE, later(LIVE, 1.0)])

    assert [line.count(b"Reading") for line in lines[1:]] == [1, 0]


def test_an_unchanged_finding_is_written_in_full_once(tmp_path: Path) -> None:
    one, two, other = make_finding(1), make_finding(2), make_finding(1, title="Another")
    listings = [(one, two), (one, two), (other, two)]
    lines = lines_of(
        [observation.FindingsListed(SCAN_ID, 7_000.0 + n, each) for n, each in enumerate(listings)]
    )

    recording = read_recording(written(tmp_path, lines))

    assert sum(line.count(b"SQL built") for line in lines) == 2
    reported = [
        each.fact.findings
        for each in recording.facts
        if isinstance(each.fact, observation.FindingsListed)
    ]
    assert reported == [(one,), (two,), (one, two), (other,), (two,)]


@pytest.mark.parametrize(
    "error",
    [
        errors.ServerBusy(errors.Reason.SERVER_BUSY, wait_s=30.0, host="heimdall.example"),
        errors.SettingsError(
            errors.Reason.SEVERAL,
            errors=(
                errors.HeimdallError(errors.Reason.DEFECT),
                errors.HeimdallError(errors.Reason.PART_NOT_SHOWN),
            ),
        ),
    ],
)
def test_errors_are_read_back_as_they_were(error: errors.HeimdallError, tmp_path: Path) -> None:
    seen = observation.ConnectionSeen(SCAN_ID, observation.Connection.STALE, 7_000.0, error=error)

    [fact] = facts_of(tmp_path, [seen])
    assert isinstance(fact, observation.ConnectionSeen)
    assert fact.error is not None
    assert error_text(fact.error) == error_text(error)


GOOD = b'[1,"RepoRead",{"scan_id":"%s","name":"shop","branch":null}]\n' % SCAN_ID.encode()
BAD_LINES = {
    "no JSON": b"{\n",
    "no such kind": b'[1,"Explosion",{}]\n',
    "a field is missing": b'[1,"RepoRead",{"scan_id":"x"}]\n',
    "of another scan": GOOD.replace(b"8c0e", b"9c0e"),
    "before the last": GOOD.replace(b"[1,", b"[0.5,"),
    "in a thousand years": GOOD.replace(b"[1,", b"[1e300,"),
    "cut off": GOOD[:-1],
    "no UTF-8": GOOD.replace(b"shop", b"\xff\xfe"),
    "nested without end": b"[" * 100_000 + b"\n",
    "a number beyond all": b'[1,"EventsSkipped",{"scan_id":"%s","heard_at_s":1e308}]\n'
    % SCAN_ID.encode(),
    "a line of the log that never came": b'[1,"LiveRead",{"scan_id":"%s","asked_at_s":1,'
    b'"status":"x","error":null,"updated_at":null,"counts":{},"stages":[],"activities":["no"]}]\n'
    % SCAN_ID.encode(),
    "too large a count": b'[1,"LiveRead",{"scan_id":"%s","asked_at_s":1,"status":"x","error":null,'
    b'"updated_at":null,"counts":{"total":99999999999},"stages":[],"activities":[]}]\n'
    % SCAN_ID.encode(),
    "less than no time": b'[1,"UsualTimesKnown",{"scan_id":"%s","times":[{"server":"https://a.example",'
    b'"repo_id":"r","scan_id":"s","ended_at":"2026-05-12T13:48:00Z","durations_s":[["hunt",-1]]}]}]'
    b"\n" % SCAN_ID.encode(),
    "an error of no kind": b'[1,"ConnectionSeen",{"scan_id":"%s","connection":"live","since_s":1,'
    b'"error":{"kind":"Any","reason":"DEFECT","fields":{}}}]\n' % SCAN_ID.encode(),
    "an error of no reason": b'[1,"ConnectionSeen",{"scan_id":"%s","connection":"live","since_s":1,'
    b'"error":{"kind":"ServerError","reason":"x","fields":{}}}]\n' % SCAN_ID.encode(),
}


def damaged(file: Path) -> tuple[recordings.Recording, str]:
    """Return the recording in a damaged file, and what is reported of the damage."""
    recording = read_recording(file)
    assert recording.damage is not None
    assert recording.damage.reason is errors.Reason.RECORDING_DAMAGED
    return recording, error_text(recording.damage)


@pytest.mark.parametrize("bad", BAD_LINES.values(), ids=BAD_LINES)
def test_a_damaged_line_is_named_and_all_before_it_plays(bad: bytes, tmp_path: Path) -> None:
    recording, damage = damaged(written(tmp_path, [FIRST, GOOD, GOOD, bad, GOOD]))
    assert len(recording.facts) == 2
    assert "Line 4 of the recording shop.heimdall.jsonl" in damage


LONG = b"long" * 500
UNKNOWN = {
    "it names a finding that did not come": b'[1,"FindingsListed",{"scan_id":"%s","asked_at_s":1,'
    b'"findings":["%s"]}]\n' % (SCAN_ID.encode(), LONG),
    "it names a line of the log that did not come": BAD_LINES["a line of the log that never came"],
    "its error is not known": BAD_LINES["an error of no reason"],
    "its error lacks what belongs to it": b'[1,"ConnectionSeen",{"scan_id":"%s",'
    b'"connection":"live","since_s":1,"error":{"kind":"ServerBusy","reason":"DEFECT","fields":{"%s":1}}}]\n'
    % (SCAN_ID.encode(), LONG),
    "Invalid enum value": b'[1,"ConnectionSeen",{"scan_id":"%s","connection":"%s","since_s":1}]\n'
    % (SCAN_ID.encode(), LONG),
}


@pytest.mark.parametrize(("problem", "bad"), UNKNOWN.items(), ids=UNKNOWN)
def test_a_bad_line_is_named_in_some_words(problem: str, bad: bytes, tmp_path: Path) -> None:
    _, damage = damaged(written(tmp_path, [FIRST, bad]))
    assert problem in damage
    assert len(damage) < 400


def refusal(file: Path, read: Callable[[Path], object] = read_recording) -> errors.RecordingError:
    """Return the error of a file that is not read at all."""
    with pytest.raises(errors.RecordingError) as refused:
        read(file)
    return refused.value


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (b"", errors.Reason.RECORDING_FOREIGN),
        (b"PK\x03\x04\n", errors.Reason.RECORDING_FOREIGN),
        (b'{"heimdall_recording":1}\n', errors.Reason.RECORDING_FOREIGN),
        (b'{"heimdall_recording":2,"more":[]}\n', errors.Reason.RECORDING_NEWER),
        (FIRST.replace(b"https:", b"file:"), errors.Reason.RECORDING_FOREIGN),
    ],
)
def test_what_is_no_recording_fails(first: bytes, reason: errors.Reason, tmp_path: Path) -> None:
    assert refusal(written(tmp_path, [first, GOOD])).reason is reason


def test_a_fifo_and_a_folder_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for place in (tmp_path / "fifo", tmp_path):
        assert refusal(place).reason is errors.Reason.RECORDING_UNREADABLE


async def test_a_token_that_a_server_repeats_is_not_written(tmp_path: Path) -> None:
    token, redaction = "0123456789abcdef", Redaction()
    redaction.know(token)
    file = RecordingFile(tmp_path / "shop", redaction.masked)
    (tmp_path / "shop").write_text("what was there before is longer than what comes")
    (tmp_path / "shop").chmod(0o644)

    await file.open()
    await file.write(b"".join(lines_of([observation.RepoRead(SCAN_ID, f"shop {token}", None)])))
    await file.aclose()

    written = (tmp_path / "shop").read_bytes()
    assert token.encode() not in written
    assert len(written) == file.written_bytes
    assert (tmp_path / "shop").stat().st_mode & 0o777 == 0o600
    assert len(read_recording(tmp_path / "shop").facts) == 1


async def test_a_place_that_takes_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.FileNotWritten):
        await RecordingFile(tmp_path / "none" / "shop", bytes).open()


def test_a_line_of_the_inbox_hides_nothing_and_has_an_end(tmp_path: Path) -> None:
    title, body = "SQL \u202einjection\nhere", "\u2066x" + 9_999 * "y"
    line = replace(make_line(), title=title, body=body, view="\x07")

    [read] = facts_of(tmp_path, [line])
    assert isinstance(read, InboxLine)
    assert read.title == "SQL \ufffdinjection here"
    assert read.body == "\ufffdx" + 1_998 * "y"
    assert read.view == "\ufffd"


def test_a_lone_surrogate_costs_no_fact(tmp_path: Path) -> None:
    [read] = facts_of(tmp_path, [observation.RepoRead(SCAN_ID, "a\ud800b", None)])
    assert read == observation.RepoRead(SCAN_ID, "a?b", None)


def test_a_file_of_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    file = written(tmp_path, [FIRST, GOOD])
    os.truncate(file, 2 << 30)

    for read in (read_recording, read_head):
        refused = refusal(file, read)
        assert refused.reason is errors.Reason.RECORDING_TOO_LONG
        assert "256 MB" in error_text(refused)


@pytest.mark.parametrize("ahead", [b"", FIRST + GOOD])
def test_a_line_without_end_is_not_read_to_its_end(ahead: bytes, tmp_path: Path) -> None:
    file = written(tmp_path, [ahead])
    os.truncate(
        file, len(ahead) + recordings.LINE_LIMIT_BYTES + 2
    )  # of zeroes, which no disk holds

    if not ahead:
        assert refusal(file).reason is errors.Reason.RECORDING_FOREIGN
        return
    recording, damage = damaged(file)
    assert len(recording.facts) == 1
    assert "Line 3 of the recording" in damage
    assert "it is too long" in damage


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_what_a_killed_program_wrote_is_played_up_to_there(cut: int, tmp_path: Path) -> None:
    lines = lines_of(FACTS)
    whole = read_recording(written(tmp_path, lines))
    recording, damage = damaged(written(tmp_path, [b"".join(lines)[:-cut]]))
    assert "it is cut off" in damage
    assert recording.facts == whole.facts[: len(recording.facts)]
    assert len(recording.facts) > len(FACTS) // 2


async def test_two_recordings_never_share_a_file(tmp_path: Path) -> None:
    first, second = (RecordingFile(tmp_path / "shop", bytes) for _ in range(2))
    await first.open()
    await first.write(b"".join(lines_of(FACTS)))

    with pytest.raises(errors.FileNotWritten, match=r"^FILE_NOT_WRITTEN") as refused:
        await second.open()
    assert "another recording is being written to it" in error_text(refused.value)

    await first.aclose()
    assert read_recording(tmp_path / "shop").damage is None
    await second.open()
    await second.aclose()


async def test_a_recording_ends_on_a_full_disk_and_plays_up_to_there(tmp_path: Path) -> None:
    file, lines = RecordingFile(tmp_path / "shop", bytes), lines_of(FACTS)
    await file.open()
    await file.write(b"".join(lines[:3]))
    with small_files(len(b"".join(lines[:3])) + 100), pytest.raises(errors.RecordingError):
        await file.write(b"".join(lines[3:]))
    await file.aclose()

    recording = read_recording(tmp_path / "shop")

    assert len(recording.facts) >= 2
    assert recording.damage is not None
