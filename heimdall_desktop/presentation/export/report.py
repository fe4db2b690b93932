"""The report: what is said over, under and about the findings, and its charts as simple marks.

HTML and PDF are both made of it, so they say the same and look alike. Measures are those of a page
that is 900 wide with margins of 64. Source: design.md §10, pictures 13b.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, Severity, Verdict, one_line
from heimdall_desktop.presentation.export.contents import Contents, ScanFacts
from heimdall_desktop.presentation.i18n import both, filled, grouped, tr
from heimdall_desktop.presentation.labels import (
    confidence_word,
    severity_word,
    source_word,
    word_of,
)
from heimdall_desktop.presentation.shown_text import shortened
from heimdall_desktop.presentation.time_text import (
    DAY_S,
    HOUR_S,
    MINUTE_S,
    dated_words,
    minute_text,
    moment_text,
    second_text,
    zone_text,
)

PAGE_WIDTH, MARGIN = 900, 64
CHART_WIDTH = 366  # two of them stand side by side
FOLDERS, SCANS_NAMED, BARS = 5, 3, 10
LETTER_FROM = 15  # a part of a bar that is narrower has no room for its letter
_LABEL_CHARACTERS = 18
_STEPS_S = (
    *(MINUTE_S, 2 * MINUTE_S, 5 * MINUTE_S, 10 * MINUTE_S, 30 * MINUTE_S),
    *(HOUR_S, 2 * HOUR_S, 6 * HOUR_S, 12 * HOUR_S, DAY_S, 2 * DAY_S, 7 * DAY_S, 30 * DAY_S),
)


class Ink(Enum):
    """What a mark is drawn with; the value names it in the styles of a page."""

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
    def of(severity: Severity | None) -> "Ink":
        """Return the ink of a severity; None for what is withdrawn and has none any more."""
        return Ink.LINE if severity is None else Ink(severity.value)


class Bar(Struct, frozen=True):
    """A filled rectangle; with a letter of its severity in it where that has room."""

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


class Chart(Struct, frozen=True):
    """A drawing with its heading.

    Attributes:
        note: stands beside the title, less loudly.
        sentence: all of it, for those who hear it.
    """

    title: str
    note: str
    height: float
    marks: tuple[Bar | Words | Badge, ...]
    sentence: str


class Report:
    """Everything of a report but its rows, in words.

    Args:
        contents: what it is of.
    """

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self._scans = list(contents.scans.values())

    @property
    def title(self) -> str:
        """What it is of: "payments-api: 214 findings"."""
        count = tr("%n findings", "", len(self.contents.findings), one="%n finding")
        names = list(dict.fromkeys(self.contents.names.values()))
        if len(names) == 1:
            return tr("{scan}: {findings}").format(scan=names[0], findings=count)
        scans = tr("%n scans", "", len(self._scans), one="%n scan")
        return tr("{scans}: {findings}").format(scans=scans, findings=count)

    @property
    def lead(self) -> str:
        """Say which scans these are."""
        if len(self._scans) == 1:
            return self._scan(self._scans[0])
        names = list(self.contents.names.values())
        more = len(names) - SCANS_NAMED
        if more > 0:
            names = [*names[:SCANS_NAMED], tr("%n more", "", more)]
        return both(names)

    @property
    def warning(self) -> str:
        """Say why the findings may not be all there are; "" where they are."""
        return " ".join(self.contents.shortfalls)

    @property
    def omission(self) -> str:
        """Say which findings are not in it; "" where all are."""
        contents = self.contents
        total = len(contents.findings) + contents.hidden
        told = []
        if contents.shown_filter:
            told.append(tr("Filter: {filter}.").format(filter=one_line(contents.shown_filter)))
        if contents.is_selection:
            told.append(tr("These findings were selected by hand."))
        if contents.hidden:
            form = tr("{hidden} of {total} findings are not in this report.")
            told.append(form.format(hidden=grouped(contents.hidden), total=grouped(total)))
        return " ".join(told)

    @property
    def caution(self) -> str:
        """Both in one line."""
        return " ".join(filter(None, (self.warning, self.omission)))

    @property
    def origin(self) -> str:
        """Say where the data is from."""
        servers = both(self.contents.servers()) or tr("not named")
        if len(self._scans) == 1:
            told = tr("Source: {server}, scan {scan}")
            return told.format(server=servers, scan=one_line(self._scans[0].id))
        return tr("Source: {server}").format(server=servers)

    @property
    def moments(self) -> str:
        """Say how new the data is, when it was exported, and in which zone times are."""
        contents = self.contents
        as_of, at = contents.as_of, contents.exported_at
        return filled(
            tr("Data as of {as_of}. Exported {exported} by {program}. Times in {zone}."),
            tr("Exported {exported} by {program}. Times in {zone}."),
            as_of="" if as_of is None else f"{dated_words(as_of)}, {second_text(as_of)}",
            exported=f"{dated_words(at)}, {second_text(at)}",
            program=contents.maker,
            zone=zone_text(at),
        )

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The drawings that have something to show."""
        findings = self.contents.findings
        if not findings:
            return ()
        charts = [_severity_chart(findings)]
        if not self.contents.leaves_names_out:
            charts.append(_folder_chart(findings))
        return (*charts, _time_chart(findings), _source_chart(findings))

    def facts_line(self, finding: Finding) -> str:
        """Return what stands under the title of a finding."""
        at = moment_text(finding.created_at, self.contents.exported_at)
        if finding.is_announced:
            return tr("announced {time}, nothing else is known").format(time=at)
        return filled(
            tr("{source}, {cwe}, confidence {confidence}, first seen {time}"),
            tr("{source}, confidence {confidence}, first seen {time}"),
            source=source_word(finding),
            cwe=finding.cwe,
            confidence=confidence_word(finding).lower(),
            time=at,
        )

    def severity_text(self, finding: Finding) -> str:
        """Return the word in the capsule; of a withdrawn finding the one it had."""
        word = severity_word(finding)
        if finding.verdict is Verdict.WITHDRAWN:
            return tr("was {severity}").format(severity=word.lower())
        return word

    def _scan(self, scan: ScanFacts) -> str:
        begin, end = scan.started_at, scan.ended_at
        hides = self.contents.leaves_names_out
        return filled(
            tr("{branch} at {commit}, scan of {day}, {begin} to {end}"),
            tr("{branch} at {commit}, scan of {day}, began {begin}"),
            tr("{branch}, scan of {day}, {begin} to {end}"),
            tr("{branch}, scan of {day}, began {begin}"),
            tr("Scan of {day}, {begin} to {end}"),
            tr("Scan of {day}, began {begin}"),
            tr("Scan {id}"),
            branch="" if hides else one_line(scan.branch),
            commit="" if hides else one_line(scan.commit)[:7],
            day="" if begin is None else dated_words(begin),
            begin="" if begin is None else minute_text(begin),
            end="" if begin is None or end is None else moment_text(end, begin),
            id=one_line(scan.id),
        )


