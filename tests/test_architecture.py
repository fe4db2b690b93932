"""The shape of the house, where import-linter does not look."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from heimdall_desktop.main import LATE

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "heimdall_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
LAYERS = {"domain", "presentation", "services", "application", "models", "widgets", "local"}

_NAMES = [str(path.relative_to(ROOT)) for path in MODULES]


def teardown_module() -> None:
    _tree.cache_clear()


@cache
def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def _imported(node: ast.AST) -> Iterator[str]:
    """The names of all modules, and of what is taken from them, imported below a node."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            yield from (alias.name for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom) and inner.module:
            yield from (f"{inner.module}.{alias.name}" for alias in inner.names)


@pytest.mark.parametrize("module", MODULES, ids=_NAMES)
def test_a_module_says_its_job_in_the_first_line(module: Path) -> None:
    docstring = ast.get_docstring(_tree(module))

    assert docstring, "no docstring"
    first, *rest = docstring.splitlines()
    assert first.endswith("."), "the first line is no whole sentence"
    assert not rest or not rest[0], "the first sentence runs over its line"


@pytest.mark.parametrize("module", MODULES, ids=_NAMES)
def test_nothing_of_ours_is_imported_inside_a_function(module: Path) -> None:
    late = ("__main__.py", "application/servers/server_session.py")
    if module in {PACKAGE / name for name in late}:
        pytest.skip("may put imports off until arguments are read, a server met")
    functions = (
        node
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    ours = [
        name
        for function in functions
        for name in _imported(function)
        if name.startswith(PACKAGE.name) and name.rpartition(".")[0] not in LATE
    ]
    assert ours == []


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _needed(module: Path, *, is_typed: bool) -> set[str]:
    """The modules of ours that one imports, with or without those it names in types only."""
    tree = _tree(module)
    late = (
        set() if is_typed else {n for e in filter(_is_for_types, tree.body) for n in _imported(e)}
    )
    names = set(_imported(tree)) - late
    return {name if name in _OURS else name.rpartition(".")[0] for name in names} & _OURS


def _dotted(module: Path) -> str:
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


_OURS = {_dotted(module) for module in MODULES}


@pytest.mark.parametrize("is_typed", [False, True], ids=["at run time", "with types"])
def test_no_modules_import_each_other_in_a_ring(is_typed: bool) -> None:
    graph = {_dotted(module): _needed(module, is_typed=is_typed) for module in MODULES}

    TopologicalSorter(graph).prepare()  # raises CycleError, which names the ring


def test_models_know_no_widgets() -> None:
    offenders = [
        str(module.relative_to(ROOT))
        for module in (PACKAGE / "models").rglob("*.py")
        if any("QtWidgets" in name for name in _imported(_tree(module)))
    ]
    assert offenders == []


def test_values_are_all_that_is_taken_from_msgspec_where_nothing_is_decoded() -> None:
    allowed = ("msgspec.Struct", "msgspec.field", "msgspec.Meta", "msgspec.structs.")
    offenders = [
        f"{module.relative_to(ROOT)}: {name}"
        for layer in LAYERS - {"services"}
        for module in (PACKAGE / layer).rglob("*.py")
        for name in _imported(_tree(module))
        if name.startswith("msgspec") and not name.startswith(allowed)
    ]
    assert offenders == []


def test_one_module_knows_the_scanner_of_secrets() -> None:
    """It is no longer maintained, so it must be easy to replace."""
    naming = [module.name for module in MODULES if "detect_secrets" in module.read_text("utf-8")]
    assert naming == ["secret_candidates.py"]


def test_tests_lie_where_their_modules_lie() -> None:
    strays = [
        str(test.relative_to(ROOT))
        for layer in LAYERS
        for test in (ROOT / "tests" / layer).rglob("test_*.py")
        if not _has_subject(test.relative_to(ROOT / "tests"))
    ]
    assert strays == []


def _has_subject(test: Path) -> bool:
    """Whether a module has the name of the test file, or one that the name of the file begins with.

    So that a module whose test would grow too long can have several, like `test_watch_retries`.
    """
    name = test.stem.removeprefix("test_")
    folder = PACKAGE / test.parent
    return any(
        name == subject or name.startswith(f"{subject}_")
        for subject in (path.stem for path in folder.iterdir())
    )


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    kinds = {".py", ".toml", ".md", ".sh", ".lock", ".json", ".yml", ".yaml"}
    places = ("tests", "packaging", "resources", "docs", ".ci", ".github")
    folders = [PACKAGE, *(ROOT / place for place in places)]
    files = [*ROOT.glob("*"), *(path for folder in folders for path in folder.rglob("*"))]
    known = [
        str(path.relative_to(ROOT))
        for path in files
        if path.suffix in kinds and str(ROOT) + "/" in path.read_text(encoding="utf-8")
    ]
    assert known == []


@pytest.mark.parametrize("module", MODULES, ids=_NAMES)
def test_context_managers_end_what_they_began_after_an_error_too(module: Path) -> None:
    """What stands behind a bare `yield` is left out when the block raises."""
    unguarded = [
        f"{function.name}, line {inner.lineno}"
        for function in ast.walk(_tree(module))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and any("contextmanager" in ast.unparse(each) for each in function.decorator_list)
        for inner in _unguarded_yields(function)
    ]
    assert unguarded == []


def _unguarded_yields(node: ast.AST) -> Iterator[ast.Yield]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Yield):
            yield child
        elif not isinstance(child, ast.Try | ast.With | ast.AsyncWith | ast.FunctionDef):
            yield from _unguarded_yields(child)
