"""The documents match the program: paths, names and citations exist, and words are plain."""

import ast
import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from heimdall_desktop import cli
from heimdall_desktop.application.runs.unattended import Exit
from tests.plain_english import BANNED_WORDS, banned_words_in

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "heimdall_desktop"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / ".github").rglob("*.md")]
)
#: Read by users and contributors too, but not as Markdown.
FORMS = [
    *(ROOT / ".github").rglob("*.yml"),
    *(ROOT / "packaging").glob("*.sh"),
    ROOT / "packaging" / "module_table.py",
    ROOT / ".pre-commit-config.yaml",
]
SOURCES = [
    path
    for folder in (PACKAGE, ROOT / "tests", ROOT / "packaging")
    for path in (*folder.rglob("*.py"), *folder.rglob("*.sh"))
]
UNATTENDED = ROOT / "docs" / "unattended.md"
README_BYTES = 8 * 1024
PICTURE_BYTES = 150 * 1000
MODULES_ROWS = 60
GLOSSARY_TERMS = 30

_ITEM = r"§?(?:T-)?\d+(?:\.\d+)?(?: \([^)]*\))?"
_CITED = re.compile(
    r"\b(heimdall-api|ux|design|platform|dependencies|style)\.md"
    rf" ((?:{_ITEM})(?:(?:,? and |, | to |-){_ITEM})*)"
)
_NUMBER = re.compile(r"§?((?:T-)?\d+(?:\.\d+)?)(?: \(([^)]*)\))?")
_FEATURE = re.compile(r"\bux\.md (?:§[\d.]+,? )?(?:feature |#)(\d+)")
_ENTRY = re.compile(r"^- \*\*(T-\d+|\d+(?:\.\d+)?)\*\* (.+)$", re.MULTILINE)
_NAMED = re.compile(r"`([\w./]+\.py)::([\w.]+)`")
_PLACE = re.compile(
    r"`((?:heimdall_desktop|tests|packaging|docs|resources|\.github|\.ci)/[\w./-]*)`"
)
_MODULE = re.compile(
    r"`((?:application|domain|local|models|services|widgets)/[\w/]+\.py|main\.py|cli\.py|runtime\.py)`"
)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")

_IDS = [str(page.relative_to(ROOT)) for page in PAGES]


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


# -- citations --


def rules() -> dict[str, dict[str, str]]:
    """Return what docs/rules.md explains: by the name of a guide, then by number."""
    _, *parts = re.split(r"^## (\S+)\.md$", _text(ROOT / "docs" / "rules.md"), flags=re.MULTILINE)
    return {
        name: {entry[1]: entry[2] for entry in _ENTRY.finditer(part)}
        for name, part in zip(parts[::2], parts[1::2], strict=True)
    }


def citations(source: str) -> Iterator[tuple[str, str]]:
    """Yield guide and number of each rule that a text cites."""
    flat = re.sub(r"\s+(?:#:? )?", " ", source)
    for cited in _CITED.finditer(flat):
        for number, of_it in _NUMBER.findall(cited[2]):
            if number.startswith("T-"):
                continue  # found below, wherever they stand
            yield cited[1], number
            if (cited[1], number) == ("ux", "1"):
                yield from (("ux", f"feature {each}") for each in re.findall(r"\b\d+\b", of_it))
    yield from (("ux", f"feature {number}") for number in _FEATURE.findall(flat))
    yield from (("heimdall-api", number) for number in re.findall(r"\bT-\d+\b", flat))


def test_every_rule_that_is_cited_is_explained() -> None:
    known = {(guide, number) for guide, entries in rules().items() for number in entries}
    known |= {("ux", f"feature {each}") for each in re.findall(r"\((\d+)\)", rules()["ux"]["1"])}
    unexplained = {
        f"{guide}.md {number}, cited in {source.relative_to(ROOT)}"
        for source in SOURCES
        for guide, number in citations(_text(source))
        if (guide, number) not in known
    }
    assert unexplained == set()


def test_every_trap_is_explained_in_a_line() -> None:
    traps = [number for number in rules()["heimdall-api"] if number.startswith("T-")]
    assert traps == [f"T-{number}" for number in range(1, 88)]


def test_citations_are_read_in_all_their_forms() -> None:
    guide = "ux"
    text = f"{guide}.md 2.5,\n    # §2.7 (keys) and 9.9; {guide}.md 1 (20, 99); {guide}.md #38."
    assert list(citations(text)) == [
        *(("ux", number) for number in ("2.5", "2.7", "9.9", "1", "feature 20", "feature 99")),
        ("ux", "feature 38"),
    ]


