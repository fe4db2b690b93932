"""Each trap of protocol.md 8 has a test of its number, or its turn is still to come."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1]
TRAPS = range(1, 88)
_NAME = re.compile(r"test((?:_t\d\d)+)_\w")

_SIGNING_IN = "signing in and safety"
#: Traps without a test, and the work that brings it.
OWED = dict.fromkeys((11, 12, 13, 14, 16, 17, 47, 53), _SIGNING_IN)
OWED |= dict.fromkeys((84,), "asking and writing, secrets and accounts")


def traps_of(source: str) -> Iterator[int]:
    """Yield the numbers in the names of a file's tests, `test_t26_…` and `test_t19_t33_…`."""
    if not re.search(r"test_t\d\d_", source):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            named = _NAME.match(node.name)
            yield from map(int, re.findall(r"\d\d", named[1])) if named else ()


@cache
def count_tests() -> Counter[int]:
    """Count the tests of each trap in the whole suite."""
    files = sorted(TESTS.rglob("test_*.py"))
    return Counter(trap for file in files for trap in traps_of(file.read_text(encoding="utf-8")))


def test_every_trap_has_a_test_or_is_owed() -> None:
    tested = count_tests()
    assert [trap for trap in TRAPS if trap not in tested and trap not in OWED] == []
    assert [trap for trap in tested if trap not in TRAPS] == []


def test_a_trap_that_has_a_test_is_owed_no_more() -> None:
    tested = count_tests()
    assert {trap: work for trap, work in OWED.items() if trap in tested} == {}


def test_numbers_are_read_from_the_names_of_tests_only() -> None:
    source = (
        "async def test_t26_it_revives(): ...\n"
        "class Group:\n    def test_t19_t33_no_stream(self): ...\n"
        "def t40_helper(): ...\n"
        "def test_total(): ...\n"
        "# def test_t41_in_a_comment(): ...\n"
    )
    assert sorted(traps_of(source)) == [19, 26, 33]
