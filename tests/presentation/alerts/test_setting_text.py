"""What the settings say of quiet hours, mutes and times that are typed."""

from datetime import UTC, datetime, timedelta

import pytest

from heimdall_desktop.domain.alerts.delivery import quiet_change
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.choices import FIRST_EVENTS, QuietSpan
from heimdall_desktop.presentation.alerts import setting_text
from heimdall_desktop.presentation.alerts.event_text import EVENTS

NOW = datetime(2026, 5, 13, 12, 0).astimezone()  # a Wednesday, noon on the wall

HELD = "Desktop notifications are held until quiet hours end, then shown as one summary."


def test_each_event_has_words_and_defaults() -> None:
    assert [each.event for each in FIRST_EVENTS] == [event.value for event in Event]
    assert set(EVENTS) == set(Event)


@pytest.mark.parametrize(
    ("views", "remark"),
    [
        ([], "no view notifies yet"),
        (["High in auth"], "“High in auth”"),
        (["A", "B"], "“A” and “B”"),
        (["A", "B", "C"], "3 views notify"),
    ],
)
def test_the_views_that_notify_are_named(views: list[str], remark: str) -> None:
    assert setting_text.event_setting(Event.VIEW, views) == ("Saved view matched", remark)
    assert setting_text.event_setting(Event.HIGH, views) == ("New high finding", "")


def test_times_are_read_as_they_are_typed() -> None:
    times = {"7": 420, "07:05": 425, "0705": 425, "7.05": 425, " 24:00 ": 1440, "24": 1440}
    none = dict.fromkeys(("", "24:01", "25", "7:60", "-1", "7:5", "noon", "7:05 pm"))
    assert {typed: setting_text.read_clock_time(typed) for typed in times} == times
    assert {typed: setting_text.read_clock_time(typed) for typed in none} == none
    for minute in times.values():
        assert setting_text.read_clock_time(setting_text.clock_time(minute)) == minute


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (1320, 420, "22:00 to 07:00, the next day"),
        (0, 1440, "00:00 to 24:00, all day"),
        (540, 1020, "09:00 to 17:00"),
        (420, 420, "07:00 to 07:00, the next day"),
    ],
)
def test_a_span_is_a_sentence_that_says_what_is_not_plain(start: int, end: int, words: str) -> None:
    span = QuietSpan((6, 0), start, end)
    assert setting_text.span_words(span) == f"Monday and Sunday, {words}."
    assert setting_text.span_note(span) == words.partition(", ")[2]


@pytest.mark.parametrize(
    ("hours", "is_quiet", "shown"),
    [
        (10, False, "Next: tonight at 22:00."),
        (2, False, "Next: today at 14:00."),
        (24, False, "Next: tomorrow at 12:00."),
        (60, False, "Next: on Saturday at 00:00."),
        (7, True, "Quiet until 19:00."),
        (24, True, "Quiet until tomorrow 12:00."),
        (60, True, "Quiet until Saturday 00:00."),
    ],
)
def test_quiet_hours_say_when_they_begin_or_end(hours: int, is_quiet: bool, shown: str) -> None:
    change = NOW + timedelta(hours=hours)
    text = setting_text.quiet_text(is_on=True, is_quiet=is_quiet, change=change, now=NOW)
    assert text == f"{HELD} {shown}"


def test_hours_that_never_change_say_so() -> None:
    assert setting_text.quiet_text(is_on=True, is_quiet=True, change=None, now=NOW).endswith(
        "With these settings, quiet hours never end."
    )
    assert setting_text.quiet_text(is_on=True, is_quiet=False, change=None, now=NOW).endswith(
        "No days are selected."
    )


def test_a_mute_says_its_end() -> None:
    assert setting_text.mute_text(None, NOW) == "until it ends"
    assert setting_text.mute_text(NOW + timedelta(hours=4), NOW) == "until 16:00"


def test_what_a_service_calls_itself_stays_short_and_harmless() -> None:
    shown = setting_text.delivery_text("a\u202eb\n" + "x" * 500, None, datetime.now(UTC))
    assert "\u202e" not in shown
    assert "\n" not in shown
    assert len(shown) < 100
    assert setting_text.delivery_text("", None, NOW).startswith(
        "The desktop shows no notifications"
    )


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 3, 28, 23, 0), "Quiet until tomorrow 07:00."),
        (datetime(2026, 10, 24, 21, 0), "Next: tonight at 22:00."),
        (datetime(2026, 10, 24, 23, 0), "Quiet until tomorrow 07:00."),
        (datetime(2026, 10, 25, 1, 0), "Quiet until 07:00."),
    ],
)
def test_hours_go_by_the_clock_on_the_wall_when_it_is_set(at: datetime, shown: str) -> None:
    now = at.astimezone()
    is_quiet, change = quiet_change([QuietSpan()], now)
    text = setting_text.quiet_text(is_on=True, is_quiet=is_quiet, change=change, now=now)
    assert text == f"{HELD} {shown}"
