"""Which findings pass the tests of a filter: tested slice by slice, and again where they change.

A test takes up to 2 us, so 100,000 of them hold a window up; a list in another order, or after
some news, need not be tested again as a whole.
"""

from collections.abc import Callable, Iterator, Sequence

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.table.finding_index import put_in, take_out

SLICE = 8_000  # findings tested at once
FEW = 200  # that have changed: each is found by bisection; for more, looking at all is faster
MANY = 10_000  # that have changed: old versions would fill the memory, so all is tested again


class FilterCache:
    """Knows what passes one filter but for severity, fix and news, which are counted apart.

    `_rows` holds what passed, oldest first. Of what has changed since, it holds what there was
    before, which `_changed` remembers, as long as there are few.

    Args:
        wanted: the filter.
    """

    def __init__(self, wanted: Filter) -> None:
        self.wanted = wanted
        self._has_begun = self._is_whole = False
        self._rows: list[Finding] = []
        self._changed: dict[FindingId, Finding | None] = {}

    @property
    def is_whole(self) -> bool:
        """Whether everything has been tested once."""
        return self._is_whole

    def test(self, scope: Sequence[Finding]) -> Iterator[None]:
        """Test findings, oldest first, slice by slice.

        To abandon it is harmless, and so is to go on when others have been tested meanwhile.
        """
        scope, passes = tuple(scope), self.wanted.matches_others
        self._forget()
        self._has_begun, rows = True, self._rows
        for first in range(0, len(scope), SLICE):
            rows += filter(passes, scope[first : first + SLICE])
            yield
            if self._rows is not rows:
                return
        self._is_whole = True

    def note(self, finding_id: FindingId, before: Finding | None) -> None:
        """Take note that a finding has changed: it was another one before, or had not come."""
        if self._has_begun:
            is_known = len(self._changed) < FEW
            self._changed.setdefault(finding_id, before if is_known else None)
            if len(self._changed) > MANY:
                self._forget()

    def rows(
        self, scope: Callable[[], Sequence[Finding]], find: Callable[[FindingId], Finding | None]
    ) -> Sequence[Finding]:
        """Return what passes now, oldest first, to be read only.

        Args:
            scope: gives all that is to be tested, where that has not been done to the end.
            find: tells how a finding is now.
        """
        if not self._is_whole:
            for _ in self.test(scope()):
                pass
        if self._changed:
            self._test_changed(find)
        return self._rows

    def _test_changed(self, find: Callable[[FindingId], Finding | None]) -> None:
        changed, wanted = self._changed, self.wanted
        if len(changed) <= FEW:
            take_out(self._rows, filter(None, changed.values()))
        else:
            self._rows = [finding for finding in self._rows if finding.id not in changed]
        now = filter(None, map(find, changed))
        put_in(self._rows, [f for f in now if wanted.is_in_scope(f) and wanted.matches_others(f)])
        changed.clear()

    def _forget(self) -> None:
        self._has_begun = self._is_whole = False
        self._rows = []
        self._changed.clear()
