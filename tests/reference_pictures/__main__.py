"""Take a picture of every scene and all controls in both themes, and compare with those written.

    python -m tests.reference_pictures                 compare; 0 the same, 1 not, 3 cannot be said
    python -m tests.reference_pictures --write         write them, once a change of looks is wanted
    python -m tests.reference_pictures --against main  compare with another commit, in full

Where pictures differ, both are left in a folder with a page that shows them side by side; only the
last form has the former ones sharp, since what is written of a picture is a few bytes. Scenes may
be named. Time is scripted and stands still; fonts, language and density are never the machine's.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import html
import json
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

os.environ["QT_API"] = "pyside6"

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QRect, Qt, qVersion
from PySide6.QtGui import QImage, QRawFont
from PySide6.QtWidgets import QApplication

from heimdall_desktop.widgets.look.app_style import dress
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from tests.fakes.shown_window import ShownWindow
from tests.lab.gallery import Gallery, front
from tests.lab.gallery_scenes import SCENES
from tests.reference_pictures.control_sheet import sheet
from tests.reference_pictures.squares import Difference, Squares, from_texts, to_texts

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
PICTURES = HERE / "pictures"
VERSIONS = HERE / "versions.txt"  # in each of them the pictures were seen to be the same
THEMES = (ThemeMode.LIGHT.value, ThemeMode.DARK.value)
FIRST = "live"  # most others are like it
WIDTH_PX, HEIGHT_PX = 1440, 896  # whole squares
#: Sheets of all controls: the zoom in percent and the reading direction.
SHEETS = {
    "controls-80-rtl": (80, Qt.LayoutDirection.RightToLeft),
    "controls-100-ltr": (100, Qt.LayoutDirection.LeftToRight),
    "controls-150-rtl": (150, Qt.LayoutDirection.RightToLeft),
}
PICTURED = (*SCENES, *SHEETS)
SETTLING_TURNS = 20
DIFFERENT, CANNOT_BE_SAID = 1, 3
RESULTS = "differences.json"
MODULE = "tests.reference_pictures"
#: All that says how Qt draws: nothing of the machine's own is left.
SURROUNDINGS = {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_FONT_DPI": "96",
    "QT_SCALE_FACTOR": "1",
    "FONTCONFIG_FILE": str(HERE / "fonts.conf"),
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "0",
}

Name = tuple[str, str]  # of a picture: the scene and the theme


def surroundings() -> dict[str, str]:
    """Return the environment in which pictures are always the same."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "LC_"))}
    return {**own, **SURROUNDINGS}


def all_names(scenes: Sequence[str] = ()) -> list[Name]:
    """Return the pictures of some scenes, or of all, in the order in which they are taken."""
    return [(scene, theme) for scene in scenes or PICTURED for theme in THEMES]


def take(app: QApplication, scenes: Sequence[str] = ()) -> Iterator[tuple[Name, QImage]]:
    """Yield the pictures; each scene has a window of its own, so that none depends on another."""
    QLocale.setDefault(QLocale.c())
    app.setCursorFlashTime(0)
    theme = Theme(CHECKOUT / "resources", ThemeMode.LIGHT)
    dress(app, theme)
    for scene in scenes or PICTURED:
        if scene in SHEETS:
            zoom, direction = SHEETS[scene]
            theme.set_zoom(zoom / 100)
            for mode in THEMES:
                theme.set_mode(ThemeMode(mode))
                yield (scene, mode), sheet(theme, direction)
            continue
        theme.set_mode(ThemeMode.LIGHT)
        theme.set_zoom(1.0)
        shown = ShownWindow(WIDTH_PX, HEIGHT_PX).show()
        Gallery(theme, shown).show_scene(scene)
        for mode in THEMES:
            theme.set_mode(ThemeMode(mode))
            yield (scene, mode), picture(shown)
        shown.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def picture(shown: ShownWindow) -> QImage:
    """Let all happen that a window does of itself, also by the second, and take its picture.

    Of a dialog, popup or wallboard that is open, its own.
    """
    shown.window.setUpdatesEnabled(False)  # it is drawn once, for the picture
    shown.ticker.second.emit()
    for _ in range(SETTLING_TURNS):
        QApplication.processEvents()
    shown.window.setUpdatesEnabled(True)
    return front(shown).grab().toImage()


def versions() -> str:
    """Name what pictures depend on besides the code. Needs a running `QApplication`."""
    font = QRawFont.fromFont(QApplication.font())
    revision = font.fontTable("head").data()[4:8]
    number = struct.unpack(">i", revision)[0] / 65536 if revision else 0.0
    return f"Qt {qVersion()}, FreeType {_freetype_version()}, {font.familyName()} {number:.2f}"


def _freetype_version() -> str:
    try:
        library = ctypes.CDLL("libfreetype.so.6")  # the one that Qt uses
    except OSError:
        return "of its own"
    handle, parts = ctypes.c_void_p(), [ctypes.c_int() for _ in range(3)]
    library.FT_Init_FreeType(ctypes.byref(handle))
    library.FT_Library_Version(handle, *map(ctypes.byref, parts))
    return ".".join(str(part.value) for part in parts)


def read_written() -> dict[Name, Squares]:
    written = {}
    for theme in THEMES:
        files = {scene: PICTURES / f"{scene}-{theme}.txt" for scene in _in_order()}
        texts = {scene: file.read_text("ascii") for scene, file in files.items() if file.exists()}
        written.update({(scene, theme): each for scene, each in from_texts(texts).items()})
    return written


