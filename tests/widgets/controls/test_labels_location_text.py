"""File and line come first and whole; the folder gives way in steps."""

import pytest

from heimdall_desktop.widgets.controls.labels import fit_file_line, fit_folder


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (12, "orders.py:88"),
        (11, "orde….py:88"),
        (8, "o….py:88"),
        (7, "….py:88"),
        (2, "….py:88"),
    ],
)
def test_a_file_is_cut_inside_its_name(room: int, shown: str) -> None:
    assert fit_file_line("orders.py:88", room, len) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Dockerfile:22", "Dock…:22"), (".gitlab-ci:7", ".gitl…:7"), ("a long one.py", "a l….py")],
)
def test_names_without_an_extension_keep_their_line(text: str, shown: str) -> None:
    assert fit_file_line(text, len(shown), len) == shown


@pytest.mark.parametrize(
    ("room", "shown"),
    [(13, "shop/auth/web"), (12, "…/auth/web"), (9, "…/web"), (4, ""), (0, "")],
)
def test_a_folder_shows_whole_or_its_end_or_not(room: int, shown: str) -> None:
    assert fit_folder("shop/auth/web", room, len) == shown


def test_no_folder_is_no_folder() -> None:
    assert fit_folder("", 0, len) == ""


def test_a_long_place_is_measured_a_few_times_only() -> None:
    measured: list[str] = []

    def measure(text: str) -> float:
        measured.append(text)
        return len(text)

    assert fit_file_line("n" * 4_000 + ".py:88", 20, measure) == "n" * 13 + "….py:88"
    assert fit_folder("a/" * 2_000 + "b", 6, measure) == "…/a/b"
    assert len(measured) < 40
