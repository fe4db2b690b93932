"""The filter in use: the typed text, its meaning, its mistake, and the scope.

Field, chips and menus all write here, in one language; the table follows. While the text has a
mistake the last valid filter stays active. Source: look.md 5 ("Filter field").
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.seen import SeenFindings
from heimdall_desktop.domain.filters import filter_language
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_terms import Knowledge, Place
from heimdall_desktop.domain.filters.filter_writing import (
    has_field,
    has_term,
    with_only,
    with_repeats,
    with_words,
    without_or_with,
)
from heimdall_desktop.domain.table.ordered_rows import NewMarks
from heimdall_desktop.domain.table.table_layout import (
    SavedView,
    TableLayout,
    Views,
    read_table_layout,
    read_views,
    renamed,
    updated,
    with_place,
    with_view,
    without,
    write_views,
)
from heimdall_desktop.presentation.labels import word_of
from heimdall_desktop.presentation.table_text import first_views

_GROWN = re.compile(r"(?P<rest>(.*\s)?)-?[A-Za-z_]+!?\Z", re.DOTALL)
REST_MS = 800  # how long a value may be missing before that counts as a mistake
_OPERATORS = "<>=!:"


class FilterState(QObject):
    """Owns the text, its filter, and the scan in view.

    Args:
        now: Gives the time, for filters by time.
        names: Gives the names of the scans, for filters by name.
        known: Gives what findings don't know themselves.

    Attributes:
        text: as typed, mistakes included.
        filter: the active one: the last valid one, within the scope.
        error: the mistake in the text, if there is one.
        mistake: the one to show: an unfinished text is none before the typing rests.

    Signals:
        changed: text, mistake or filter have changed.
        mistake_changed: the shown mistake has changed, or is gone.
        moved: time has passed, so filters by time start later.
    """

    changed = Signal()
    mistake_changed = Signal()
    moved = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] | None = None,
        names: Callable[[], Mapping[ScanId, str]] = dict,
        known: Callable[[], Knowledge] = Knowledge,
    ) -> None:
        super().__init__(parent)
        self._now = now or (lambda: datetime.now(UTC))
        self._names, self._known = names, known
        self.text = ""
        self.valid_text = ""
        self.filter = Filter()
        self.error: filter_language.FilterError | None = None
        self.mistake: filter_language.FilterError | None = None
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._tell)

    @property
    def only_stage(self) -> str:
        """The only stage whose findings are shown, in words; "" if there are other filters."""
        stages = self.filter.stages
        is_alone = self.text.startswith("stage:") and " " not in self.text.strip()
        return word_of(next(iter(stages))) if is_alone and len(stages) == 1 else ""

    def set_text(self, text: str) -> None:
        """Set the text; if it has a mistake, only the mistake is kept.

        A word that grows into a field while it is typed no longer filters as a word.
        """
        if text == self.text:
            return
        before, had_error = self.text, self.error is not None
        self.text, self.error = text, None
        try:
            self._use(text)
        except filter_language.FilterError as error:
            self.error = error
            growing = None if had_error else _GROWN.match(before)
            if growing and text.startswith(before) and text[len(before)] in _OPERATORS:
                self._use(growing["rest"])  # its word was the start of a field
        if self.error is not None and self.error.is_unfinished and self.mistake is None:
            self._rest.start(REST_MS)
        else:
            self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self._rest.stop()
        self.mistake = self.error
        self.mistake_changed.emit()

    def _use(self, text: str) -> None:
        parsed = replace(filter_language.parse_filter(text), scan_id=self.filter.scan_id)
        self.valid_text = text
        self.filter = self._meant(parsed, self._now())

    def _meant(self, parsed: Filter, now: datetime) -> Filter:
        return parsed.under(now, self._names(), self._known())

    def fix(self) -> None:
        """Replace the mistake with the probable intention."""
        error, text = self.error, self.text
        if error is not None and error.remedy:
            end = error.position + error.length
            self.set_text(text[: error.position] + error.remedy + text[end:])

    def set_scope(self, scan_id: ScanId | None) -> None:
        if scan_id != self.filter.scan_id:
            self.filter = replace(self.filter, scan_id=scan_id)
            self.changed.emit()

    def follow_scans(self) -> None:
        """Update filters for the current names of scans, and for all that is known beside them."""
        named = self._meant(self.filter, self.filter.circumstances.now or self._now())
        if named != self.filter:
            self.filter = named
            self.changed.emit()

    def let_time_pass(self) -> None:
        """Recalculate filters by time, as often as the change is visible."""
        pace_s, then = self.filter.pace_s, self.filter.circumstances.now
        if pace_s is None or then is None:
            return
        now = self._now()
        if abs((now - then).total_seconds()) >= pace_s:
            self.filter = self._meant(self.filter, now)
            self.moved.emit()

    def set_words(self, field: str, words: Iterable[filter_language.AnyWord]) -> None:
        self.set_text(with_words(self.text, field, words))

    def asked(self, field: str) -> frozenset[filter_language.AnyWord]:
        """Return the words a field is filtered by; none if it is not filtered."""
        if not has_field(self.valid_text, field):
            return frozenset()
        return filter_language.CLOSED_FIELDS[field].passing(self.filter) & frozenset(
            filter_language.words_of(field)
        )

    @property
    def asked_changes(self) -> tuple[str, ...]:
        """The filter for changes since an earlier scan, as it is typed."""
        return self._typed(Place.CHANGE)

    @property
    def asked_proposals(self) -> tuple[str, ...]:
        """The filter for proposed decisions, as it is typed."""
        return self._typed(Place.PROPOSED)

    def _typed(self, place: Place) -> tuple[str, ...]:
        patterns = [each for each in self.filter.patterns if each.place is place]
        return tuple(
            text for each in patterns if not each.is_excluded for text in each.alternatives
        )

    def toggle_word(self, field: str, word: filter_language.AnyWord) -> None:
        self.set_words(field, self.asked(field) ^ {word})

    def set_only(self, field: str, value: str) -> None:
        self.set_text(with_only(self.text, field, value))

    def show_repeats(self, *, are_shown: bool) -> None:
        self.set_text(with_repeats(self.text, are_shown=are_shown))

    def has_term(self, term: str) -> bool:
        return has_term(self.valid_text, term)

    def toggle_term(self, term: str) -> None:
        self.set_text(without_or_with(self.text, term))

    def clear(self) -> None:
        self.set_text("")


# The state of the findings table kept for the next session: its layout, and its marks of new rows.
#
# Menus, header and keys write here; table and model follow.


NAME = "findings-table"  # the name it is kept under
MARKS = "new-findings"  # the name the marks of new findings are kept under


class TableState(QObject):
    """Owns the layout of the table.

    Args:
        memory: where it is kept; None for this session only.

    Signals:
        changed: the layout has changed.
    """

    changed = Signal()

    def __init__(self, memory: WindowMemory | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = memory or WindowMemory()
        self.table_layout = read_table_layout(self._memory.text(NAME))

    def change(self, change: Callable[[TableLayout], TableLayout]) -> None:
        table_layout = change(self.table_layout)
        if table_layout != self.table_layout:
            self.table_layout = table_layout
            self._memory.keep(NAME, table_layout.text)
            self.changed.emit()


def remembered_marks(memory: WindowMemory, seen: SeenFindings | None = None) -> NewMarks:
    """Return the marks, with those of the last session unless their text is damaged or foreign."""
    try:
        words = json.loads(memory.text(MARKS) or "[]")
    except (ValueError, RecursionError):
        return NewMarks(seen=seen)
    ids = words if isinstance(words, list) else []
    return NewMarks((FindingId(found) for found in ids if isinstance(found, str)), seen)


def remember_marks(memory: WindowMemory, marks: NewMarks, scans: Iterable[Scan]) -> None:
    """Keep the marks for the next session, except those of local scans."""
    local = {scan.id for scan in scans if scan.is_local}
    memory.keep(MARKS, json.dumps(marks.remembered(local)))


# The named views, the current one, and whether the filter differs from it.


VIEWS = "views"  # the name they are kept under
ADDED = "added-views"  # set once the views that later versions have were offered


class ViewsState(QObject):
    """Owns the views and remembers each change of them.

    Args:
        state: The filter that views write and are made of.
        table: The sorting and grouping of rows, which a view may keep as well.

    Signals:
        changed: the views, the current one, or whether it is changed, have changed.
        scope_wanted: a view goes to a scan, or to all of them (None).
    """

    changed = Signal()
    scope_wanted = Signal(object)

    def __init__(
        self,
        state: FilterState,
        memory: WindowMemory,
        table: TableState | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._memory = state, memory
        self._table = table or TableState()
        kept, _ = read_views(memory.text(VIEWS))
        self.views = first_views() if kept is None else kept
        if kept is not None and not memory.text(ADDED):  # of a version without that view
            self._set(with_view(kept, first_views()[-1]))
        self._current = ""
        self._deleted: list[tuple[int, SavedView]] = []
        state.changed.connect(self._follow_filter)
        self._table.changed.connect(self.changed)

    @property
    def current(self) -> SavedView | None:
        """The current view: the one chosen last, until the filter is cleared."""
        return next((view for view in self.views if view.name == self._current), None)

    @property
    def is_changed(self) -> bool:
        view, scope = self.current, self._state.filter.scan_id
        if view is None:
            return False
        is_elsewhere = view.has_scope and view.scan_id != scope
        has_layout = bool(view.table_layout)
        kept, shown = read_table_layout(view.table_layout), self._table.table_layout
        is_otherwise = has_layout and _arrangement(kept) != _arrangement(shown)
        return is_elsewhere or is_otherwise or view.text.split() != self._state.text.split()

    @property
    def has_mistake(self) -> bool:
        """Whether the filter as it is typed cannot become a view."""
        return self._state.error is not None

    @property
    def deleted(self) -> str:
        """The name of the last deleted view that can come back; "" for none."""
        return self._deleted[-1][1].name if self._deleted else ""

    def show(self, name: str) -> None:
        view = self._view(name)
        if view is None:
            return
        self._current = name
        self._state.set_text(view.text)
        if view.table_layout:
            kept = read_table_layout(view.table_layout)
            self._table.change(lambda now: replace(now, order=kept.order, group=kept.group))
        if view.has_scope:
            self.scope_wanted.emit(view.scan_id)
        self.changed.emit()

    def add(
        self, name: str, *, has_scope: bool, has_table_layout: bool = False, notifies: bool = False
    ) -> None:
        """Save the current filter as a new view, and make it the current one."""
        present = self._present(name, has_scope=has_scope, has_table_layout=has_table_layout)
        self._set(with_view(self.views, replace(present, notifies=notifies)))
        self._current = self.views[-1].name
        self.changed.emit()

    def update(self) -> None:
        view = self.current
        if view is not None:
            has_table_layout = bool(view.table_layout)
            present = self._present(
                view.name, has_scope=view.has_scope, has_table_layout=has_table_layout
            )
            self._set(updated(self.views, replace(present, notifies=view.notifies)))

    def notify(self, name: str, *, is_on: bool) -> None:
        view = self._view(name)
        if view is not None and view.notifies is not is_on:
            self._set(updated(self.views, replace(view, notifies=is_on)))

    def rename(self, name: str, wanted: str) -> None:
        view = self._view(name)
        if view is None:
            return
        place = self.views.index(view)
        views = renamed(self.views, name, wanted)
        if self._current == name:
            self._current = views[place].name
        self._set(views)

    def move(self, name: str, by: int) -> None:
        view = self._view(name)
        if view is not None:
            self._set(with_place(self.views, view, self.views.index(view) + by))

    def delete(self, name: str) -> None:
        view = self._view(name)
        if view is not None:
            self._deleted.append((self.views.index(view), view))
            self._set(without(self.views, name))

    def undo(self) -> None:
        if self._deleted:
            place, view = self._deleted.pop()
            views = with_view(self.views, view)
            self._set(with_place(views, views[-1], place))

    def _view(self, name: str) -> SavedView | None:
        return next((view for view in self.views if view.name == name), None)

    def _present(self, name: str, *, has_scope: bool, has_table_layout: bool) -> SavedView:
        scan_id: ScanId | None = self._state.filter.scan_id if has_scope else None
        table_layout = _arrangement(self._table.table_layout).text if has_table_layout else ""
        return SavedView(name, self._state.text.strip(), has_scope, scan_id, table_layout)

    def _set(self, views: Views) -> None:
        self.views = views
        self._memory.keep(VIEWS, write_views(views))
        self._memory.keep(ADDED, "1")
        self.changed.emit()

    def _follow_filter(self) -> None:
        if not self._state.text.strip():
            self._current = ""
        self.changed.emit()


def _arrangement(table_layout: TableLayout) -> TableLayout:
    """Return the sorting and grouping of rows, and nothing else of the layout."""
    return TableLayout(order=table_layout.order, group=table_layout.group)
