"""An empty table says why, and is an all-clear only when it is one."""

from collections.abc import Callable, Sequence
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
from tests.fakes.board_scans import leave_not_scanned
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


def settled(scan: Scan) -> Scan:
    scan.observe(observation.Settled(ID, is_settled=True))
    return scan


def lost(scan: Scan) -> Scan:
    seen = observation.ConnectionSeen(ID, observation.Connection.STALE, 0.0, is_answered=False)
    scan.observe(seen)
    return scan


NOT_CLEAN, COMING = "This does not mean the code is clean.", "Rows appear as they arrive."
LOADING, SHORT = (
    "Loading findings for payments-api",
    "The server counts 3 findings, but lists none.",
)
NONE_OF_TWO = "All 2 scans finished with no findings."
IN_TYR = a_scan("tyring", ("ingest", "completed"), ("tyr", "running"))
TYR_FAILED = a_scan("failed", ("ingest", "completed"), ("tyr", "failed"))
IN_HUNT = a_scan("hunting", ("ingest", "completed"), ("hunt", "running"))
DONE, UNREAD = a_scan("completed"), a_scan("completed", listed=False)
RUNNING, FAILED, LOST = a_scan("hunting"), a_scan("failed"), lost(a_scan("hunting"))
MISSED = leave_not_scanned(a_scan("completed"), 1)
COUNTED = settled(a_scan("completed", reported=3))


@pytest.mark.parametrize(
    ("scans", "cause", "fact", "consequence"),
    [
        ([], Cause.NOTHING_WATCHED, "No scans watched yet.",
         "Paste a scan link, or scan a folder on this computer."),
        ([IN_TYR], Cause.NOT_YET, "Scan is in stage 2 of 9, tyr.",
         "The first findings usually come from static analysis."),
        ([IN_HUNT], Cause.NOT_YET, "Scan is in stage 6 of 9, hunt.", "No findings so far."),
        ([a_scan("queued")], Cause.NOT_YET, "The scan is waiting for its turn.",
         "The first findings usually come from static analysis."),
        ([a_scan("hunting", listed=False, reported=4000)], Cause.LOADING, LOADING,
         f"0 of 4\u00a0000. {COMING}"),
        ([a_scan("hunting", listed=False)], Cause.LOADING, LOADING, COMING),
        ([a_scan("hunting", reported=12)], Cause.LOADING, LOADING, f"0 of 12. {COMING}"),
        ([settled(TYR_FAILED)], Cause.STOPPED, "The scan failed in tyr before it found anything.",
         NOT_CLEAN),
        ([settled(a_scan("cancelled"))], Cause.STOPPED,
         "The scan was cancelled before it found anything.", NOT_CLEAN),
        ([a_scan("failed", reported=9)], Cause.LOADING, LOADING, f"0 of 9. {COMING}"),
        ([a_scan("cancelled", reported=9)], Cause.LOADING, LOADING, f"0 of 9. {COMING}"),
        ([FAILED], Cause.STOPPED, "The scan failed before it found anything.",
         f"{NOT_CLEAN} The server may retry."),
        ([leave_not_scanned(a_scan("completed"), 4)], Cause.NOT_SCANNED,
         f"Finished at {BEGAN.astimezone():%H:%M} with no findings.",
         f"No stages were reported. 4 files were not scanned. {NOT_CLEAN}"),
        ([a_scan("completed", reported=3)], Cause.LOADING, LOADING, f"0 of 3. {COMING}"),
        ([COUNTED], Cause.NOT_SCANNED, SHORT, NOT_CLEAN),
        # several scans are as clear as the least of them
        ([DONE, DONE], Cause.FINISHED, NONE_OF_TWO, ""),
        ([DONE, FAILED], Cause.STOPPED, "No findings, but 1 of 2 scans didn't finish.", NOT_CLEAN),
        ([FAILED, FAILED], Cause.STOPPED, "No findings, but 2 of 2 scans didn't finish.",
         NOT_CLEAN),
        ([DONE, RUNNING], Cause.NOT_YET, "No findings yet in 2 scans.",
         "1 of them is still running."),
        ([RUNNING, RUNNING], Cause.NOT_YET, "No findings yet in 2 scans.",
         "All of them are still running."),
        ([RUNNING, LOST], Cause.NOT_YET, "No findings yet in 2 scans.",
         "1 of them is still running. 1 of them was running at the last update."),
        ([LOST, LOST], Cause.NOT_YET, "No findings yet in 2 scans.",
         "All of them were running at the last update."),
        ([DONE, UNREAD], Cause.LOADING, LOADING, COMING),
        ([DONE, a_scan("hunting", listed=False)], Cause.LOADING, LOADING, COMING),
        ([DONE, a_scan("hunting", reported=12), a_scan("hunting", listed=False, reported=30)],
         Cause.LOADING, "Loading findings", f"0 of 42. {COMING}"),
        ([DONE, MISSED], Cause.NOT_SCANNED, NONE_OF_TWO,
         f"The scan of payments-api is incomplete. {NOT_CLEAN}"),
        ([MISSED, MISSED], Cause.NOT_SCANNED, NONE_OF_TWO,
         f"2 of them are incomplete. {NOT_CLEAN}"),
        ([DONE, COUNTED], Cause.NOT_SCANNED, f"payments-api: {SHORT}", NOT_CLEAN),
    ],
)  # fmt: skip
def test_why_nothing_is_shown(
    scans: Sequence[Scan], cause: Cause, fact: str, consequence: str
) -> None:
    said = empty_table(scans, 0, "")
    assert (said.cause, said.fact, said.consequence) == (cause, fact, consequence)
    assert said.fraction == (0.0 if consequence.startswith("0 of ") else None)
    assert (said.way is Way.ADD_SCAN) is not bool(scans)


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
    assert Group.GO_TO.title == "Go to"


