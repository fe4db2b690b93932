"""Build the manual as HTML that works opened as files, for `packaging/dev.sh manual`.

The pages are those of `docs`. Their tables about filters, keys, alerts and errors are made from
the code, their pictures by the gallery, and their diagrams are drawn as SVG. No network is used.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from string import Formatter

import mmdr
from PySide6.QtCore import QCoreApplication, QEvent, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from heimdall_desktop import __version__, paths
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.choices import FIRST_EVENTS
from heimdall_desktop.domain.facts.errors import Reason
from heimdall_desktop.domain.filters.filter_terms import SYNONYMS
from heimdall_desktop.presentation import error_text, filter_text
from heimdall_desktop.presentation.alerts.setting_text import event_setting
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Group, KeyNote
from heimdall_desktop.widgets.controls.key_names import key_text
from heimdall_desktop.widgets.look.app_style import dress
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from tests.fakes.shown_window import ShownWindow
from tests.lab.gallery import Gallery
from tests.reference_pictures.__main__ import picture

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
#: The pages outside `docs` that its pages lead to.
TOP_PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "LICENSE")
#: Pages for developers: in the manual, but not found by its search.
SEARCHED = ("unattended.md", "server-load.md", "performance.md", "SECURITY.md", "CHANGELOG.md")
#: The scenes of the gallery that the pages show; those that open a page of the panel come last.
PICTURES = (
    *("first-start", "finding", "selected", "completion", "add-scans", "export", "palette"),
    *("reviewing", "accept-all", "finished-not-scanned", "stream-only", "keyring-fails"),
    *("replay", "wallboard", "settings-alerts", "settings-account", "settings-network", "inbox"),
    "compared",
)
PICTURES_BYTES = 1_500_000
THEMES = ("light", "dark")
WIDTH_PX, HEIGHT_PX = 1280, 800
#: What a text that is made of its facts is shown with.
SAMPLE = {
    "count": 2,
    "more": 0,
    "refused": (),
    "values": (),
    "file": "settings.toml",
    "flaw": "",
    "command": "pip install 'heimdall-desktop[local]'",
}

ENTRY = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Error messages</title>
<meta http-equiv="refresh" content="0; url={place}">
<a href="{place}">Error messages</a>
</html>
"""

_PICTURE = re.compile(r"!\[([^\]]+)\]\(pictures/([\w-]+)\.webp\)")
_MADE = re.compile(r"<!-- made: ([\w-]+) -->")
_MERMAID = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"    # (.+)\.")
_REASON = re.compile(r"    Reason\.(\w+): ")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the manual; return the exit status of Sphinx."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the HTML belongs; it is replaced")
    parser.add_argument(
        "--few-pictures", action="store_true", help="only the first one, to check the rest soon"
    )
    options = parser.parse_args(arguments)
    if options.folder.exists() and not (options.folder / "searchindex.js").is_file():
        parser.error(f"{options.folder} isn't a manual; remove it, or choose another folder")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        wanted = PICTURES[:1] if options.few_pictures else PICTURES
        notes = window_parts(source / "pictures", wanted)
        prepare(source, notes)
        if options.folder.exists():
            shutil.rmtree(options.folder)
        command = [sys.executable, "-m", "sphinx", "--builder", "html", "--fail-on-warning",
                   "--keep-going", "--quiet", "--doctree-dir", folder + "/doctrees"]  # fmt: skip
        command += [str(source), str(options.folder)]
        status = subprocess.run(command, check=False).returncode  # noqa: S603 - our own
        write_entries(options.folder / "errors")
        return status


# -- what only a window knows --


def window_parts(pictures: Path, scenes: Sequence[str]) -> list[KeyNote]:
    """Write the pictures of the gallery, in both themes, and return the keys of the window.

    Args:
        pictures: their folder.
        scenes: those of the gallery that are shown.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    pictures.mkdir(parents=True)
    qInstallMessageHandler(_report)
    app = QApplication([])
    theme = Theme(paths.resources(), ThemeMode.LIGHT)
    dress(app, theme)
    notes: list[KeyNote] = []
    for mode in THEMES:  # each in a new window, since scenes leave traces in one
        theme.set_mode(ThemeMode(mode))
        shown = ShownWindow(WIDTH_PX, HEIGHT_PX, version=__version__).show()
        notes = shown.window.commands.shortcuts()
        gallery = Gallery(theme, shown)
        for scene in scenes:
            gallery.show_scene(scene)
            file = pictures / f"{scene}-{mode}.webp"
            if not picture(shown).save(str(file), quality=100):  # without any loss
                raise OSError(f"Couldn't save {file}.")
        shown.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    size = sum(file.stat().st_size for file in pictures.iterdir())
    if size > PICTURES_BYTES:
        raise ValueError(f"the pictures have {size:,} bytes, more than {PICTURES_BYTES:,}")
    return notes


def _report(_kind: object, _context: object, text: str) -> None:
    """Write what Qt reports, except what it says of every window that is not on a screen."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")


# -- the pages --


