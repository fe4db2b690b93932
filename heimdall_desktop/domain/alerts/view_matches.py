"""Saved views that tell of what is new in them: which finding is told by which view.

A finding is told by the first view that it matches, while it is new, and by none where a rule about
its severity tells it on the desktop. Source: ux.md 1 (13).
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from heimdall_desktop.domain.alerts.rules import Channel, Event, FindingRule, Level, is_open
from heimdall_desktop.domain.comparison import KnownChanges
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.filters.filter_mistakes import FilterError
from heimdall_desktop.domain.table.saved_views import SavedView


class ViewMatches:
    """Knows of each finding whether a saved view is to tell it, or has told it.

    Args:
        now: the clock on the wall, aware.
        names: what the scans are called.
        changes: what has changed in scans that are compared with earlier ones.

    Attributes:
        rule: holds of a finding that a view tells, as long as it matches that view.
        is_told_otherwise: whether a rule about its severity tells a finding on the desktop.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        names: Callable[[], Mapping[ScanId, str]] = dict,
        changes: Callable[[], KnownChanges | None] = lambda: None,
    ) -> None:
        self._now, self._names, self._changes = now, names, changes
        self._in_use: list[SavedView] = []
        self._filters: dict[str, Filter] = {}
        self._waiting: set[FindingId] = set()  # they are new and match none yet
        self._views: dict[FindingId, str] = {}
        self.is_told_otherwise: Callable[[Finding], bool] = lambda _finding: False
        self.rule = FindingRule(
            Event.VIEW, Level.PASSING, Channel.DESKTOP, self._holds, self.view_of
        )

    def use(self, views: Iterable[SavedView]) -> None:
        """Tell from now on of what is new in those of the views that are to notify."""
        in_use = [view for view in views if view.notifies]
        if in_use == self._in_use:
            return
        self._in_use = in_use
        self._filters.clear()
        for view in in_use:
            with suppress(FilterError):
                scope = view.scan_id if view.has_scope else None
                self._filters[view.name] = replace(parse_filter(view.text), scan_id=scope)
        if not self._filters:
            self._waiting.clear()

    def look(self) -> None:
        """Take in the time and the names of scans, before findings are judged."""
        for name, wanted in self._filters.items():
            self._filters[name] = wanted.under(self._now(), self._names(), self._changes())

    def recall(self, finding_id: FindingId, view: str) -> None:
        """An earlier session has told a finding."""
        self._views[finding_id] = view

    def knows(self, finding_id: FindingId) -> bool:
        """Whether a view tells a finding, or has told it."""
        return finding_id in self._views

    def view_of(self, finding_id: FindingId) -> str:
        """Return the name of the view that tells a finding; "" for none."""
        return self._views.get(finding_id, "")

    def claim(self, finding: Finding, *, is_new: bool) -> bool:
        """Return whether a view is to tell a finding from now on.

        Args:
            finding: as it stands.
            is_new: it has come this moment; else it is told only if it was new before.
        """
        if not self._filters or not (is_new or finding.id in self._waiting):
            return False
        self._waiting.discard(finding.id)
        if self.is_told_otherwise(finding):
            return False
        name = next((name for name, each in self._filters.items() if _is_in(each, finding)), None)
        if name is None:
            self._waiting.add(finding.id)
            return False
        self._views[finding.id] = name
        return True

    def drop(self, finding_id: FindingId) -> None:
        """A finding has left."""
        self._waiting.discard(finding_id)

    def _holds(self, finding: Finding) -> bool:
        name = self._views.get(finding.id)
        if name is None or self.is_told_otherwise(finding):
            return False
        wanted = self._filters.get(name)
        if wanted is None:
            return True  # a view that is gone has told it all the same
        in_time = replace(wanted.circumstances, now=None)  # and it was recent then
        return replace(wanted, circumstances=in_time).matches(finding)


def _is_in(wanted: Filter, finding: Finding) -> bool:
    """Whether a new finding that waits for a decision is in a view."""
    return True in wanted.news and is_open(finding) and wanted.matches(finding)