def severity_letter(severity: Severity) -> str:
    """Return the letter inside the shape; a question mark for unknown words."""
    return "?" if severity is Severity.OTHER else word_of(severity)[0]


# -- charts --


def _severity_chart(findings: Sequence[Finding]) -> Chart:
    counts = Counter(finding.counts_as for finding in findings)
    kinds = [kind for kind in (*Severity, None) if counts[kind]]
    largest = max(counts.values())
    marks: list[Bar | Words | Badge] = []
    told = []
    for row, kind in enumerate(kinds):
        y = 28 * row + 4
        word = word_of(Verdict.WITHDRAWN) if kind is None else word_of(kind)
        if kind is not None:
            marks.append(Badge(0, y, kind))
        marks += [
            Words(24, y + 12, word),
            Bar(100, y + 2, _length(counts[kind], largest, 222), 12, Ink.of(kind)),
            Words(CHART_WIDTH, y + 12, grouped(counts[kind]), "end", is_strong=True),
        ]
        told.append(f"{word} {grouped(counts[kind])}")
    note = tr("%n findings", "", len(findings), one="%n finding")
    return Chart(tr("By severity"), note, 28 * len(kinds) + 4, tuple(marks), ", ".join(told))


def _folder_chart(findings: Sequence[Finding]) -> Chart:
    """The folders with most findings, and all others as one bar."""
    folders = Counter(finding.folder for finding in findings if not finding.is_announced)
    largest = [folder for folder, _ in folders.most_common(FOLDERS)]
    parts: dict[str | None, Counter[Severity | None]] = {}
    for finding in findings:
        if not finding.is_announced:
            key = finding.folder if finding.folder in largest else None
            parts.setdefault(key, Counter())[finding.counts_as] += 1
    rows: list[str | None] = [*largest, *([None] if None in parts else [])]
    most = max((parts[row].total() for row in rows), default=1)
    marks: list[Bar | Words | Badge] = []
    told = []
    for number, row in enumerate(rows):
        y, total = 22 * number + 4, parts[row].total()
        name = tr("%n more", "", len(folders) - FOLDERS) if row is None else row
        label = name or tr("top folder")
        marks.append(Words(0, y + 11, _end_of(label), size=11.5))
        marks += _stack(parts[row], y, 202 / most)
        marks.append(Words(CHART_WIDTH, y + 11, grouped(total), "end", is_strong=True))
        told.append(f"{label} {grouped(total)}")
    letters = [severity_letter(kind) for kind in Severity if any(parts[row][kind] for row in rows)]
    return Chart(
        tr("By folder"), ", ".join(letters), 22 * len(rows) + 4, tuple(marks), ", ".join(told)
    )


