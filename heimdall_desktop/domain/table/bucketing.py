"""Puts rows together by what they have in common, slice by slice: all at once takes too long."""

from collections import defaultdict
from collections.abc import Callable, Generator, Hashable, Iterator, Sequence

from heimdall_desktop.domain.facts.finding import Finding

SLICE = 20_000  # rows looked at in one turn of the window's loop: about 10 ms

GroupKey = Hashable
Together = dict[GroupKey, list[Finding]]


def slices(rows: Sequence[Finding]) -> Iterator[Sequence[Finding]]:
    """Yield rows in portions for one turn each."""
    for first in range(0, len(rows), SLICE):
        yield rows[first : first + SLICE]


def put_together(
    rows: Sequence[Finding], key: Callable[[Finding], GroupKey]
) -> Generator[None, None, Together]:
    """Put rows together by a key, as they stand, a slice with each step; return them at the end."""
    found: defaultdict[GroupKey, list[Finding]] = defaultdict(list)
    for part in slices(rows):
        for common, finding in zip(map(key, part), part, strict=True):
            found[common].append(finding)
        yield
    return found
