"""An empty table says why, and is an all-clear only when it is one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.choices import KeyChoice
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.window import empty_table as words
from heimdall_desktop.presentation.window.command import (
    Command,
    Group,
    has_free_key,
    is_letter,
    ranked,
    with_keys,
)
from heimdall_desktop.presentation.window.empty_table import Cause, EmptyTable, Way
from tests.fakes.board_scans import leave_unlooked
from tests.lab.scan_script import NAME_NOT_FOUND

BEGAN = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)
ID = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


def empty_table(
    scans: Sequence[Scan], hidden: int, text: str, *, is_waiting: bool = False
) -> EmptyTable:
    return words.empty_table(scans, hidden, text, now=BEGAN, is_waiting=is_waiting)


def a_scan(status: str, *stages: tuple[str, str], listed: bool = True, reported: int = 0) -> Scan:
    """A scan in a state, with its stages a minute apart, read once."""
    scan = Scan(ID, ServerUrl("http://localhost"))
    ended = BEGAN if status == "completed" else None
    rows = tuple(
        observation.StageRow(name, state, None, BEGAN + timedelta(minutes=n))
        for n, (name, state) in enumerate(stages, start=1)
    )
    scan.observe(observation.RepoRead(ID, "payments-api", "main"))
    scan.observe(
        observation.ScanRead(ID, 1.0, RepoId("r"), status, None, None, BEGAN, BEGAN, ended, BEGAN)
    )
    scan.observe(
        observation.LiveRead(ID, 1.0, status, None, None, observation.Counts(reported), rows, ())
    )
    if listed:
        scan.observe(observation.ListingEnded(ID, 2.0, total=0, read=0, is_whole=True))
    return scan


def test_nothing_watched() -> None:
    said = empty_table([], 0, "")
    assert (said.cause, said.way) == (Cause.NOTHING_WATCHED, Way.ADD_SCAN)
    assert said.fact == "No scans watched yet."


def test_rows_that_are_about_to_come_are_no_all_clear() -> None:
    finished = a_scan("completed")
    assert empty_table([finished], 0, "").cause is Cause.FINISHED
    for hidden in (0, 3):
        assert empty_table([finished], hidden, "", is_waiting=True).cause is Cause.LOADING


@pytest.mark.parametrize(
    ("hidden", "fact"),
    [
        (1, "1 finding is hidden by this filter."),
        (1088, "1\u00a0088 findings are hidden by this filter."),
    ],
)
def test_the_filter_hides_all(hidden: int, fact: str) -> None:
    said = empty_table([a_scan("running")], hidden, "sev>=critical")
    assert (said.cause, said.fact, said.way) == (Cause.FILTER, fact, Way.CLEAR_FILTER)
    assert said.consequence == "Nothing matches sev>=critical"


def test_a_stage_that_found_nothing_is_named() -> None:
    said = words.empty_table([a_scan("running")], 7, "stage:hunt", now=BEGAN, only_stage="Hunt")
    assert said.fact == "7 findings are hidden by this filter."
    assert said.consequence == "No findings come from the hunt stage."
    assert said.way is Way.CLEAR_FILTER


def test_a_filter_that_hides_nothing_is_named_too() -> None:
    said = empty_table([a_scan("tyring", ("tyr", "running"))], 0, "stage:hunt")
    assert said.fact == "Scan is in stage 2 of 9, tyr."
    assert said.consequence.endswith("static analysis. The filter stage:hunt is active.")
    assert said.way is Way.CLEAR_FILTER
    finished = empty_table([a_scan("completed")], 0, "stage:hunt")
    assert (finished.cause, finished.way) == (Cause.FINISHED, Way.OPEN_REPORT)
    assert finished.consequence.endswith("The filter stage:hunt is active.")


def test_no_findings_yet() -> None:
    said = empty_table([a_scan("tyring", ("ingest", "completed"), ("tyr", "running"))], 0, "")
    assert said.fact == "Scan is in stage 2 of 9, tyr."
    assert said.consequence == "The first findings usually come from static analysis."
    late = a_scan("hunting", ("ingest", "completed"), ("hunt", "running"))
    assert empty_table([late], 0, "").consequence == "No findings so far."
    assert empty_table([a_scan("queued")], 0, "").fact == "The scan is waiting for its turn."


@pytest.mark.parametrize(
    ("listed", "reported", "consequence", "fraction"),
    [
        (False, 4000, "0 of 4\u00a0000. Rows appear as they arrive.", 0.0),
        (False, 0, "Rows appear as they arrive.", None),
        (True, 12, "0 of 12. Rows appear as they arrive.", 0.0),
    ],
)
def test_loading(listed: bool, reported: int, consequence: str, fraction: float | None) -> None:
    said = empty_table([a_scan("hunting", listed=listed, reported=reported)], 0, "")
    assert (said.cause, said.fact) == (Cause.LOADING, "Loading findings for payments-api")
    assert (said.consequence, said.fraction) == (consequence, fraction)


def test_finished_with_none_needs_a_whole_listing_after_the_end() -> None:
    done = a_scan("completed", ("ingest", "completed"), ("garmr", "skipped"))
    said = empty_table([done], 0, "")
    assert said.cause is Cause.FINISHED
    assert said.fact == f"Finished at {BEGAN.astimezone():%H:%M} with no findings."
    later = words.empty_table([done], 0, "", now=BEGAN + timedelta(days=2)).fact
    assert later == f"Finished on 4 Jul {BEGAN.astimezone():%H:%M} with no findings."
    assert said.consequence.startswith("1 of 9 stages ran; not reported: Tyr, ")
    assert (said.way, said.address) == (Way.OPEN_REPORT, f"http://localhost/scans/{ID}")
    assert empty_table([a_scan("completed", listed=False)], 0, "").cause is Cause.LOADING


def test_there_is_no_report_to_open_where_the_server_has_no_pages() -> None:
    done = a_scan("completed")
    done.is_local = True
    said = empty_table([done], 0, "")
    assert (said.cause, said.way) == (Cause.FINISHED, Way.NONE)


@pytest.mark.parametrize(
    ("status", "stages", "fact"),
    [
        (
            "failed",
            (("ingest", "completed"), ("tyr", "failed")),
            "The scan failed in tyr before it found anything.",
        ),
        ("cancelled", (), "The scan was cancelled before it found anything."),
    ],
)
def test_stopped_is_no_all_clear(
    status: str, stages: tuple[tuple[str, str], ...], fact: str
) -> None:
    scan = a_scan(status, *stages)
    scan.observe(observation.Settled(ID, is_settled=True))
    said = empty_table([scan], 0, "")
    assert (said.cause, said.fact) == (Cause.STOPPED, fact)
    assert said.consequence == "This does not mean the code is clean."
    assert empty_table([a_scan(status, reported=9)], 0, "").cause is Cause.LOADING


def test_a_failed_scan_may_come_back() -> None:
    said = empty_table([a_scan("failed")], 0, "")
    assert said.consequence == "This does not mean the code is clean. The server may retry."


def test_several_scans() -> None:
    done, failed, running = a_scan("completed"), a_scan("failed"), a_scan("hunting")
    unread = a_scan("completed", listed=False)
    assert empty_table([done, done], 0, "").fact == "All 2 scans finished with no findings."
    assert empty_table([done, failed], 0, "").cause is Cause.STOPPED
    assert empty_table([done, running], 0, "").consequence == "1 of them is still running."
    assert empty_table([failed, failed], 0, "").cause is Cause.STOPPED
    both = empty_table([running, running], 0, "")
    assert both.consequence == "All of them are still running."
    assert empty_table([done, unread], 0, "").cause is Cause.LOADING


def test_what_several_scans_did_when_they_were_last_heard_of_is_not_said_of_now() -> None:
    running, lost = a_scan("hunting"), a_scan("hunting")
    lost.observe(
        observation.ConnectionSeen(ID, observation.Connection.STALE, 0.0, is_answered=False)
    )
    assert empty_table([running, lost], 0, "").consequence == (
        "1 of them is still running. 1 of them was running at the last update."
    )
    assert empty_table([lost, lost], 0, "").consequence == (
        "All of them were running at the last update."
    )


def test_what_is_still_to_be_read_counts_for_several_scans_as_well() -> None:
    done, reported = a_scan("completed"), a_scan("hunting", reported=12)
    said = empty_table([done, reported, a_scan("hunting", listed=False, reported=30)], 0, "")
    assert (said.cause, said.fact) == (Cause.LOADING, "Loading findings")
    assert (said.consequence, said.fraction) == ("0 of 42. Rows appear as they arrive.", 0.0)
    said = empty_table([done, a_scan("hunting", listed=False)], 0, "")
    assert (said.fact, said.consequence) == (
        "Loading findings for payments-api",
        "Rows appear as they arrive.",
    )


@pytest.mark.parametrize(
    ("connection", "error"),
    [
        (observation.Connection.SIGNED_OUT, None),
        (observation.Connection.GONE, None),
        (observation.Connection.STALE, NAME_NOT_FOUND),
    ],
)
def test_nothing_loads_where_nothing_comes(
    connection: observation.Connection, error: HeimdallError | None
) -> None:
    unread = Scan(ID, ServerUrl("http://localhost"))
    unread.observe(observation.RepoRead(ID, "payments-api", "main"))
    unread.observe(observation.ConnectionSeen(ID, connection, 0.0, error=error, is_answered=False))
    said = empty_table([unread], 0, "")
    assert (said.cause, said.fact) == (
        Cause.UNREAD,
        "Findings for payments-api haven't been loaded.",
    )
    assert said.consequence == "This does not mean the code is clean."
    said = empty_table([unread, a_scan("hunting"), unread], 0, "")
    assert said.fact == "Findings for 2 scans haven't been loaded."
    one_comes = empty_table([unread, a_scan("hunting", listed=False)], 0, "")
    assert one_comes.cause is Cause.LOADING


def test_files_that_were_not_scanned_are_said_with_the_end() -> None:
    scan = leave_unlooked(a_scan("completed", ("ingest", "completed")), 4)
    said = empty_table([scan], 0, "")
    assert said.cause is Cause.NOT_SCANNED
    assert said.consequence.endswith(
        " 4 files were not scanned. This does not mean the code is clean."
    )


def test_several_scans_are_as_clear_as_the_least_of_them() -> None:
    done, missed = a_scan("completed"), leave_unlooked(a_scan("completed"), 1)
    said = empty_table([done, missed], 0, "")
    assert (said.cause, said.fact) == (Cause.NOT_SCANNED, "All 2 scans finished with no findings.")
    assert (
        said.consequence
        == "The scan of payments-api is incomplete. This does not mean the code is clean."
    )
    said = empty_table([missed, missed], 0, "")
    assert said.consequence == "2 of them are incomplete. This does not mean the code is clean."


def test_findings_that_are_counted_and_not_listed_are_no_all_clear() -> None:
    scan = a_scan("completed", reported=3)
    assert empty_table([scan], 0, "").cause is Cause.LOADING
    scan.observe(observation.Settled(ID, is_settled=True))
    said = empty_table([scan], 0, "")
    assert (said.cause, said.fact) == (
        Cause.NOT_SCANNED,
        "The server counts 3 findings, but lists none.",
    )
    assert said.consequence == "This does not mean the code is clean."
    said = empty_table([a_scan("completed"), scan], 0, "")
    assert said.cause is Cause.NOT_SCANNED
    assert said.fact == "payments-api: The server counts 3 findings, but lists none."


def test_a_table_whose_findings_are_all_snoozed_is_no_all_clear() -> None:
    said = words.empty_table([a_scan("completed")], 2, "", 1, now=BEGAN, snoozed=2)
    assert said.fact == "2 findings are snoozed, 1 of them critical."
    assert (
        said.consequence == "Findings that are confirmed or raised in severity return immediately."
    )
    assert said.way is Way.SHOW_SNOOZED
    filtered = words.empty_table([a_scan("completed")], 5, "sev:low", now=BEGAN, snoozed=2)
    assert filtered.fact == "5 findings are hidden by this filter. 2 of them are snoozed."
    assert filtered.way is Way.CLEAR_FILTER


# -- Commands: their keys, and finding them by a few letters. --


def test_a_title_may_change_while_the_command_stays_the_same() -> None:
    unread = 0
    command = Command("inbox", lambda: f"Inbox, {unread} unread", print)
    assert command.title == "Inbox, 0 unread"
    unread = 3
    assert (command.title, command.id) == ("Inbox, 3 unread", "inbox")


def test_a_group_has_a_heading() -> None:
    assert Group.GO_TO.title == "Go to"


@pytest.mark.parametrize("keys", ["J", "/", "?", "Shift+N", "+"])
def test_one_character_alone_is_a_letter(keys: str) -> None:
    assert is_letter(keys)


@pytest.mark.parametrize("keys", ["Ctrl+F", "F5", "Esc", "Alt+1", "Ctrl++", "Shift+F6"])
def test_chords_and_named_keys_are_not(keys: str) -> None:
    assert not is_letter(keys)


@pytest.mark.parametrize(
    "keys", ["Ctrl+K", "Alt+1", "F7", "Shift+F7", "J", "Shift+J", "?", "Ctrl++"]
)
def test_keys_that_neither_type_nor_move_are_free(keys: str) -> None:
    assert has_free_key(keys)


@pytest.mark.parametrize(
    "keys", ["Space", "Return", "Shift+Return", "Home", "Del", "Tab", "Up", ""]
)
def test_keys_that_type_or_move_are_not(keys: str) -> None:
    assert not has_free_key(keys)


def test_what_is_chosen_as_it_was_at_first_is_no_choice() -> None:
    add, find = (
        Command(id_, id_, lambda: None, (key,)) for id_, key in (("add", "A"), ("find", "F"))
    )
    choices = with_keys((), add, ("Ctrl+A",))
    choices = with_keys(choices, find, ())
    assert choices == (KeyChoice("add", ("Ctrl+A",)), KeyChoice("find", ()))
    assert with_keys(choices, add, ("A",)) == (KeyChoice("find", ()),)


# -- A few letters find a command, the likeliest first --


NAMES = ["Add scans", "payments-api", "Resynchronise payments-api", "Play the demo", "Víðarr"]


def found(wanted: str, recent: tuple[int, ...] = ()) -> list[str]:
    return [NAMES[place] for place in ranked(wanted, NAMES, recent)]


def test_the_beginning_of_a_name_comes_before_that_of_a_word() -> None:
    assert found("pay") == ["payments-api", "Resynchronise payments-api"]


def test_words_are_found_in_any_order_and_all_of_them_have_to_be() -> None:
    assert found("api resync") == ["Resynchronise payments-api"]
    assert found("api demo") == []


def test_letters_are_found_in_pieces_that_begin_words() -> None:
    assert found("pld") == ["Play the demo"]
    assert found("asc") == ["Add scans"]
    assert found("dd") == ["Add scans"]
    assert found("plmo") == []


def test_capitals_and_accents_make_no_difference() -> None:
    assert found("VI") == ["Víðarr"]


def test_equals_stay_in_their_order_unless_one_was_used_of_late() -> None:
    names = ["Sort by file", "Sort by severity", "Sort by scan"]
    assert ranked("sort", names) == [0, 1, 2]
    assert ranked("sort", names, [2, 1]) == [2, 1, 0]


def test_nothing_typed_finds_everything() -> None:
    assert found("  ") == NAMES


@given(st.text(), st.lists(st.text()))
def test_each_name_is_found_by_itself_and_no_place_comes_twice(
    wanted: str, names: list[str]
) -> None:
    places = ranked(wanted, [*names, wanted])
    assert len(names) in places
    assert len(set(places)) == len(places)