def _stack(counts: Counter[Severity | None], y: float, unit: float) -> Iterator[Bar]:
    x = 128.0
    for kind in (*Severity, None):
        if width := counts[kind] * unit:
            letter = severity_letter(kind) if kind is not None and width >= LETTER_FROM else ""
            yield Bar(x, y, max(width - 1, 1), 14, Ink.of(kind), letter)
            x += width


def _time_chart(findings: Sequence[Finding]) -> Chart:
    moments = sorted(finding.created_at for finding in findings)
    step_s = _step_s((moments[-1] - moments[0]).total_seconds())
    begin = _floor(moments[0], step_s)
    counts = Counter(int((at - begin).total_seconds() // step_s) for at in moments)
    bars = max(counts) + 1
    slot, most = min(CHART_WIDTH / bars, 60.0), max(counts.values())
    is_days = step_s >= DAY_S or (moments[-1] - moments[0]).total_seconds() >= DAY_S
    marks: list[Bar | Words | Badge] = []
    told = []
    for number in range(bars):
        at = begin + timedelta(seconds=number * step_s)
        label = dated_words(at, has_year=False) if is_days else minute_text(at)
        height = _length(counts[number], most, 60)
        if counts[number]:
            count = grouped(counts[number])
            marks.append(Bar(number * slot, 76 - height, slot - 4, height, Ink.DONE))
            middle = number * slot + (slot - 4) / 2
            marks.append(Words(middle, 72 - height, count, "middle", ink=Ink.MUTED, size=11))
            told.append(f"{label} {count}")
        if number % 2 == 0:
            marks.append(Words(number * slot, 90, label, ink=Ink.MUTED, size=10.5))
    marks.append(Bar(0, 76, CHART_WIDTH, 1, Ink.LINE))
    note = tr("{span} a bar").format(span=_span(step_s))
    return Chart(tr("By time first seen"), note, 94, tuple(marks), ", ".join(told))


def _source_chart(findings: Sequence[Finding]) -> Chart:
    counts = Counter(source_word(finding) for finding in findings)
    rows = counts.most_common(FOLDERS + 1)
    most = max(counts.values())
    marks: list[Bar | Words | Badge] = []
    for number, (word, count) in enumerate(rows):
        y = 22 * number + 4
        marks += [
            Words(0, y + 11, shortened(word, _LABEL_CHARACTERS)),
            Bar(128, y + 1, _length(count, most, 202), 12, Ink.DONE),
            Words(CHART_WIDTH, y + 11, grouped(count), "end", is_strong=True),
        ]
    told = ", ".join(f"{word} {grouped(count)}" for word, count in rows)
    return Chart(tr("By source"), "", 22 * len(rows) + 4, tuple(marks), told)


def _length(count: int, most: int, room: float) -> float:
    """As long as its share; never so short that what is there cannot be seen."""
    return max(count / most * room, 2.0) if count else 0.0


def _end_of(path: str) -> str:
    is_long = len(path) > _LABEL_CHARACTERS
    return f"…{path[1 - _LABEL_CHARACTERS :]}" if is_long else path


def _step_s(span_s: float) -> int:
    fitting = (step for step in _STEPS_S if span_s / step < BARS - 1)
    return next(fitting, _STEPS_S[-1] * (int(span_s / _STEPS_S[-1] / (BARS - 1)) + 1))


def _floor(at: datetime, step_s: int) -> datetime:
    """The bar a moment is in: they begin at whole steps of its day, long ones at its midnight."""
    local = at.astimezone()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if step_s >= DAY_S:
        return midnight
    passed_s = (local - midnight).total_seconds()
    return midnight + timedelta(seconds=passed_s // step_s * step_s)


def _span(step_s: int) -> str:
    if step_s < HOUR_S:
        return tr("{number} min").format(number=step_s // MINUTE_S)
    if step_s < DAY_S:
        return tr("{number} h").format(number=step_s // HOUR_S)
    return tr("%n days", "", step_s // DAY_S, one="%n day")
