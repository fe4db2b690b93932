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
    *(ROOT / "packaging").rglob("*.sh"),
    *(ROOT / "packaging").rglob("*.in.*"),
    *(ROOT / "packaging").glob("*.py"),
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
MODULES_ROWS = 70
GLOSSARY_TERMS = 30

#: The pages that code cites, and the number of every rule on them.
RULES = ("protocol", "behaviour", "look")
_ITEM = r"(?:T-|feature )?\d+(?:\.\d+)?(?: \([^)]*\))?"
_CITED = re.compile(rf"\b({'|'.join(RULES)})\.md ((?:{_ITEM})(?:(?:,? and |, | to |-){_ITEM})*)")
_NUMBER = re.compile(r"((?:T-|feature )?\d+(?:\.\d+)?)(?: \(([^)]*)\))?")
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
_NUMBERED = re.compile(r"((?:T-|feature )?\d+(?:\.\d+)?) .+")
_QUOTED = re.compile(r"\barchitecture\.md ((?:\"[^\"]+\"(?:, | and )?)+)")
_NAMED = re.compile(r"`([\w./]+\.py)::([\w.]+)`")
_PLACE = re.compile(
    r"`((?:heimdall_desktop|tests|packaging|docs|resources|\.github|\.ci)/[\w./-]*)`"
)
_MODULE = re.compile(
    r"`((?:application|domain|local|models|presentation|services|widgets)/[\w/]+\.py"
    r"|main\.py|cli\.py|runtime\.py)`"
)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")

_IDS = [str(page.relative_to(ROOT)) for page in PAGES]


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


# -- citations --


def headings(page: str) -> list[str]:
    """Return the headings of a page in `docs`."""
    return _HEADING.findall(_text(ROOT / "docs" / f"{page}.md"))


def numbers(page: str) -> list[str]:
    """Return the numbers of the rules on a page, in its order."""
    return [found[1] for each in headings(page) if (found := _NUMBERED.fullmatch(each))]


def citations(source: str) -> Iterator[tuple[str, str]]:
    """Yield page and number, or page and heading, of each rule that a text cites."""
    flat = re.sub(r"\s+(?:#:? )?", " ", source)
    for cited in _CITED.finditer(flat):
        for number, part in _NUMBER.findall(cited[2]):
            if number.startswith("T-"):
                continue  # found below, with or without its page
            yield cited[1], number
            if (cited[1], number) == ("behaviour", "1"):
                yield from ((cited[1], f"feature {each}") for each in re.findall(r"\b\d+\b", part))
            if cited[1] == "look":
                yield from ((cited[1], name) for name in _components(part))
    for cited in _QUOTED.finditer(flat):
        yield from (("architecture", name) for name in re.findall(r'"([^"]+)"', cited[1]))
    yield from (("protocol", number) for number in re.findall(r"\bT-\d+\b", flat))


def _components(part: str) -> list[str]:
    """Return the names of components in the parentheses after a section of the look."""
    names = (name.strip() for name in re.split('[,:"]', part))
    return [name for name in names if name[:1].isupper()]


def test_every_rule_that_is_cited_is_explained() -> None:
    known = {(page, number) for page in RULES for number in numbers(page)}
    known |= {(page, name) for page in ("look", "architecture") for name in headings(page)}
    unexplained = {
        f"{page}.md {number}, cited in {source.relative_to(ROOT)}"
        for source in SOURCES
        for page, number in citations(_text(source))
        if (page, number) not in known
    }
    assert unexplained == set()


def test_every_trap_is_explained_in_order() -> None:
    traps = [number for number in numbers("protocol") if number.startswith("T-")]
    assert traps == [f"T-{number}" for number in range(1, 88)]


@pytest.mark.parametrize("page", RULES)
def test_a_number_is_explained_once(page: str) -> None:
    assert len(numbers(page)) == len(set(numbers(page)))


def test_citations_are_read_in_all_their_forms() -> None:
    page = "behaviour"
    text = f"{page}.md 2.5,\n    # 2.7 (keys) and 9.9; {page}.md 1 (20, 99); {page}.md feature 38."
    assert list(citations(text)) == [
        *((page, number) for number in ("2.5", "2.7", "9.9", "1", "feature 20", "feature 99")),
        (page, "feature 38"),
    ]
    text = "look" + '.md 5 (Scan card, "Chips"), and architecture' + '.md "Quitting", "qasync".'
    assert list(citations(text)) == [
        *(("look", name) for name in ("5", "Scan card", "Chips")),
        *(("architecture", name) for name in ("Quitting", "qasync")),
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


@cache
def known_words() -> frozenset[str]:
    """Return every word of the code: names of files too, and words inside texts, as of the wire."""
    words = {word for file in SOURCES for word in re.findall(r"\w+", _text(file))}
    return frozenset(words | {file.stem for file in SOURCES})


@pytest.mark.parametrize("page", PAGES, ids=_IDS)
def test_names_in_backticks_are_names_of_the_code(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        return  # of a version that is past
    names = re.findall(r"`([A-Za-z_][\w.]*?)(?:\(\))?`", _text(page))
    words = {word for name in names for word in name.split(".") if not name.endswith(".md")}
    parts = {word for word in words if word.startswith("_") or word.endswith("_")}
    unknown = words - known_words()
    unknown -= {
        part
        for part in parts
        if any(word.startswith(part) or word.endswith(part) for word in known_words())
    }
    assert sorted(unknown) == []


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
