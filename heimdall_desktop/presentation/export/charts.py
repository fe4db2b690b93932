"""The charts of the report, as simple marks on a plane that HTML and PDF draw alike.

Sizes assume a page that is 900 wide. Source: design.md §10, pictures 13b.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum

from msgspec import Struct, field

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity, Source, Verdict
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import severity_letter, shortened, source_word, word_of
from heimdall_desktop.presentation.time_text import (
    DAY_S,
    HOUR_S,
    MINUTE_S,
    dated_words,
    minute_text,
    rough_text,
)

CHART_WIDTH = 366  # two of them fit side by side
FOLDERS, BARS = 5, 10
SLICE = 500  # findings counted in one slice: some milliseconds
LETTER_FROM = 15  # a part of a bar that is narrower has no room for its letter
_LABEL_CHARACTERS = 18
_CLOSED = (Verdict.WITHDRAWN, FindingStatus.FIXED)  # these count under no severity
Kind = Severity | Verdict | FindingStatus
_ICON_PX, _ICON_GAP = 14, 6
ICONS = {
    "source-ai": '<path d="M7 2.25l1.4 3.6L12 7.25l-3.6 1.4L7 12.25l-1.4-3.6L2 7.25l3.6-1.4z"/>'
    '<path d="M12.75 10.5v3.5M14.5 12.25H11"/>',
    "source-static": '<path d="M5 3.5L1.5 8 5 12.5M11 3.5L14.5 8 11 12.5"/>',
    "source-dependencies": '<path d="M8 1.75l5.5 3.1v6.3L8 14.25l-5.5-3.1v-6.3z"/>'
    '<path d="M2.75 5L8 8l5.25-3M8 8v6"/>',
    "source-config": '<path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6"/>'
    '<circle cx="10" cy="4.5" r="1.75"/><circle cx="6" cy="11.5" r="1.75"/>',
    "ui-warning": '<path d="M8 2.25l6.25 11H1.75z"/><path d="M8 6.5v3"/>'
    '<circle cx="8" cy="11.4" r=".85" fill="currentColor" stroke="none"/>',
}
"""Icons of the window as they are drawn in the report, in a square of 16, by their names."""
_STEPS_S = (
    *(MINUTE_S, 2 * MINUTE_S, 5 * MINUTE_S, 10 * MINUTE_S, 30 * MINUTE_S),
    *(HOUR_S, 2 * HOUR_S, 6 * HOUR_S, 12 * HOUR_S, DAY_S, 2 * DAY_S, 7 * DAY_S, 30 * DAY_S),
)


class Ink(Enum):
    """The ink of a mark; the value names it in the styles of a page."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    OTHER = "other"
    DONE = "done"
    LINE = "line"
    TEXT = "text"
    MUTED = "muted"

    @staticmethod
    def of(kind: "Kind") -> "Ink":
        """Return the ink of a severity; withdrawn and fixed findings have none."""
        return Ink(kind.value) if isinstance(kind, Severity) else Ink.LINE


class Bar(Struct, frozen=True):
    """A filled rectangle, with the letter of its severity if that fits."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    letter: str = ""


class Words(Struct, frozen=True):
    """A line of text whose baseline is at `y`; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    is_strong: bool = False
    ink: Ink = Ink.TEXT
    size: float = 12.0


class Badge(Struct, frozen=True):
    """The shape of a severity with its letter, in a square of 16."""

    x: float
    y: float
    severity: Severity


class Icon(Struct, frozen=True):
    """One of `ICONS` in the muted ink, in a square of `size`."""

    x: float
    y: float
    name: str
    size: float = _ICON_PX


Mark = Bar | Words | Badge | Icon


class Chart(Struct, frozen=True):
    """A drawing with its heading.

    Attributes:
        note: shown beside the title, less prominent.
        sentence: all of it, for screen readers.
    """

    title: str
    note: str
    height: float
    marks: tuple[Mark, ...]
    sentence: str


