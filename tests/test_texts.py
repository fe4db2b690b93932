"""No text for people is written past the translation: neither a sentence nor a word for a control.

`tests/widgets/window/test_main_window_texts.py` looks at what a window shows; this looks at the
source, so that a text is noticed that is shown seldom. Excepted: the command line (`cli.py`,
`runtime.py`), which is read before any language is known.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from heimdall_desktop import cli
from tests.plain_english import banned_words_in

PACKAGE = Path(__file__).parents[1] / "heimdall_desktop"
CATALOGUE = PACKAGE.parent / "resources" / "translations" / "heimdall_en.ts"
LAYERS = ("domain", "presentation", "services", "application", "models", "widgets")
PRODUCT = {"Heimdall", "Heimdall Desktop"}  # the same in every language

SENTENCE = re.compile(r"^[A-Z][a-z]+ [\w{(]|\w [\w{].*[.…!]$")
WORD = re.compile(r"[A-Za-z]{2,}")
ICON = re.compile(r"[a-z]+(-[a-z0-9]+)+")
#: Take a text for people; the number is how many of the first arguments are one.
DOORS = {
    "Label": 1, "WrappedLabel": 1, "QLabel": 1, "Command": 2, "addAction": 2,
    "addMenu": 1, "setText": 1, "setToolTip": 1, "setStatusTip": 1, "setWhatsThis": 1,
    "setPlaceholderText": 1, "show_tip": 2, "setAccessibleName": 1, "setAccessibleDescription": 1,
    "setWindowTitle": 1, "setTitle": 1, "Problem": 2, "Emptiness": 2,
}  # fmt: skip
WITH_ID = {"Command"}  # which comes before the text
#: What they take is for the log, for a database or for whoever reads a traceback.
FOR_MACHINES = {
    "debug", "info", "warning", "error", "exception", "spawn", "start", "execute", "executescript",
    "compile", "AssertionError", "RuntimeError", "ValueError", "TypeError",
}  # fmt: skip


def teardown_module() -> None:
    parsed.cache_clear()


def test_no_sentence_stands_in_the_source_unmarked() -> None:
    found = [
        f"{place}:{line}: {text!r}"
        for place, tree in sources()
        for text, line in unmarked(tree)
        if SENTENCE.search(text) and text not in PRODUCT
    ]
    assert not found, "\n".join(found)


def test_no_control_and_no_error_takes_an_unmarked_word() -> None:
    errors = names_of_errors()
    found = []
    for place, tree in sources():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            name = name_of(call)
            takes = len(call.args) if name in errors else DOORS.get(name, 0)
            for argument in call.args[name in WITH_ID : takes]:
                for text, line in unmarked(argument):
                    is_word = WORD.search(text) and not ICON.fullmatch(text)
                    if is_word and text.lstrip("\N{EN DASH} ") not in PRODUCT:
                        found.append(f"{place}:{line}: {name}({text!r})")
    assert not found, "\n".join(found)


def test_marked_texts_are_literal() -> None:
    """The extractor sees no f-string, and no text that is put together."""
    found = [
        f"{place}:{call.lineno}"
        for place, tree in sources()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and name_of(call) in {"tr", "tr_noop"}
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert not found, "\n".join(found)


def test_what_is_forgotten_is_found() -> None:
    tree = ast.parse('"""Docstring of it."""\nlog.info("No answer came.")\nx = f"No {y} came."')
    assert [text for text, _line in unmarked(tree)] == ["No ", " came."]
    assert SENTENCE.search("The server is gone.")
    assert SENTENCE.search("Copy row")
    assert not SENTENCE.search("Ctrl+Shift+C")
    assert {"ServerBusy", "DamagedHistory"} <= names_of_errors()


def test_texts_of_the_interface_are_in_plain_english() -> None:
    """Read the catalogue, and the English singulars, which it doesn't contain."""
    catalogue = ElementTree.parse(CATALOGUE)  # noqa: S314 - our own file
    texts = [each.text or "" for each in catalogue.iter("source")]
    texts += [
        each.value.value
        for _place, tree in sources()
        for each in ast.walk(tree)
        if isinstance(each, ast.keyword) and each.arg == "one"
        if isinstance(each.value, ast.Constant) and isinstance(each.value.value, str)
    ]
    assert len(texts) > 2000
    found = [f"{words} in {text!r}" for text in texts if (words := banned_words_in(text))]
    assert not found, "\n".join(found)


def test_no_sentence_is_glued_from_fragments() -> None:
    """Translate whole sentences: each begins like one, and code changes no first letter."""
    catalogue = ElementTree.parse(CATALOGUE)  # noqa: S314 - our own file
    texts = [each.text or "" for each in catalogue.iter("source")]
    found = [text for text in texts if re.match(r"(?!heimdall://)[a-z].*[.!?]$", text)]
    changed = re.compile(r"\[:1\]\.(lower|upper)\(\)|\btr\([^()]*\)\.(lower|capitalize)\(")
    for layer in LAYERS:
        for file in sorted((PACKAGE / layer).rglob("*.py")):
            found += [match[0] for match in changed.finditer(file.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


def test_the_help_text_is_in_plain_english(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.options(["--help"])
    text = capsys.readouterr().out
    assert "exit status:" in text
    assert not banned_words_in(text)


def sources() -> Iterator[tuple[str, ast.Module]]:
    for layer in LAYERS:
        for file in sorted((PACKAGE / layer).rglob("*.py")):
            yield str(file.relative_to(PACKAGE)), parsed(file)
    yield "main.py", parsed(PACKAGE / "main.py")


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def unmarked(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Every literal text below a node that is neither marked nor for machines."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Call) and name_of(node) in {"tr", "tr_noop", *FOR_MACHINES}:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, node.lineno
    for child in ast.iter_child_nodes(node):
        yield from unmarked(child)


def names_of_errors() -> set[str]:
    """The classes that end up in the window as cause and remedy."""
    bases = {
        each.name: {base.id for base in each.bases if isinstance(base, ast.Name)}
        for _place, tree in sources()
        for each in tree.body
        if isinstance(each, ast.ClassDef)
    }
    names = {"HeimdallError"}
    while more := {name for name, above in bases.items() if above & names} - names:
        names |= more
    return names


def name_of(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
