"""What is said of decisions: in the row, above the rows, in the bar, and aloud."""

from datetime import datetime, timedelta

import pytest

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.decision import Act, Field, Result, Touch, WriteNote, WriteState
from heimdall_desktop.domain.facts.finding import FindingStatus
from heimdall_desktop.domain.facts.reason import (
    GivenReason,
    Known,
    KnownReasons,
    ReadReason,
    Reason,
)
from heimdall_desktop.presentation import decision_text
from tests.fakes.findings import FOUND_AT, make_finding

STATUS, SEVERITY = Field.STATUS, Field.SEVERITY
FAULT = errors.ServerFault(errors.Reason.SERVER_FAILED, host="h", answer="HTTP 500, no")
UNCHANGED = errors.ServerFault(errors.Reason.NOT_CHANGED, error=FAULT)
GONE = errors.NotVisible(errors.Reason.NOT_FOUND)


@pytest.mark.parametrize(
    ("state", "error", "said"),
    [
        (WriteState.SENDING, None, "Dismissed, Sending\u2026"),
        (WriteState.SAVED, None, "Dismissed, Ctrl+Z"),
        (WriteState.UNKNOWN, None, "Unknown, checking"),
        (WriteState.REFUSED, UNCHANGED, "Not saved: error 500"),
    ],
)
def test_the_note_in_a_row(
    state: WriteState, error: errors.HeimdallError | None, said: str
) -> None:
    note = WriteNote(STATUS, "dismissed", state, error)
    assert decision_text.note_words(note).sentence == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.SignedOut(errors.Reason.TOKEN_REFUSED, host="h"), "signed out"),
        (GONE, "not found"),
        (errors.ServerUnreachable(errors.Reason.CONNECTION_REFUSED, host="h"), "no connection"),
        (errors.OutcomeUnknown(errors.Reason.ANSWER_LOST, host="h"), "no response"),
        (errors.RequestRefused(errors.Reason.READ_ONLY), "read-only"),
        (
            errors.RequestRefused(errors.Reason.REQUEST_REFUSED, host="h", answer="HTTP 413"),
            "error 413",
        ),
        (errors.RequestRefused(errors.Reason.VALUE_NOT_TAKEN, value="info"), "refused"),
    ],
)
def test_a_reason_in_two_or_three_words(error: errors.HeimdallError, said: str) -> None:
    assert decision_text.short_reason(error) == said


def test_what_came_of_many() -> None:
    result = Result(Act.DO, STATUS, "dismissed", 50, 47, 0, ((UNCHANGED, 2), (GONE, 1)))
    words = decision_text.result_words(result)
    assert (words.fact, words.consequence) == ("47 done, 3 failed.", "3 findings stay selected.")
    assert words.lines[0] == (2, "h returned an error: HTTP 500, no. Checked again: not changed.")
    assert words.retries == 3
    stopped = Result(Act.DO, STATUS, "dismissed", 50, 31, unsent=19)
    assert decision_text.result_words(stopped).fact == "31 done, 19 not sent."
    both = Result(Act.DO, STATUS, "fixed", 9, 1, 0, ((GONE, 1),), unsent=6, unknown=1)
    assert decision_text.result_words(both).fact == "1 done, 1 failed, 6 not sent."
    assert decision_text.result_words(both).consequence.startswith("1 unknown, checking.")


def test_what_may_not_be_logged() -> None:
    words = decision_text.result_words(
        Result(Act.DO, STATUS, "fixed", 1, 1, unlogged=1), "ECB mode"
    )
    assert (words.fact, words.consequence) == (
        "Fixed: ECB mode.",
        "It was changed but may not have been logged.",
    )


def test_what_was_touched_since() -> None:
    touch = Touch("open", FOUND_AT, "66843728-0000")
    words = decision_text.result_words(Result(Act.UNDO, STATUS, "fixed", 3, 2, touches=(touch,)))
    assert words.fact == "2 of 3 undone."
    assert words.consequence == (
        "Another account (66843728) changed it since then; it was left as it is."
    )
    several = Result(Act.UNDO, STATUS, "fixed", 3, 1, touches=(touch, touch))
    assert decision_text.result_words(several).consequence.startswith(
        "2 were changed elsewhere since then"
    )