@pytest.mark.parametrize(
    ("is_so", "yes", "no"),
    [
        (is_letter, "J / ? Shift+N +", "Ctrl+F F5 Esc Alt+1 Ctrl++ Shift+F6"),
        # free are those that neither type nor move
        (
            has_free_key,
            "Ctrl+K Alt+1 F7 Shift+F7 J Shift+J ? Ctrl++",
            "Space Return Shift+Return Home Del Tab Up",
        ),
    ],
)
def test_kinds_of_keys(is_so: Callable[[str], bool], yes: str, no: str) -> None:
    assert [keys for keys in yes.split() if not is_so(keys)] == []
    assert [keys for keys in no.split() if is_so(keys)] == []
    assert not has_free_key("")


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


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        # the beginning of a name comes before that of a word
        ("pay", ["payments-api", "Resynchronise payments-api"]),
        # words in any order, but all of them
        ("api resync", ["Resynchronise payments-api"]),
        ("api demo", []),
        # pieces that begin words
        ("pld", ["Play the demo"]),
        ("asc", ["Add scans"]),
        ("dd", ["Add scans"]),
        ("plmo", []),
        # without capitals and accents
        ("VI", ["Víðarr"]),
        ("  ", NAMES),
    ],
)
def test_a_few_letters_find_a_command(wanted: str, names: list[str]) -> None:
    assert [NAMES[place] for place in ranked(wanted, NAMES)] == names


def test_equals_stay_in_their_order_unless_one_was_used_of_late() -> None:
    names = ["Sort by file", "Sort by severity", "Sort by scan"]
    assert ranked("sort", names) == [0, 1, 2]
    assert ranked("sort", names, [2, 1]) == [2, 1, 0]


@given(st.text(), st.lists(st.text()))
def test_each_name_is_found_by_itself_and_no_place_comes_twice(
    wanted: str, names: list[str]
) -> None:
    places = ranked(wanted, [*names, wanted])
    assert len(names) in places
    assert len(set(places)) == len(places)
