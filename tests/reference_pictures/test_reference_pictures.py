"""The window looks as it did in every state and theme, and the comparison notices what it must."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel

from heimdall_desktop.widgets.look import theme as theme_module
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import LIGHT
from tests.fakes.shown_window import ShownWindow
from tests.lab.gallery import Gallery
from tests.reference_pictures import __main__ as reference_pictures
from tests.reference_pictures.__main__ import (
    CANNOT_BE_SAID,
    CHECKOUT,
    DIFFERENT,
    HEIGHT_PX,
    MODULE,
    PICTURES,
    RESULTS,
    THEMES,
    WIDTH_PX,
    Report,
    all_names,
    compare,
    picture,
    read_written,
    surroundings,
)
from tests.reference_pictures.squares import Squares, from_texts, to_texts

ENOUGH_S = 300  # all pictures take about 20 s of one processor, which others may need as well


class Compared:
    """What the comparison of all pictures said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        program = [sys.executable, "-m", MODULE, "--into", str(folder)]
        ran = subprocess.run(
            program, cwd=CHECKOUT, env=surroundings(), capture_output=True, text=True, check=False
        )
        self.why_not = ran.stdout.strip() if ran.returncode == CANNOT_BE_SAID else ""
        assert ran.returncode in (0, DIFFERENT, CANNOT_BE_SAID), ran.stderr
        self.differences: dict[str, list[str]] = (
            {} if self.why_not else json.loads((folder / RESULTS).read_text("utf-8"))
        )


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return Compared(tmp_path_factory.mktemp("reference_pictures"))


@pytest.mark.timeout(ENOUGH_S)
@pytest.mark.parametrize("name", ["-".join(name) for name in all_names()])
def test_the_window_looks_as_it_did(compared: Compared, name: str) -> None:
    if compared.why_not:  # in CI, a picture that isn't compared is a check that can't fail
        (pytest.fail if os.environ.get("CI") else pytest.skip)(compared.why_not)
    found = compared.differences.get(name, [])
    assert not found, (
        f"{name} looks different (see {compared.folder / 'index.html'}; if that is wanted:"
        f" python -m {MODULE} --write):\n" + "\n".join(found)
    )


def test_the_pictures_are_those_of_the_scenes_and_small() -> None:
    assert list(read_written()) == sorted(all_names(), key=_as_written)
    assert {file.stem for file in PICTURES.iterdir()} == {"-".join(name) for name in all_names()}
    assert sum(file.stat().st_size for file in PICTURES.iterdir()) < 1_100_000


def _as_written(name: tuple[str, str]) -> tuple[int, bool]:
    scene, theme = name
    return THEMES.index(theme), scene != "live"


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow(WIDTH_PX, HEIGHT_PX).show()
    Gallery(theme, shown).show_scene("stale")
    yield shown
    shown.close()


def test_a_text_that_moved_by_2_px_is_noticed(shown: ShownWindow) -> None:
    was = Squares.of(picture(shown))
    labels = [
        label for label in shown.window.findChildren(QLabel) if label.isVisible() and label.text()
    ]
    assert len(labels) > 8
    for label in labels:
        place = QRect(label.mapTo(shown.window, QPoint()), label.size())
        for x, y in ((2, 0), (0, -2)):
            label.move(label.x() + x, label.y() + y)
            found = was.differences(Squares.of(shown.window.grab().toImage()))
            label.move(label.x() - x, label.y() - y)
            assert found, f"{label.objectName()} {label.text()!r} by {x},{y}"
            assert all(each.region.intersects(place.adjusted(-2, -2, 2, 2)) for each in found)
    assert was.differences(Squares.of(picture(shown))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("text", "muted"),
        ("accent", "failed"),
        ("surface", "alt"),
        ("hairline", "hairline_strong"),
        ("window", "pressed"),
    ],
)
def test_two_colours_that_changed_places_are_noticed(
    shown: ShownWindow, theme: Theme, monkeypatch: pytest.MonkeyPatch, one: str, other: str
) -> None:
    was = Squares.of(picture(shown))
    swapped = {one: getattr(LIGHT, other), other: getattr(LIGHT, one)}
    monkeypatch.setattr(theme_module, "LIGHT", replace(LIGHT, **swapped))
    theme.set_mode(ThemeMode.DARK)
    theme.set_mode(ThemeMode.LIGHT)
    assert was.differences(Squares.of(picture(shown)))