class _Tally(Struct):
    """The counts of the charts, with every finding once."""

    severities: Counter[Kind] = field(default_factory=Counter)
    folders: dict[str, Counter[Kind]] = field(default_factory=dict)
    minutes: Counter[int] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)

    def add(self, findings: Sequence[Finding]) -> None:
        """Add findings to the counts."""
        self.severities.update(map(_kind, findings))
        self.minutes.update([int(at.created_at.timestamp()) // MINUTE_S for at in findings])
        self.sources.update(map(source_word, findings))
        for finding in findings:
            if not finding.is_announced:
                self.folders.setdefault(_folder(finding), Counter())[_kind(finding)] += 1


def charts_of(findings: Sequence[Finding], *, has_folders: bool) -> Iterator[Chart | None]:
    """Yield the charts that have something to show, and None after each slice of counting.

    Args:
        findings: the findings to count.
        has_folders: names of folders may be exported.
    """
    tally = _Tally()
    for start in range(0, len(findings), SLICE):
        tally.add(findings[start : start + SLICE])
        yield None
    if findings:
        yield _severity_chart(tally.severities)
        if has_folders:
            yield _folder_chart(tally.folders)
        yield _time_chart(tally.minutes)
        yield _source_chart(tally.sources)


def _kind(finding: Finding) -> Kind:
    if finding.counts_as is not None:
        return finding.counts_as
    is_withdrawn = finding.verdict is Verdict.WITHDRAWN
    return Verdict.WITHDRAWN if is_withdrawn else FindingStatus.FIXED


def _folder(finding: Finding) -> str:
    return (finding.folder or tr("root folder")) if finding.file_name else tr("(no file)")


def _severity_chart(counts: Counter[Kind]) -> Chart:
    kinds = [kind for kind in (*Severity, *_CLOSED) if counts[kind]]
    largest = max(counts.values())
    marks: list[Mark] = []
    text = []
    for row, kind in enumerate(kinds):
        y = 28 * row + 4
        word = word_of(kind)
        if isinstance(kind, Severity):
            marks.append(Badge(0, y, kind))
        marks += [
            Words(24, y + 12, word),
            Bar(100, y + 2, _length(counts[kind], largest, 222), 12, Ink.of(kind)),
            Words(CHART_WIDTH, y + 12, grouped(counts[kind]), "end", is_strong=True),
        ]
        text.append(f"{word} {grouped(counts[kind])}")
    note = tr("%n findings", "", counts.total(), one="%n finding")
    return Chart(tr("By severity"), note, 28 * len(kinds) + 4, tuple(marks), ", ".join(text))


def _folder_chart(folders: Mapping[str, Counter[Kind]]) -> Chart:
    """Return the folders with most findings, and all others as one bar."""
    parts: dict[str | None, Counter[Kind]] = {}
    largest = sorted(folders, key=lambda name: -folders[name].total())[:FOLDERS]
    for name, counts in folders.items():
        parts.setdefault(name if name in largest else None, Counter()).update(counts)
    rows: list[str | None] = [*largest, *([None] if None in parts else [])]
    most = max((parts[row].total() for row in rows), default=1)
    marks: list[Mark] = []
    text = []
    for number, row in enumerate(rows):
        y, total = 22 * number + 4, parts[row].total()
        name = tr("%n more", "", len(folders) - FOLDERS) if row is None else row
        marks.append(Words(0, y + 11, _end_of(name), size=11.5))
        marks += _stack(parts[row], y, 202 / most)
        marks.append(Words(CHART_WIDTH, y + 11, grouped(total), "end", is_strong=True))
        text.append(f"{name} {grouped(total)}")
    letters = [severity_letter(kind) for kind in Severity if any(parts[row][kind] for row in rows)]
    return Chart(
        tr("By folder"), ", ".join(letters), 22 * len(rows) + 4, tuple(marks), ", ".join(text)
    )


def _stack(counts: Counter[Kind], y: float, unit: float) -> Iterator[Bar]:
    x = 128.0
    for kind in (*Severity, *_CLOSED):
        if width := counts[kind] * unit:
            letter = (
                severity_letter(kind) if isinstance(kind, Severity) and width >= LETTER_FROM else ""
            )
            yield Bar(x, y, max(width - 2, 1), 14, Ink.of(kind), letter)  # edges are around it
            x += width


def _time_chart(minutes: Counter[int]) -> Chart:
    first_s, last_s = min(minutes) * MINUTE_S, max(minutes) * MINUTE_S
    step_s = _step_s(last_s - first_s)
    begin = _floor(datetime.fromtimestamp(first_s, UTC), step_s)
    counts: Counter[int] = Counter()
    for minute, count in minutes.items():
        counts[int(minute * MINUTE_S - begin.timestamp()) // step_s] += count
    bars = max(counts) + 1
    slot, most = min(CHART_WIDTH / bars, 60.0), max(counts.values())
    is_days = step_s >= DAY_S or last_s - first_s >= DAY_S
    marks: list[Mark] = []
    text = []
    for number in range(bars):
        at = begin + timedelta(seconds=number * step_s)
        label = dated_words(at, has_year=False) if is_days else minute_text(at)
        height = _length(counts[number], most, 60)
        if counts[number]:
            shown = grouped(counts[number])
            marks.append(Bar(number * slot, 76 - height, slot - 4, height, Ink.DONE))
            middle = number * slot + (slot - 4) / 2
            marks.append(Words(middle, 72 - height, shown, "middle", ink=Ink.MUTED, size=11))
            text.append(f"{label} {shown}")
        if number % 2 == 0:
            marks.append(Words(number * slot, 90, label, ink=Ink.MUTED, size=10.5))
    marks.append(Bar(0, 76, CHART_WIDTH, 1, Ink.LINE))
    note = tr("{span} per bar").format(span=_span(step_s))
    return Chart(tr("By time first seen"), note, 94, tuple(marks), ", ".join(text))


def _source_chart(counts: Counter[str]) -> Chart:
    icons = {word_of(each): f"source-{each.value}" for each in Source if each is not Source.OTHER}
    rows = counts.most_common(FOLDERS + 1)
    most = max(counts.values())
    marks: list[Mark] = []
    for number, (word, count) in enumerate(rows):
        y = 22 * number + 4
        if word in icons:
            marks.append(Icon(0, y, icons[word]))
        marks += [
            Words(_ICON_PX + _ICON_GAP, y + 11, shortened(word, _LABEL_CHARACTERS - 3)),
            Bar(128, y + 1, _length(count, most, 202), 12, Ink.DONE),
            Words(CHART_WIDTH, y + 11, grouped(count), "end", is_strong=True),
        ]
    text = ", ".join(f"{word} {grouped(count)}" for word, count in rows)
    return Chart(tr("By source"), "", 22 * len(rows) + 4, tuple(marks), text)


def _length(count: int, most: int, room: float) -> float:
    """Return a length in proportion to the share, but never too short to be visible."""
    return max(count / most * room, 2.0) if count else 0.0


def _end_of(path: str) -> str:
    is_long = len(path) > _LABEL_CHARACTERS
    return f"…{path[1 - _LABEL_CHARACTERS :]}" if is_long else path


def _step_s(span_s: float) -> int:
    fitting = (step for step in _STEPS_S if span_s / step < BARS - 1)
    return next(fitting, _STEPS_S[-1] * (int(span_s / _STEPS_S[-1] / (BARS - 1)) + 1))


def _floor(at: datetime, step_s: int) -> datetime:
    """Return the start of a moment's bar: at whole steps of its day, long ones at midnight."""
    local = at.astimezone()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if step_s >= DAY_S:
        return midnight
    passed_s = (local - midnight).total_seconds()
    return midnight + timedelta(seconds=passed_s // step_s * step_s)


def _span(step_s: int) -> str:
    if step_s < DAY_S:
        return rough_text(step_s)
    return tr("%n days", "", step_s // DAY_S, one="%n day")