def prepare(source: Path, notes: Iterable[KeyNote]) -> None:
    """Write everything that Sphinx reads into a folder: the pages of the manual at its top.

    Args:
        source: the folder; pictures that are not there yet are empty files.
        notes: the keys of the window.
    """
    shutil.copytree(DOCS / "manual", source, dirs_exist_ok=True)
    shutil.copytree(DOCS, source / "docs", ignore=shutil.ignore_patterns("manual"))
    for name in TOP_PAGES:
        shutil.copy(ROOT / name, source)
    shutil.copy(ROOT / "resources" / "icons" / "app-icon.svg", source)
    (source / "pictures").mkdir(exist_ok=True)
    for name in (f"{scene}-{theme}.webp" for scene in PICTURES for theme in THEMES):
        (source / "pictures" / name).touch()
    made = {
        name: "\n".join(lines)
        for name, lines in (
            ("filter-fields", filter_fields()),
            ("filter-rules", (f"- {tr(rule)}" for rule in filter_text.RULES)),
            ("keys", keys(notes)),
            ("alerts", alerts()),
            ("errors", errors()),
        )
    }
    own = {path.name for path in (DOCS / "manual").glob("*.md")}
    for page in (*source.glob("*.md"), *(source / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if page.parent == source and page.name in own:
            text = text.replace("](../../", "](").replace("](../", "](docs/")
            text = _PICTURE.sub(_in_both_themes, text)
            text = _MADE.sub(lambda found: made[found[1]], text)
        else:
            text = text.replace("](docs/manual/", "](").replace("](manual/", "](../")
            text = _MERMAID.sub(_drawn(page), text)
            front = {"orphan": "true"} if page.name == "README.md" else {}
            front |= {} if page.name in SEARCHED else {"nosearch": "true"}
            head = "".join(f"{key}: {value}\n" for key, value in front.items())
            text = f"---\n{head}---\n{text}" if head else text
        page.write_text(text, encoding="utf-8")


def _in_both_themes(found: re.Match[str]) -> str:
    text, name = found.groups()
    if name not in PICTURES:
        raise KeyError(f"{name} is not in PICTURES")
    both = (f"![{text}](pictures/{name}-{theme}.webp){{.window .only-{theme}}}" for theme in THEMES)
    return "\n".join(both)


def _drawn(page: Path) -> Callable[[re.Match[str]], str]:
    """Return what draws the diagrams of a page beside it and puts them in its text."""

    def draw(found: re.Match[str]) -> str:
        name = f"{page.stem}-{found.start()}.svg"
        look = '%%{init: {"theme": "neutral", "fontFamily": "arial, sans-serif"}}%%\n'
        drawing = mmdr.render(look + found[1]).svg()
        drawing = drawing.replace("font-size:16px", "font-size:14px")  # it measures narrow fonts
        page.with_name(name).write_text(drawing, encoding="utf-8")
        return f"[![Diagram: {page.stem}]({name}){{.diagram}}]({name})"

    return draw


# -- the tables --


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def filter_fields() -> Iterator[str]:
    """Yield the fields of the filter language, with their words, as the window offers them."""
    rows = []
    for note in filter_text.FIELD_NOTES:
        names = [note.field, *(name for name, field in SYNONYMS.items() if field == note.field)]
        offers = filter_text.complete(f"{note.field}:", len(note.field) + 1, {}).offers
        words = [offer.text for offer in offers] if note.field else []
        rows.append(
            (
                _codes(filter(None, names)) or "(none)",
                tr(note.meaning),
                _codes(words),
                _codes(note.examples),
            )
        )
    return table(("field", "searches", "words", "examples"), rows)


def keys(notes: Iterable[KeyNote]) -> Iterator[str]:
    """Yield the shortcuts by groups, as the sheet in the window shows them."""
    every = list(notes)
    for group in Group:
        rows = [
            (
                note.text,
                " or ".join(f"<kbd>{key_text(each, is_mac=False)}</kbd>" for each in note.keys),
            )
            for note in every
            if note.group is group
        ]
        if rows:
            yield from (f"## {group.title}", "", *table(("action", "keys"), rows), "")


def alerts() -> Iterator[str]:
    """Yield the events that alert, and where each is shown by default."""
    rows = []
    for choice in FIRST_EVENTS:
        title, remark = event_setting(Event(choice.event), ())
        switches = (choice.on_desktop, choice.is_unread, choice.has_sound)
        remark = "" if choice.event == Event.VIEW.value else remark
        rows.append((title, remark, *("yes" if is_on else "no" for is_on in switches)))
    return table(("event", "when", "on the desktop", "unread in the inbox", "sound"), rows)


def errors() -> Iterator[str]:
    """Yield every error with its remedy, below the headings of the code; each has an anchor."""
    source = Path(error_text.__file__).read_text(encoding="utf-8")
    head = ""
    rows: list[tuple[str, str]] = []
    for line in source[source.index("\nWORDS: ") :].splitlines():
        if found := _HEADING.fullmatch(line):
            yield from _errors_below(head, rows)
            head, rows = found[1], []
        elif found := _REASON.match(line):
            words = error_text.WORDS[Reason[found[1]]]
            cause, remedy = _shown(words.cause), _shown(words.remedy)
            if anchor := error_text.manual_anchor(Reason[found[1]]):
                rows.append((f"[{cause}]{{#{anchor}}}", remedy or "\N{EN DASH}"))
    yield from _errors_below(head, rows)


def write_entries(folder: Path) -> None:
    """Write a page for each error that leads to its entry: a link to a file has no anchor."""
    folder.mkdir()
    for anchor in filter(None, map(error_text.manual_anchor, error_text.WORDS)):
        place = f"../errors.html#{anchor}"
        (folder / f"{anchor}.html").write_text(ENTRY.format(place=place), encoding="utf-8")


def _errors_below(head: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield from (f"## {head}", "", *table(("message", "what to do"), rows), "")


def _shown(text: error_text.Text) -> str:
    """Return a text in Markdown, its facts as slanted words."""
    if not isinstance(text, str):
        return text(SAMPLE)
    shown = ""
    for literal, name, _, _ in Formatter().parse(tr(text) if text else ""):
        shown += re.sub(r"([\[\]<>*_])", r"\\\1", literal)
        shown += f"*{name.replace('_s', ' seconds').replace('_', ' ')}*" if name else ""
    return shown


def _codes(texts: Iterable[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts)


if __name__ == "__main__":
    sys.exit(main())