# -- places and names --


@pytest.mark.parametrize("page", PAGES, ids=_IDS)
def test_places_and_links_exist(page: Path) -> None:
    text = _text(page)
    missing = [place for place in _PLACE.findall(text) if not (ROOT / place).exists()]
    missing += [module for module in _MODULE.findall(text) if not (PACKAGE / module).exists()]
    missing += [link for link in _LINK.findall(text) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=_IDS)
def test_names_exist_where_they_are_said_to_be(page: Path) -> None:
    assert [
        f"{place}::{name}"
        for place, name in _NAMED.findall(_text(page))
        if not is_there(place, name)
    ] == []


def is_there(place: str, dotted: str) -> bool:
    """Whether a file defines a name, `Class.method` or `CONSTANT`."""
    file = next((root / place for root in (PACKAGE, ROOT) if (root / place).is_file()), None)
    if file is None:
        return False
    scope: ast.AST = _tree(file)
    for name in dotted.split("."):
        inner = next((node for node in ast.iter_child_nodes(scope) if name in _defined(node)), None)
        if inner is None:
            return False
        scope = inner
    return True


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(_text(file))


def _defined(node: ast.AST) -> set[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {
                each.id
                for target in targets
                for each in ast.walk(target)
                if isinstance(each, ast.Name)
            }
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def test_a_name_that_has_moved_is_noticed() -> None:
    assert is_there("domain/facts/scan.py", "Scan.observe")
    assert is_there("application/watching/poller.py", "IN_VIEW_S")
    assert not is_there("domain/facts/scan.py", "Scan.fold_in")
    assert not is_there("domain/facts/no_such.py", "Scan")


# -- tables and sizes --


def test_the_options_are_those_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.options(["--help"])
    usage = capsys.readouterr().out.partition("options:")[2].partition("exit status:")[0]
    offered = set(re.findall(r"^  (?:-h, )?(--[\w-]+)", usage, re.MULTILINE))
    listed = re.findall(r"^\| `(--[\w-]+)", _text(UNATTENDED), re.MULTILINE)
    assert sorted(listed) == sorted(offered)


def test_the_exit_statuses_are_those_of_the_program() -> None:
    listed = re.findall(r"^\| (\d) \|", _text(UNATTENDED), re.MULTILINE)
    assert listed == [str(int(status)) for status in sorted(Exit)]


def test_the_messages_are_those_of_the_program() -> None:
    quoted = re.findall(r"^\| `(.+)` \| \d \|$", _text(UNATTENDED), re.MULTILINE)
    catalogue = html.unescape(_text(ROOT / "resources" / "translations" / "heimdall_en.ts"))
    assert quoted
    assert [each for each in quoted if f"<source>{each}</source>" not in catalogue] == []


def test_the_readme_stays_short() -> None:
    assert (ROOT / "README.md").stat().st_size <= README_BYTES
    assert (ROOT / "docs" / "main-window.png").stat().st_size <= PICTURE_BYTES
    assert _text(ROOT / "docs" / "modules.md").count("\n| ") <= MODULES_ROWS


def test_the_glossary_has_its_terms_in_order() -> None:
    terms = re.findall(r"^\| \*\*(.+?)\*\*", _text(ROOT / "docs" / "glossary.md"), re.MULTILINE)
    assert len(terms) >= GLOSSARY_TERMS
    assert terms == sorted(terms, key=str.casefold)


# -- wording --


@pytest.mark.parametrize("page", [*PAGES, *FORMS], ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_are_in_plain_english(page: Path) -> None:
    assert banned_words_in(_text(page)) == []


@pytest.mark.parametrize("word", BANNED_WORDS)
def test_a_banned_word_is_found(word: str) -> None:
    assert banned_words_in(f"This is {word.capitalize()}, is it?") == [word.capitalize()]


def test_words_are_found_across_lines_and_beside_code() -> None:
    text = "It is taken\nback: `unlooked` is\na key, {told} a value.\n```sh\nshall\n```\nIt stands."
    assert banned_words_in(text) == ["taken back", "stands"]


def test_only_whole_words_outside_code_count() -> None:
    assert banned_words_in("Recommended: ``a ` told`` and `let\ngo`, {count:,} {mend}.") == []
    assert banned_words_in("One ` alone.\n\nIt shall.\n\nAnother ` alone.") == ["shall"]