def test_two_severities_that_changed_colours_are_noticed(
    shown: ShownWindow, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    was, colours = Squares.of(picture(shown)), LIGHT.severity
    swapped = replace(colours, critical=colours.high, high=colours.critical)
    monkeypatch.setattr(theme_module, "LIGHT", replace(LIGHT, severity=swapped))
    theme.set_mode(ThemeMode.DARK)
    theme.set_mode(ThemeMode.LIGHT)
    assert was.differences(Squares.of(picture(shown)))


@pytest.mark.parametrize("by", [(-1, 0, 1), (1,), (-1,)])
def test_the_last_level_of_a_colour_is_not(shown: ShownWindow, by: tuple[int, ...]) -> None:
    part = picture(shown).copy(0, 0, 480, 320).convertToFormat(QImage.Format.Format_RGB32)
    chance, bits = random.Random(1), bytearray(part.constBits())
    for n, level in enumerate(bits):
        bits[n] = min(max(level + chance.choice(by), 0), 255)
    other = QImage(bits, part.width(), part.height(), part.format())
    assert other != part
    assert Squares.of(part).differences(Squares.of(other)) == []


def test_it_is_said_where_pictures_differ_by_how_much_and_both_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    was = QImage(320, 160, QImage.Format.Format_RGB32)
    was.fill(QColor("#808080"))
    now = was.copy()
    for x, y in product(range(40, 60), range(50, 60)):
        now.setPixelColor(x, y, QColor("#FFFFFF"))
    found = Squares.of(was).differences(Squares.of(now))
    report = Report(tmp_path)
    report.add(("stale", "dark"), was, now, found)
    assert report.end()
    reported = capsys.readouterr().out
    assert "stale-dark looks different" in reported
    assert "32x16 px at 32,48 differ by up to 95 levels of lightness" in reported
    assert str(tmp_path) in reported
    assert QImage(str(tmp_path / "stale-dark.was.png")) == was
    assert QImage(str(tmp_path / "stale-dark.is.png")) == now


def test_a_picture_of_another_size_differs() -> None:
    one = QImage(320, 160, QImage.Format.Format_RGB32)
    one.fill(QColor("white"))
    assert Squares.of(one).differences(Squares.of(one.copy(0, 0, 320, 144)))


def test_pictures_of_other_fonts_are_not_compared(
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    noted = tmp_path / "versions.txt"
    noted.write_text("Qt 6.0.0, FreeType 2.0.0, Helvetica 1.00\n", "ascii")
    monkeypatch.setattr(reference_pictures, "VERSIONS", noted)
    reported = compare(qapp, ["live"], tmp_path, is_writing=False)
    assert reported == CANNOT_BE_SAID
    assert "the pictures are those of Qt 6.0.0, FreeType 2.0.0" in capsys.readouterr().out


def test_texts_of_pictures_are_read_as_they_were_written(shown: ShownWindow) -> None:
    one = Squares.of(picture(shown))
    shown.window.resize(WIDTH_PX, HEIGHT_PX - 64)
    pictures = {"one": one, "other": Squares.of(picture(shown)), "like it": Squares(one.rows)}
    texts = to_texts(pictures)
    assert from_texts(texts) == pictures
    assert set(texts["like it"].splitlines()) == {"@one"}
    with pytest.raises(ValueError, match="like it refers to one"):
        from_texts({"like it": texts["like it"]})
