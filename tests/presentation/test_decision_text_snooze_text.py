"""Moments of snoozes as they are read: near ones by the day they are on."""

from datetime import datetime, timedelta

from heimdall_desktop.presentation.decision_text import (
    snooze_offers,
    snooze_word,
    snoozed_text,
    until_texts,
)

NOW = datetime(2026, 7, 1, 14, 30).astimezone()  # a Wednesday


def test_what_can_be_chosen_is_told_with_its_moment() -> None:
    offers = snooze_offers(NOW)
    assert [(each.text, each.at_text) for each in offers] == [
        ("In 1 hour", "15:30"),
        ("Tomorrow", "2 Jul 09:00"),
        ("Next Monday", "6 Jul 09:00"),
        ("In 4 weeks", "29 Jul 09:00"),
    ]
    assert [snooze_word(each.value) for each in offers][::3] == [
        "Snoozed until 1 Jul 15:30",
        "Snoozed until 29 Jul 09:00",
    ]
    assert snooze_word("") == "Unsnoozed"


def test_a_row_tells_until_when() -> None:
    assert until_texts(NOW + timedelta(hours=1), NOW) == ("Until 15:30", "15:30")
    tomorrow = NOW + timedelta(hours=20)
    assert until_texts(tomorrow, NOW) == ("Until tomorrow 10:30", "2 Jul 10:30")
    assert snoozed_text(NOW + timedelta(hours=44), NOW) == "Snoozed until 3 Jul 10:30."
