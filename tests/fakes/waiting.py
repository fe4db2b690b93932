"""How tests wait: for a condition, never for a time, and all of them with the same limit.

The limit is for a machine with much else to do and is no part of what is tested: time that a test
is about comes from a clock of the test's own.
"""

import ast
import asyncio
import inspect
import linecache
import time
from collections.abc import Callable, Iterator, Mapping
from types import CodeType
from typing import TypeVar

T = TypeVar("T")

WAIT_LIMIT_S = 60.0
LOOK_S = 0.02  # some states change without any news
LONGEST_VALUE = 300


async def until(
    holds: Callable[[], T | None],
    *,
    news: asyncio.Event | None = None,
    before: Callable[[], object] = lambda: None,
) -> T:
    """Wait until something is true, and return it.

    Args:
        news: set when it may have become true; it is looked at now and then in any case.
        before: called each time before it is looked at.

    Raises:
        AssertionError: it did not become true; says what was waited for and its last values.
    """
    news = asyncio.Event() if news is None else news
    ends_at_s = time.monotonic() + WAIT_LIMIT_S
    while True:
        news.clear()
        before()
        if found := holds():
            return found
        if time.monotonic() > ends_at_s:
            raise AssertionError(what_was_awaited(holds))
        try:
            async with asyncio.timeout(LOOK_S):
                await news.wait()
        except TimeoutError:
            continue


def block_until(holds: Callable[[], T | None]) -> T:
    """Wait for what other threads or programs do: as `until`, without a loop.

    Raises:
        AssertionError: as `until`.
    """
    ends_at_s = time.monotonic() + WAIT_LIMIT_S
    while not (found := holds()):
        if time.monotonic() > ends_at_s:
            raise AssertionError(what_was_awaited(holds))
        time.sleep(LOOK_S)
    return found


def what_was_awaited(holds: Callable[[], object]) -> str:
    """Return the condition as it is written, and the values that its parts have now."""
    code: CodeType | None = getattr(holds, "__code__", None)
    if code is None:
        return f"waited {WAIT_LIMIT_S:g} s for {holds!r}"
    variables = dict(inspect.getclosurevars(holds).nonlocals)
    variables |= zip(code.co_varnames, getattr(holds, "__defaults__", None) or (), strict=False)
    body = _body_of(code)
    values = (
        variables
        if body is None
        else {
            ast.unparse(part): _value_of(part, {**holds.__globals__, **variables})
            for part in _parts_of(body)
        }
    )
    what = code.co_name if body is None else ast.unparse(body)
    reported = (f"  {name} = {str(value)[:LONGEST_VALUE]}" for name, value in values.items())
    where = f"{code.co_filename}:{code.co_firstlineno}"
    return "\n".join((f"waited {WAIT_LIMIT_S:g} s for {what} ({where})", *reported))


def _body_of(code: CodeType) -> ast.expr | None:
    """Return what a lambda computes; None for other functions."""
    tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    starts = {(line, column) for line, _, column, _ in code.co_positions()}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Lambda)
            and code.co_name == "<lambda>"
            and node.lineno == code.co_firstlineno
            and (node.body.lineno, node.body.col_offset) in starts
        ):
            return node.body
    return None


def _parts_of(body: ast.expr) -> Iterator[ast.expr]:
    """Yield what is compared, and what else a condition consists of."""
    if isinstance(body, ast.BoolOp):
        for each in body.values:
            yield from _parts_of(each)
    elif isinstance(body, ast.UnaryOp):
        yield from _parts_of(body.operand)
    elif isinstance(body, ast.Compare):
        for each in (body.left, *body.comparators):
            if not isinstance(each, ast.Constant):
                yield each
    else:
        yield body


def _value_of(part: ast.expr, variables: Mapping[str, object]) -> object:
    try:
        compiled = compile(ast.Expression(part), "<awaited>", "eval")
        return repr(eval(compiled, dict(variables)))  # noqa: S307 - it is a test's own condition
    except Exception as error:  # noqa: BLE001 - the wait has failed, not this report of it
        return repr(error)
