"""A card says what the pictures show for each state, and never more health than is known."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.comparison import ChangeKind
from heimdall_desktop.domain.facts.finding import FindingStatus, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection, FindingsListed
from heimdall_desktop.domain.stages.stage_display import StageDisplay, notes_of
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.presentation.board.card import Card, card_of
from heimdall_desktop.presentation.board.card_words import Group, Place, board_rows, place_of
from heimdall_desktop.presentation.board.scan_status import Mood, ScanStatus, connection_sums
from heimdall_desktop.presentation.time_text import day_text
from tests.fakes.board_scans import FakeTime, ScanStory, leave_not_scanned, twelve_scans
from tests.fakes.findings import FOUND_AT, finding_id, make_finding

ALL_STAGES = [30.0, 90, 60, 30, 15, 400, 200, 20, 10]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def story(store: Store, time: FakeTime) -> ScanStory:
    return ScanStory(store, time, "shop")


def card(story: ScanStory) -> Card:
    """Make the card of a story as it stands."""
    stopwatch = Stopwatch()
    stopwatch.see(story.scan, story.time.clock_s, story.time.at)
    notes = notes_of(story.scan)
    clock_s, now = story.time.clock_s, story.time.at
    return card_of(story.scan, notes, stopwatch, clock_s, now, story.pace())


def since_last(story: ScanStory, **counts: int) -> tuple[str, str]:
    """What the card of a story says of its changes since the last scan."""
    kinds = {ChangeKind[kind.upper()]: count for kind, count in counts.items()}
    clock_s, now = story.time.clock_s, story.time.at
    reported = card_of(
        story.scan, notes_of(story.scan), Stopwatch(), clock_s, now, since_last=kinds
    )
    assert all(words in reported.sentence for words in reported.since_last)
    return reported.since_last


def connection_text(story: ScanStory) -> str:
    connection = card(story).connection
    return connection.text if connection else ""


def place(story: ScanStory) -> Place:
    return place_of(story.scan, notes_of(story.scan).attempt)


def end(story: ScanStory, status: str, *, ended_s: float = 60) -> ScanStory:
    """Let all stages run and the scan end."""
    story.run(ALL_STAGES, status=status, ended_s=ended_s)
    return story.read(status, began_s=855 + ended_s, ended_s=ended_s)


def cancelled_again(story: ScanStory) -> ScanStory:
    """Be cancelled in the fourth stage, and run again."""
    line = story.line
    return story.run([38], 22, status="modeling").log(
        line("Started", stage=None, task="scan-start", status="running", ago_s=400),
        line("Taint cancelled", stage="taint_analysis", status="cancelled", event_type="stage",
             ago_s=90),
        line("Started", stage=None, task="scan-start", status="running", ago_s=60),
    ).hear(Connection.LIVE)  # fmt: skip


@pytest.mark.parametrize(
    ("connection", "since_s", "next_s", "words", "mood"),
    [
        (Connection.LIVE, 0, None, "Live 2 s", Mood.CALM),
        (Connection.QUIET, 372, None, "Quiet for 6 min", Mood.ATTENTION),
        (Connection.RECONNECTING, 12, 7.5, "Reconnecting in 8 s", Mood.ATTENTION),
        (Connection.RECONNECTING, 12, -1, "Reconnecting", Mood.ATTENTION),
        (Connection.STALE, 185, 3, "Stale for 3 min", Mood.ERROR),
        (Connection.SIGNED_OUT, 5, None, "Signed out", Mood.ATTENTION),
        (Connection.GONE, 5, None, "No access", Mood.ERROR),
        (Connection.BUSY, 5, 40, "Waiting 40 s", Mood.ATTENTION),
        (Connection.POLLING_ONLY, 5, None, "Polling 2 s", Mood.CALM),
        (Connection.CONNECTING, 5, None, "Connecting", Mood.CALM),
    ],
)
def test_each_connection_has_its_words(
    story: ScanStory,
    connection: Connection,
    since_s: float,
    next_s: float | None,
    words: str,
    mood: Mood,
) -> None:
    story.run([30, 90], 48).hear(connection, since_s, next_s).age(2)
    shown = card(story).connection
    assert shown is not None
    assert (shown.text, shown.mood) == (words, mood)


def test_ages_and_countdowns_go_on_without_news(story: ScanStory) -> None:
    story.run([30, 90], 48).hear(Connection.RECONNECTING, 0, 8).age(0)
    story.time.pass_s(3)
    assert connection_text(story) == "Reconnecting in 5 s"
    story.hear(Connection.LIVE)
    assert connection_text(story) == "Live 3 s"


def test_a_scan_no_one_asked_for_yet_is_connecting(story: ScanStory) -> None:
    assert connection_text(story) == "Connecting"


@pytest.mark.parametrize(
    ("happens", "fact", "note", "mood"),
    [
        (lambda story: story, "No data yet", "", Mood.CALM),
        (lambda story: story.run([25, 90], 48).hear(Connection.LIVE), "Static analysis 0:48", "",
         Mood.PLAIN),
        (lambda story: story.run([25, 90], 48).hear(Connection.STALE, 430).age(430),
         "Static analysis", "7 min old", Mood.CALM),
        (lambda story: story.run([25, 90], 48).hear(Connection.GONE), "Not visible", "", Mood.CALM),
        # between stages the server's word is shown
        (lambda story: story.run([25, 90], 48, status="static_analysis", end="completed").hear(
            Connection.LIVE), "Static analysis", "", Mood.PLAIN),
        (lambda story: story.read("queued", began_s=200).live("queued").hear(Connection.LIVE),
         "Queued 3:20", "", Mood.PLAIN),
        # T-58: a cancel on its way is shown before the server answers
        (lambda story: story.run([30, 90], 10).hear(Connection.LIVE).ask_to_cancel(),
         "Cancelling…", "", Mood.CALM),
    ],
)  # fmt: skip
def test_the_last_line_of_a_card(
    story: ScanStory, happens: Callable[[ScanStory], ScanStory], fact: str, note: str, mood: Mood
) -> None:
    line = card(happens(story)).line
    assert (line.fact, line.note, line.mood, line.attempt) == (fact, note, mood, "")


def test_a_stage_has_a_short_form(story: ScanStory) -> None:
    assert card(story.run([25, 90], 48).hear(Connection.LIVE)).line.short_fact == "Static 0:48"


def test_a_lost_stream_dims_only_what_is_old(story: ScanStory) -> None:
    story.run([25, 90], 48).hear(Connection.RECONNECTING, 12, 8).age(2)
    assert not card(story).is_dimmed
    assert card(story.age(12)).is_dimmed
    assert card(story.hear(Connection.STALE, 430)).is_dimmed


@pytest.mark.parametrize(
    ("repeats", "closed", "reported"),
    [
        (0, (), ""),
        (6, (), "The server counts 11 findings. Not counted here: 6 repeats."),
        (0, ("dismissed",), "The server counts 6 findings. Not counted here: 1 withdrawn."),
        (
            6,
            ("dismissed", "fixed", "fixed"),
            "The server counts 14 findings. Not counted here: 1 withdrawn, 2 fixed, 6 repeats.",
        ),
    ],
)
def test_t09_a_card_counts_each_finding_once_and_says_why_the_server_counts_more(
    story: ScanStory, repeats: int, closed: tuple[str, ...], reported: str
) -> None:
    same = {"scan_id": story.scan.id, "severity": Severity.CRITICAL}
    rows = [make_finding(n, title=f"{n}", fingerprint=f"{n}", **same) for n in range(5)]
    again = [
        replace(rows[n % 5], id=finding_id(100 + n), created_at=FOUND_AT + timedelta(hours=n + 1))
        for n in range(repeats)
    ]
    back = [
        make_finding(200 + n, status=FindingStatus(word), fingerprint=f"back {n}", **same)
        for n, word in enumerate(closed)
    ]
    story.scan.observe(FindingsListed(story.scan.id, 1.0, (*rows, *again, *back)))
    shown = card(story)
    assert (shown.counts, shown.count_of(Severity.CRITICAL)) == ((5, 0, 0, 0), 5)
    assert shown.uncounted == reported
    assert shown.sentence.endswith(f"5 critical. {reported}".rstrip())


def test_a_scan_whose_findings_are_all_withdrawn_is_no_scan_without_findings(
    story: ScanStory,
) -> None:
    row = make_finding(1, scan_id=story.scan.id, status=FindingStatus.FALSE_POSITIVE)
    story.scan.observe(FindingsListed(story.scan.id, 1.0, (row,)))
    reported = (
        "All findings are withdrawn. The server counts 1 finding. Not counted here: 1 withdrawn."
    )
    assert card(story).sentence.endswith(reported)
    fixed = make_finding(2, scan_id=story.scan.id, status=FindingStatus.FIXED)
    story.scan.observe(FindingsListed(story.scan.id, 2.0, (fixed,)))
    assert card(story).none_text == "All withdrawn, fixed or snoozed"


def test_a_queued_scan_is_never_quiet(story: ScanStory) -> None:
    story.read("queued", began_s=200).live("queued").hear(Connection.QUIET, 200).age(2)
    assert place(story) == Place(Group.RUNNING)
    assert connection_text(story).startswith("Live")


def test_a_failure_may_be_retried_for_a_while(story: ScanStory) -> None:
    story.run([38, 120, 70], 30, end="failed", status="failed", error="out of memory")
    story.hear(Connection.LIVE)
    line = card(story).line
    assert (line.fact, line.note, line.mood) == ("Taint failed", "may retry", Mood.ERROR)
    assert card(story).displays[3] is StageDisplay.FAILED
    assert place(story) == Place(Group.ATTENTION, 1)


def test_a_failure_for_good_comes_first_of_all(story: ScanStory) -> None:
    story.run([38, 120, 70], 30, end="failed", status="failed").settle()
    story.read("failed", began_s=300, ended_s=0).hear(Connection.ENDED)
    at = day_text(story.time.at, story.time.at)
    assert card(story).line.fact == f"Failed ≈ {at}"
    assert card(story).line.note == "Taint"
    assert connection_text(story) == ""
    assert place(story) == Place(Group.ATTENTION, 0, is_short=True)


def test_a_second_attempt_shows_what_failed_before(store: Store, time: FakeTime) -> None:
    story = twelve_scans(store, time)["mobile-gateway"]
    shown = card(story)
    assert shown.line.attempt == "2 of 3"
    assert shown.displays[:4] == (
        StageDisplay.DONE,
        StageDisplay.RUNNING,
        StageDisplay.PENDING,
        StageDisplay.FAILED_BEFORE,
    )
    assert place(story).group is Group.ATTENTION


def test_completed_and_checked_is_finished(story: ScanStory) -> None:
    end(story, "completed").find(1, 0, 2, 0)
    shown = card(story)
    at = day_text(story.scan.completed_at or story.time.at, story.time.at)
    assert shown.line.fact == f"Completed {at}"
    assert shown.connection is None
    assert place(story).group is Group.FINISHED


@pytest.mark.parametrize("connection", [Connection.LIVE, Connection.QUIET])
def test_completed_without_a_whole_listing_is_no_health(
    story: ScanStory, connection: Connection
) -> None:
    end(story, "completed").hear(connection)
    assert connection_text(story) == "Checking"
    assert card(story).line.fact.startswith("Ended")
    assert place(story).group is Group.FINISHED
    story.find(0, 0, 0, 0, is_whole=False)
    assert connection_text(story) == "Checking"


def test_completed_and_never_listed_needs_attention(story: ScanStory) -> None:
    end(story, "completed").hear(Connection.ENDED)
    assert connection_text(story) == "Not checked"
    assert place(story).group is Group.ATTENTION


def test_dropped_events_are_checked_against_the_list(story: ScanStory) -> None:
    story.run([25, 90], 48).find(1).hear(Connection.LIVE).skip_events()
    assert connection_text(story) == "Checking"
    story.list_again()
    assert connection_text(story).startswith("Live")


def test_cancelled_names_its_stage(story: ScanStory) -> None:
    story.run([30, 90], 10, end="cancelled", status="cancelled")
    story.read("cancelled", began_s=200, ended_s=0).hear(Connection.LIVE)
    assert card(story).line.fact == "Cancelling…"
    assert place(story).group is Group.RUNNING  # it is not believed yet (T-36)
    story.time.clock_s += 4
    story.read("cancelled", began_s=200, ended_s=0)
    line = card(story).line
    assert line.fact.startswith("Cancelled ")
    assert line.note == "may restart"
    assert place(story).group is Group.FINISHED
    story.settle().hear(Connection.ENDED)
    assert card(story).line.note == "Static"
    assert place(story).group is Group.FINISHED


def test_t36_the_wait_for_the_return_of_a_cancelled_scan_counts_down(story: ScanStory) -> None:
    story.run([30, 90], 10, end="cancelled", status="cancelled").hear(Connection.LIVE)
    assert connection_text(story).startswith("Live")  # while it is still being cancelled
    story.time.clock_s += 4
    story.read("cancelled", began_s=200, ended_s=0).doubt(52)
    assert connection_text(story) == "Rechecking, 52 s"
    story.hear(Connection.STALE, 60)
    assert connection_text(story) == "Stale for 1 min"  # it cannot be looked at


def test_t58_a_stage_runs_until_the_server_answers_a_cancel(story: ScanStory) -> None:
    story.run([30, 90], 10).hear(Connection.LIVE).ask_to_cancel()
    assert card(story).displays[2] is StageDisplay.RUNNING


def test_t58_a_cancelled_scan_that_runs_again_says_so_on_its_card(story: ScanStory) -> None:
    cancelled_again(story)
    shown = card(story)
    assert (shown.line.fact, shown.line.note, shown.line.attempt) == (
        "Tyr 0:22", "was cancelled", "2 of 3",
    )  # fmt: skip
    assert shown.displays[3] is StageDisplay.CANCELLED_BEFORE
    assert "attempt 2 of 3" in shown.sentence


def test_t58_a_third_cancel_ends_as_a_failure_and_is_no_failure_of_the_scan(
    story: ScanStory,
) -> None:
    story.run([30, 90], end="cancelled", status="failed").hear(Connection.LIVE)
    assert card(story).line.note == "was cancelled"
    story.settle().hear(Connection.ENDED)
    line = card(story).line
    assert (line.fact.split()[0], line.note) == ("Failed", "was cancelled")


def test_t61_a_completed_scan_that_works_on_is_no_all_clear(story: ScanStory) -> None:
    end(story, "completed").list_again().hear(Connection.LIVE)
    story.log(story.line("Scan finished", stage=None, task="scan-finished", ago_s=60))
    assert card(story).none_text == "No findings"
    story.log(story.line("Investigating", task="agent", status="running"))
    shown = card(story)
    assert (shown.line.fact.split()[0], shown.line.note) == ("Ended", "still active")
    assert (connection_text(story), shown.none_text) == ("Checking", "Findings not checked yet")


def test_a_scan_whose_findings_are_not_read_yet_has_dashes_instead_of_zeros(
    story: ScanStory,
) -> None:
    def shown() -> tuple[str, str]:
        return "".join(card(story).count_text(n) for n in range(4)), card(story).none_text

    assert shown() == ("\u2013" * 4, "Findings not loaded yet")
    story.live("running", total=3)
    assert shown() == ("\u2013" * 4, "3 findings, not loaded yet")
    assert card(story).sentence.endswith("3 findings, not loaded yet.")
    story.find(1, 2, 0, 0)
    assert shown()[0] == "1200"


def test_t66_a_scan_that_waits_in_vain_says_so(story: ScanStory) -> None:
    story.read("queued", began_s=1900).live("queued").hear(Connection.LIVE)
    notes, now, clock_s = notes_of(story.scan), story.time.at, story.time.clock_s
    shown = card_of(story.scan, notes, Stopwatch(), clock_s, now, is_not_picked_up=True)
    assert (shown.line.fact, shown.line.mood) == ("Not picked up", Mood.ATTENTION)
    assert place_of(story.scan, is_not_picked_up=True).group is Group.ATTENTION


def test_warnings_and_skipped_stages_are_read_from_the_log(story: ScanStory) -> None:
    line = story.line
    story.run([30, 90, 60], 5, skipped=["tyr"]).log(
        line("tyr skipped", "no AI provider", stage="tyr", status="skipped", event_type="stage"),
        line("Secret scan", stage="static_analysis", status="completed_with_errors"),
    )
    displays = card(story).displays
    assert displays[:3] == (StageDisplay.DONE, StageDisplay.SKIPPED, StageDisplay.WARNING)
    assert notes_of(story.scan).skip_reasons == {"tyr": "no AI provider"}


def test_a_stage_left_running_takes_the_look_of_the_end(story: ScanStory) -> None:
    story.run([30, 90], 10, status="cancelled")
    assert card(story).displays[2] is StageDisplay.CANCELLED


def test_quiet_is_seen_in_the_strip(story: ScanStory) -> None:
    story.run([30, 90], 10).hear(Connection.QUIET, 130)
    assert card(story).displays[2] is StageDisplay.QUIET
    story.remember([30, 90, 600], [30, 90, 600], [30, 90, 600])  # its panel thinks nothing of it
    assert card(story).displays[2] is StageDisplay.QUIET
    assert card(story.hear(Connection.LIVE)).displays[2] is StageDisplay.RUNNING


def test_the_sentence_has_no_ages(story: ScanStory) -> None:
    story.run([25, 90], 48).find(2, 0, 1, 0, 3).hear(Connection.LIVE).age(2)
    assert card(story).sentence == (
        "shop, main. Static analysis 0:48. Live. 2 critical, 1 medium, 3 other."
    )


def test_hostile_names_stay_in_one_line(store: Store, time: FakeTime) -> None:
    story = ScanStory(store, time, "a\nb\u202ec", "x\ty")
    assert (card(story).name, card(story).branch) == ("a b\ufffdc", "x y")


def test_groups_without_cards_have_no_head() -> None:
    assert board_rows([(ScanId("a"), Place(Group.RUNNING))]) == [Group.RUNNING, "a"]
    assert board_rows([]) == []


def test_sums_name_every_state(store: Store, time: FakeTime) -> None:
    stories = twelve_scans(store, time)
    sums = connection_sums(store, time.clock_s)
    assert [part.text for part in sums] == [
        "6 live",
        "1 quiet",
        "1 reconnecting in 8 s",
        "1 signed out",
        "3 ended",
    ]
    stories["web-shop"].hear(Connection.STALE, 60)
    assert ScanStatus.STALE in {part.status for part in connection_sums(store, time.clock_s)}


def test_a_completed_scan_that_is_unchecked_is_no_ended_one(store: Store, story: ScanStory) -> None:
    end(story, "completed").hear(Connection.LIVE)
    assert [part.text for part in connection_sums(store, story.time.clock_s)] == ["1 checking"]


def test_what_an_earlier_session_saw_is_dimmed_until_the_server_answers(story: ScanStory) -> None:
    story.run([30], 5).hear(Connection.CONNECTING)
    assert not card(story).is_dimmed
    story.time.pass_s(3700)
    assert card(story).is_dimmed
    assert card(story).line.note == "1 h old"


def test_the_usual_time_of_the_stage(story: ScanStory) -> None:
    past = ([30, 90, 100], [30, 90, 120], [30, 90, 140])
    shown = card(story.run([25, 90], 48).hear(Connection.LIVE).remember(*past))
    assert (shown.line.fact, shown.line.usual) == ("Static analysis 0:48", "of ~2 m")
    assert shown.fraction == pytest.approx(0.4)
    assert "Static analysis 0:48 of ~2 m." in shown.sentence


def test_two_past_scans_are_no_estimate(story: ScanStory) -> None:
    story.run([25, 90], 48).hear(Connection.LIVE).remember([30, 90, 100], [30, 90, 120])
    assert (card(story).line.usual, card(story).fraction) == ("", None)


def test_old_data_shows_no_usual_time(story: ScanStory) -> None:
    story.run([25, 90], 48).remember(*[[30, 90, 100]] * 3)
    assert card(story.hear(Connection.STALE, 430).age(430)).line.usual == ""


def test_files_that_were_not_scanned_are_no_all_clear(story: ScanStory) -> None:
    end(story, "completed").find(0, 0, 0, 0)
    assert (card(story).line.mood, card(story).none_text) == (Mood.PLAIN, "No findings")
    leave_not_scanned(story.scan, 4)
    shown = card(story)
    assert (shown.line.note, shown.line.mood) == ("4 not scanned", Mood.ATTENTION)
    assert shown.none_text == "No findings, not a clean result"
    assert "4 not scanned" in shown.sentence


def test_what_is_counted_and_not_listed_is_no_all_clear(story: ScanStory) -> None:
    end(story, "completed").find(0, 0, 0, 0)
    leave_not_scanned(story.scan, 0, counted=3)
    story.hear(Connection.ENDED)
    assert card(story).none_text == "3 findings, not loaded yet"
    assert connection_text(story) == "Not checked"


def test_an_end_is_clear_only_where_everything_was_scanned(story: ScanStory) -> None:
    end(story, "completed").find(0, 0, 0, 0).hear(Connection.ENDED)
    clock_s = story.time.clock_s
    (ended,) = connection_sums([story.scan], clock_s)
    assert (ended.status, ended.text, ended.is_clear) == (ScanStatus.ENDED, "1 ended", True)
    assert card(story).is_clear
    leave_not_scanned(story.scan, 1)
    (ended,) = connection_sums([story.scan], clock_s)
    assert (ended.status, ended.text, ended.is_clear) == (ScanStatus.ENDED, "1 ended", False)
    assert not card(story).is_clear


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_an_end_before_the_last_stage_is_not_clear(story: ScanStory, status: str) -> None:
    end(story, status).hear(Connection.ENDED)
    (ended,) = connection_sums([story.scan], story.time.clock_s)
    assert not ended.is_clear


def test_a_completed_scan_shows_what_has_changed_since_the_last_one(story: ScanStory) -> None:
    assert since_last(story, new=3, fixed=7) == ("", ""), "it runs"
    end(story, "completed").find(0, 2, 0, 0)
    assert since_last(story, new=3, fixed=7, changed=1, still=9) == (
        "since last scan: 3 new, 7 fixed",
        "3 new, 7 fixed",
    )
    assert since_last(story, changed=1, still=9)[1] == "1 changed"
    assert since_last(story, still=9)[0] == "since last scan: no changes"
    assert card(story).since_last == ("", ""), "it is not compared"
    assert card(story).connection is None, "its place is free"


def test_a_card_says_quietly_how_many_were_decided_before(story: ScanStory) -> None:
    clock_s, now = story.time.clock_s, story.time.at
    made = card_of(story.scan, notes_of(story.scan), Stopwatch(), clock_s, now, proposed=61)
    assert made.proposed == "61 decided before"
    assert " 61 decided before." in made.sentence
    assert made.counts == card(story).counts
    assert card(story).proposed == ""
