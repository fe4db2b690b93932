"""A notification cleans its own texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.services.notifier import protocol


def test_texts_are_clean_however_they_were_given() -> None:
    notification = protocol.Notification("key", "a\ntitle " + "x" * 100, "a\x00body")

    assert notification.title.startswith("a title x")
    assert len(notification.title) <= 60
    assert notification.body == "a body"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SQL injection in orders.py", "SQL injection in orders.py"),
        ("two\nlines\tand\x00a\x1b[31mzero", "two lines and a [31mzero"),
        ("turned \u202eyp.oliam\u202c round", "turned yp.oliam round"),
        ("a lone \ud800 surrogate", "a lone surrogate"),
        ("  \u2028 ", ""),
        ("naïve 漢字 🛡", "naïve 漢字 🛡"),
    ],
)
def test_cleans(text: str, expected: str) -> None:
    assert protocol.clean(text) == expected


def test_only_a_long_title_is_cut_and_keeps_the_file_name() -> None:
    assert protocol.shortened("x" * protocol.LONGEST_TITLE) == "x" * protocol.LONGEST_TITLE
    title = "Critical: Deserialization of data another user controls in session_loader.py"
    short = "Critical: Deserialization of data anot… in session_loader.py"
    assert protocol.shortened(title) == short


@given(st.text())
def test_any_title_fits_and_can_go_over_the_bus(title: str) -> None:
    fitting = protocol.shortened(protocol.clean(title))

    assert len(fitting) <= protocol.LONGEST_TITLE
    assert "\x00" not in fitting
    fitting.encode()