def test_what_is_under_way() -> None:
    busy = errors.ServerBusy(errors.Reason.SERVER_BUSY, host="h", wait_s=40.0)
    out = errors.SignedOut(errors.Reason.TOKEN_REFUSED, host="h")
    dismissed = Result(Act.DO, STATUS, "dismissed", 50, 31)
    for result, held, left_s, said in (
        (dismissed, None, None, ("Dismissing 31 of 50", "")),
        (dismissed, None, 2.0, ("Dismissing 31 of 50", "")),
        (dismissed, None, 180.0, ("Dismissing 31 of 50", "3 min left")),
        (dismissed, None, 2.5, ("Dismissing 31 of 50", "8 per second, 2 s left")),
        (dismissed, busy, None, ("Paused at 31 of 50", "server busy, waiting 40 s")),
        (dismissed, out, None, ("Paused at 31 of 50", "waiting for you to sign in")),
        (Result(Act.UNDO, STATUS, "dismissed", 50, 31), None, None, ("Undoing 31 of 50", "")),
        (
            Result(Act.REDO, STATUS, "dismissed", 50, 31, unknown=2),
            None,
            None,
            ("Redoing 31 of 50", "2 unknown, checking"),
        ),
        (
            Result(Act.DO, SEVERITY, "low", 50, 31),
            None,
            None,
            ("Setting the severity of 31 of 50", ""),
        ),
    ):
        assert decision_text.running_words(result, held, left_s) == said


def test_names_of_steps_and_offers() -> None:
    assert decision_text.step_text(STATUS, "dismissed", 47) == "Dismissed, 47 findings"
    assert decision_text.step_text(STATUS, "confirmed", 1, "ECB mode") == "Confirmed: ECB mode"
    assert decision_text.step_text(SEVERITY, "low", 3) == "Severity low, 3 findings"
    assert decision_text.similar_act(STATUS, "confirmed", 3) == "Confirm all 3"
    assert decision_text.similar_act(STATUS, "confirmed", 1) == "Confirm it too"
    assert decision_text.similar_act(SEVERITY, "low", 3) == "Set all 3 to Low"


def test_what_is_read_aloud_and_who_did_it() -> None:
    assert decision_text.spoken(STATUS, "confirmed", 12, 50) == "Confirmed, 12 of 50"
    assert decision_text.spoken(STATUS, "confirmed", 0, 50) == "Confirmed"
    own = Touch("open", FOUND_AT, "me", is_own=True)
    for touch, at, said in (
        (own, "at 12:04", "You (elsewhere) changed this to Open at 12:04."),
        (Touch("open"), "", "The scan changed this to Open."),
    ):
        words = decision_text.elsewhere_text(STATUS, "open", "fixed", touch, at)
        assert words == (said, "Was Fixed.")


@pytest.mark.parametrize(
    ("scans", "changed", "count", "is_undone", "said"),
    [
        (["shop"], 0, 1, False, "12:07, shop"),
        ([], 0, 1, False, "12:07"),
        (["shop", "web"], 0, 47, False, "12:07, 2 scans"),
        (["shop"], 0, 1, True, "12:07, undone"),
        (["shop"], 1, 1, True, "12:07, changed elsewhere since then"),
        (["shop"], 1, 3, False, "12:07, 1 changed elsewhere since then"),
        (["shop"], 2, 3, False, "12:07, 2 changed elsewhere since then"),
    ],
)
def test_what_is_said_of_a_step(
    scans: list[str], changed: int, count: int, is_undone: bool, said: str
) -> None:
    assert decision_text.step_note("12:07", scans, changed, count, is_undone=is_undone) == said