def write(pictures: Mapping[Name, Squares]) -> None:
    """Write all pictures and no other, and that they are those of our versions."""
    PICTURES.mkdir(exist_ok=True)
    for file in PICTURES.iterdir():
        file.unlink()
    for theme in THEMES:
        texts = to_texts({scene: pictures[scene, theme] for scene in _in_order()})
        for scene, text in texts.items():
            (PICTURES / f"{scene}-{theme}.txt").write_text(text, "ascii")
    known = VERSIONS.read_text("ascii").splitlines() if VERSIONS.exists() else []
    VERSIONS.write_text("\n".join(sorted({*known, versions()})) + "\n", "ascii")


def _in_order() -> list[str]:
    return [FIRST, *(scene for scene in PICTURED if scene != FIRST)]


class Report:
    """Which pictures look different, and a page that shows them.

    Args:
        folder: for the page and its pictures; made if need be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._told: dict[str, list[str]] = {}
        self._rows: list[str] = []

    def add(self, name: Name, was: QImage, now: QImage, found: Sequence[Difference]) -> None:
        """Keep both pictures, and where they differ."""
        title = "-".join(name)
        self._told[title] = [str(each) for each in found]
        for kind, image in (("was", was), ("is", now)):
            image.save(str(self._folder / f"{title}.{kind}.png"))
        marks = "".join(_mark(each.region) for each in found)
        sides = "".join(
            f'<div><img src="{html.escape(title)}.{kind}.png">{marks}</div>'
            for kind in ("was", "is")
        )
        reported = html.escape("\n".join(self._told[title]))
        self._rows.append(f"<h2>{html.escape(title)}</h2><pre>{reported}</pre><nav>{sides}</nav>")

    def end(self) -> bool:
        """Write the page and say all of it; return whether anything differs."""
        style = (
            "nav{display:flex;gap:16px} nav div{position:relative} nav img{display:block}"
            "nav i{position:absolute;outline:2px solid #f0f;box-sizing:border-box}"
        )
        page = f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(self._rows)}"
        (self._folder / "index.html").write_text(page, "utf-8")
        (self._folder / RESULTS).write_text(json.dumps(self._told, indent=1), "utf-8")
        for title, reported in self._told.items():
            print(f"{title} looks different:", *reported, sep="\n  ")  # noqa: T201
        if self._told:
            print(f"{len(self._told)} pictures differ: see {self._folder / 'index.html'}")  # noqa: T201
        return bool(self._told)


def _mark(region: QRect) -> str:
    left, top, width, height = region.x(), region.y(), region.width(), region.height()
    return f'<i style="left:{left}px;top:{top}px;width:{width}px;height:{height}px"></i>'


def compare(app: QApplication, scenes: Sequence[str], folder: Path, *, is_writing: bool) -> int:
    """Compare with what is written, and write what is different; return the exit status."""
    if not is_writing:
        noted = VERSIONS.read_text("ascii").splitlines()
        if versions() not in noted:
            print(f"These are {versions()}; the pictures are those of {'; '.join(noted)}.")  # noqa: T201
            return CANNOT_BE_SAID
    written, report, kept = read_written(), Report(folder), {}
    for name, image in take(app, scenes):
        squares, was = Squares.of(image), written.get(name, Squares([]))
        found = was.differences(squares)
        kept[name] = squares if found else was
        if found:
            report.add(name, was.image(), image, found)
    is_different = report.end()
    if is_writing:
        write(kept)
        total = sum(file.stat().st_size for file in PICTURES.iterdir())
        print(f"{len(kept)} pictures are written in {total} bytes.")  # noqa: T201
        return 0
    return DIFFERENT if is_different else 0


def _compare_commit(app: QApplication, scenes: Sequence[str], folder: Path, commit: str) -> int:
    report = Report(folder)
    with tempfile.TemporaryDirectory() as place:
        archive = subprocess.run(
            ["git", "archive", commit], cwd=CHECKOUT, check=True, capture_output=True
        ).stdout
        checkout, former = Path(place, "checkout"), Path(place, "pictures")
        checkout.mkdir()
        subprocess.run(["tar", "-x", "-C", checkout], input=archive, check=True)
        program = [sys.executable, "-m", MODULE, "--take", str(former), *scenes]
        subprocess.run(program, cwd=checkout, check=True)
        for name, image in take(app, scenes):
            was = QImage(str(former / f"{'-'.join(name)}.png"))
            found = Squares.of(was).differences(Squares.of(image))
            if found:
                report.add(name, was, image, found)
    return DIFFERENT if report.end() else 0


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog=f"python -m {MODULE}")
    parser.add_argument("scenes", metavar="SCENE", nargs="*", help="all, if none is named")
    parser.add_argument("--into", metavar="FOLDER", type=Path, help="for pictures that differ")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="take over how the window looks now")
    what.add_argument("--against", metavar="COMMIT", help="compare with its window")
    what.add_argument("--take", metavar="FOLDER", type=Path, help="only save pictures")
    given = parser.parse_args()
    unknown = [scene for scene in given.scenes if scene not in PICTURED]
    if unknown:
        parser.error(f"there is no scene {unknown[0]}")
    if given.write and given.scenes:
        parser.error("--write is for all scenes")
    if any(os.environ.get(name) != value for name, value in SURROUNDINGS.items()):
        again = [sys.executable, "-m", MODULE, *sys.argv[1:]]
        os.execve(sys.executable, again, surroundings())  # noqa: S606
    gc.disable()  # takes a third of the time
    app = QApplication([])
    folder = given.into or CHECKOUT / "screenshots" / "reference"
    if given.take is not None:
        given.take.mkdir(parents=True, exist_ok=True)
        for name, image in take(app, given.scenes):
            image.save(str(given.take / f"{'-'.join(name)}.png"))
        return 0
    if given.against is not None:
        return _compare_commit(app, given.scenes, folder, given.against)
    return compare(app, given.scenes, folder, is_writing=given.write)


if __name__ == "__main__":
    sys.exit(main())