def test_several_actions_at_once() -> None:
    for act, fact, step in (
        (Act.UNDO, "3 actions undone.", "Undone: Fixed: ECB mode."),
        (Act.REDO, "3 actions redone.", "Redone: Fixed: ECB mode."),
    ):
        words = decision_text.result_words(Result(act, STATUS, "fixed", 1, 1), "ECB mode", 3)
        assert (words.fact, words.consequence) == (fact, step)


# -- moments of snoozes as they are read: near ones by the day they are on --


NOW = datetime(2026, 7, 1, 14, 30).astimezone()  # a Wednesday


def test_each_snooze_is_offered_with_its_moment() -> None:
    offers = decision_text.snooze_offers(NOW)
    assert [(each.text, each.at_text) for each in offers] == [
        ("In 1 hour", "15:30"),
        ("Tomorrow", "2 Jul 09:00"),
        ("Next Monday", "6 Jul 09:00"),
        ("In 4 weeks", "29 Jul 09:00"),
    ]
    assert [decision_text.snooze_word(each.value) for each in offers][::3] == [
        "Snoozed until 1 Jul 15:30",
        "Snoozed until 29 Jul 09:00",
    ]
    assert decision_text.snooze_word("") == "Unsnoozed"


def test_a_row_says_until_when() -> None:
    assert decision_text.until_texts(NOW + timedelta(hours=1), NOW) == ("Until 15:30", "15:30")
    tomorrow = NOW + timedelta(hours=20)
    assert decision_text.until_texts(tomorrow, NOW) == ("Until tomorrow 10:30", "2 Jul 10:30")
    assert (
        decision_text.snoozed_text(NOW + timedelta(hours=44), NOW) == "Snoozed until 3 Jul 10:30."
    )


def test_what_is_known_of_a_reason_is_said() -> None:
    row = make_finding(1, status=FindingStatus.DISMISSED)
    given = GivenReason(Reason.MITIGATED, "", row.updated_at)
    known = {
        "Mitigated elsewhere": ReadReason(given, row.updated_at),
        "No reason": ReadReason(None, row.updated_at),
        "unknown": ReadReason(None, row.updated_at, is_whole=False),
    }
    for text, read in known.items():
        assert decision_text.reason_text(row, KnownReasons({row.id: read})) == text
    assert decision_text.reason_text(row, KnownReasons({})) == "Not loaded"
    assert decision_text.reason_text(make_finding(2), KnownReasons({})) == ""
    whole = KnownReasons({row.id: known["Mitigated elsewhere"]})
    assert decision_text.reason_sentence(row, whole) == "Reason: Mitigated elsewhere."
    assert decision_text.reason_sentence(row, KnownReasons({})) == ""


def test_what_was_decided_is_named_in_short() -> None:
    assert decision_text.decided_words("dismissed", 12, "title") == ("Dismissed", "12 findings")
    assert decision_text.decided_words("dismissed", 1, "title") == ("Dismissed", "title")
    _, cut = decision_text.decided_words("false_positive", 1, "long " * 40)
    assert len(cut) <= decision_text.DECIDED_SHOWN
    assert cut.endswith("long\u2026")


def test_why_reasons_were_not_saved() -> None:
    fact, more, lines = decision_text.unsaved_words([FAULT], "A title.")
    assert fact == "Reason not saved: A title."
    assert more.endswith("The decision is saved.")
    assert lines == ()
    fact, more, lines = decision_text.unsaved_words([FAULT, None, None], "")
    assert (fact, more) == ("3 reasons weren't saved.", "The decisions are saved.")
    assert lines[0] == (2, "Cancelled.")


def test_for_how_many_a_reason_is_known() -> None:
    counts: dict[Reason | Known, int] = {Reason.TEST_CODE: 20, Known.NONE: 3, Known.UNKNOWN: 1}
    assert decision_text.reasons_known_text(counts) == (
        "The reason is known for 23 of 24 dismissed or false-positive findings: "
        "Test code 20, No reason 3."
    )
    assert decision_text.reasons_known_text({Known.UNKNOWN: 1}) == (
        "The reason is known for 0 of 1 dismissed or false-positive finding."
    )
    assert decision_text.reasons_known_text({}) == ""
