"""The charts of the report as SVG, which browsers and the PDF report draw alike.

Sizes assume a page that is 900 wide. Source: look.md 10, pictures 13b.
"""

import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import escape

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingStatus,
    Severity,
    Source,
    Verdict,
    one_line,
)
from heimdall_desktop.presentation import labels, time_text
from heimdall_desktop.presentation.i18n import grouped, tr

CHART_WIDTH = 366  # two of them fit side by side
FOLDERS, BARS = 5, 10
SLICE = 500  # findings counted in one slice: some milliseconds
LETTER_FROM = 15  # a part of a bar that is narrower has no room for its letter
_LABEL_CHARACTERS = 18
_CLOSED = (Verdict.WITHDRAWN, FindingStatus.FIXED)  # these count under no severity
Kind = Severity | Verdict | FindingStatus
_STEPS_S = (
    *(number * time_text.MINUTE_S for number in (1, 2, 5, 10, 30)),
    *(number * time_text.HOUR_S for number in (1, 2, 6, 12)),
    *(number * time_text.DAY_S for number in (1, 2, 7, 30)),
)

SHAPES = {
    Severity.CRITICAL: '<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z"/>',
    Severity.HIGH: '<path d="M8 1.2L15.4 14.4H.6z"/>',
    Severity.MEDIUM: '<path d="M8 .6L15.4 8 8 15.4.6 8z"/>',
    Severity.LOW: '<circle cx="8" cy="8" r="6.4"/>',
    Severity.OTHER: '<rect x="1.5" y="1.5" width="13" height="13" rx="2.5"/>',
}
_LETTER_AT = {Severity.HIGH: 12.6}  # where its baseline looks centred; the middle in other shapes
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
SYMBOLS = "".join(
    f'<symbol id="{name}" viewBox="0 0 16 16">{drawing}</symbol>'
    for name, drawing in [*((kind.value, shape) for kind, shape in SHAPES.items()), *ICONS.items()]
)

LIGHT_COLOURS = """
--page: #FFFFFF; --box: #F3F5F7; --line: #E1E6EA; --strong: #CDD5DC; --control: #868F99;
--text: #1B1F24; --muted: #57606A; --accent: #0A6C6C; --done: #66717C; --code: #F8FAFB;
--critical: #6E0B3F; --critical-label: #FFFFFF; --critical-edge: #6E0B3F;
--high: #B93A08; --high-label: #FFFFFF; --high-edge: #B93A08;
--medium: #F0AE0C; --medium-label: #1B1F24; --medium-edge: #8A6200;
--low: #E1EDF9; --low-label: #0B4A80; --low-edge: #2F74B5;
--other: #E6EAEE; --other-label: #3A424B; --other-edge: #656D76;
"""
DARK_COLOURS = """
--page: #1B222A; --box: #202831; --line: #2A333D; --strong: #3A4652; --control: #6B7886;
--text: #E6EAEF; --muted: #9AA7B4; --accent: #4FD1C5; --done: #8A96A3; --code: #161C23;
--critical: #D1127E; --critical-label: #FFFFFF; --critical-edge: #FF8CC6;
--high: #F58B55; --high-label: #14191F; --high-edge: #F58B55;
--medium: #FCE35A; --medium-label: #14191F; --medium-edge: #FCE35A;
--low: #1F3144; --low-label: #A9D2FA; --low-edge: #6FB1F0;
--other: #2E3843; --other-label: #C3CCD5; --other-edge: #8B98A5;
"""
_SEVERITY_INKS = "\n".join(
    f".{kind} {{ fill: var(--{kind}); stroke: var(--{kind}-edge); }}"
    f" .{kind}-label {{ fill: var(--{kind}-label); }}"
    for kind in (severity.value for severity in Severity)
)
CHART_STYLE = f"""
.icon {{ fill: none; stroke: var(--muted); color: var(--muted); stroke-width: 1.5;
  stroke-linecap: round; stroke-linejoin: round; }}
svg text {{ fill: var(--text); stroke: none; }}
svg text.muted {{ fill: var(--muted); }} svg text.strong {{ font-weight: 600; }}
svg text.letter {{ font-weight: 700; font-size: 9px; text-anchor: middle; }}
{_SEVERITY_INKS}
.done {{ fill: var(--done); stroke: none; }} .line {{ fill: var(--strong); stroke: none; }}
"""
_LIGHT = dict(re.findall(r"(--[a-z-]+): (#[0-9A-F]{6})", LIGHT_COLOURS))
_PAPER_STYLE = re.sub(r"var\((--[a-z-]+)\)", lambda name: _LIGHT[name[1]], CHART_STYLE)


class Chart(Struct, frozen=True):
    """A drawing with its heading.

    Attributes:
        note: shown beside the title, less prominent.
        marks: its elements, as SVG.
        sentence: all of it, for screen readers.
    """

    title: str
    note: str
    height: float
    marks: str
    sentence: str


def charts_of(
    findings: Sequence[Finding], *, has_folders: bool
) -> Generator[None, None, list[Chart]]:
    """Return the charts that have something to show, every finding once in each.

    Yields:
        after each slice of counting: 100,000 findings take a moment.

    Args:
        findings: the findings to count.
        has_folders: names of folders may be exported.
    """
    severities: Counter[Kind] = Counter()
    folders: dict[str, Counter[Kind]] = {}
    minutes: Counter[int] = Counter()
    sources: Counter[str] = Counter()
    for start in range(0, len(findings), SLICE):
        part = findings[start : start + SLICE]
        severities.update(map(_kind, part))
        minutes.update(
            [int(finding.created_at.timestamp()) // time_text.MINUTE_S for finding in part]
        )
        sources.update(map(labels.source_word, part))
        for finding in part:
            if not finding.is_announced:
                name = finding.folder or tr("root folder")
                folder = name if finding.file_name else tr("(no file)")
                folders.setdefault(folder, Counter())[_kind(finding)] += 1
        yield
    if not findings:
        return []
    by_folder = [_folder_chart(folders)] if has_folders else []
    return [_severity_chart(severities), *by_folder, _time_chart(minutes), _source_chart(sources)]


def paper_drawing(marks: str, height: float, width: float = CHART_WIDTH) -> bytes:
    """Return marks as a drawing by themselves, in the colours of paper."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"<style>{_PAPER_STYLE}</style><defs>{SYMBOLS}</defs>{marks}</svg>"
    ).encode()


def safe(text: str) -> str:
    """Return a line as markup that shows every character of it."""
    return escape(labels.harmless(one_line(text)), quote=True)


def badge(severity: Severity) -> str:
    """Return the shape of a severity with its letter, in a square of 16."""
    kind, y = severity.value, _LETTER_AT.get(severity, 11.2)
    return (
        f'<use href="#{kind}" width="16" height="16" class="{kind}"/>'
        f'<text class="letter {kind}-label" x="8" y="{y}">'
        f"{safe(labels.severity_letter(severity))}</text>"
    )


def icon(name: str, x: float, y: float, size: float = 14) -> str:
    """Return one of `ICONS` in the muted ink, in a square of `size`."""
    place = f"translate({x:g} {y:g}) scale({size / 16:g})"
    return f'<g transform="{place}"><use href="#{name}" width="16" height="16" class="icon"/></g>'


def _bar(x: float, y: float, width: float, height: float, ink: str) -> str:
    return (
        f'<rect class="{ink}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    )


def _words(
    x: float, y: float, text: str, *, anchor: str = "start", ink: str = "text", size: float = 12
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" '
        f'text-anchor="{anchor}" class="{ink}">{safe(text)}</text>'
    )


def _total(y: float, count: int) -> str:
    return _words(CHART_WIDTH, y, grouped(count), anchor="end", ink="text strong")


def _kind(finding: Finding) -> Kind:
    if finding.counts_as is not None:
        return finding.counts_as
    is_withdrawn = finding.verdict is Verdict.WITHDRAWN
    return Verdict.WITHDRAWN if is_withdrawn else FindingStatus.FIXED


def _ink(kind: Kind) -> str:
    """Return the ink of a severity; withdrawn and fixed findings have none."""
    return kind.value if isinstance(kind, Severity) else "line"


def _severity_chart(counts: Counter[Kind]) -> Chart:
    kinds = [kind for kind in (*Severity, *_CLOSED) if counts[kind]]
    largest = max(counts.values())
    marks, text = [], []
    for row, kind in enumerate(kinds):
        y, word = 28 * row + 4, labels.word_of(kind)
        if isinstance(kind, Severity):
            marks.append(f'<g transform="translate(0 {y})">{badge(kind)}</g>')
        marks += [
            _words(24, y + 12, word),
            _bar(100, y + 2, _length(counts[kind], largest, 222), 12, _ink(kind)),
            _total(y + 12, counts[kind]),
        ]
        text.append(f"{word} {grouped(counts[kind])}")
    note = tr("%n findings", "", counts.total(), one="%n finding")
    return Chart(tr("By severity"), note, 28 * len(kinds) + 4, "".join(marks), ", ".join(text))


def _folder_chart(folders: Mapping[str, Counter[Kind]]) -> Chart:
    """Return the folders with most findings, and all others as one bar."""
    parts: dict[str | None, Counter[Kind]] = {}
    largest = sorted(folders, key=lambda name: -folders[name].total())[:FOLDERS]
    for name, counts in folders.items():
        parts.setdefault(name if name in largest else None, Counter()).update(counts)
    rows: list[str | None] = [*largest, *([None] if None in parts else [])]
    most = max((parts[row].total() for row in rows), default=1)
    marks, text = [], []
    for number, row in enumerate(rows):
        y, total = 22 * number + 4, parts[row].total()
        name = tr("%n more", "", len(folders) - FOLDERS) if row is None else row
        is_long = len(name) > _LABEL_CHARACTERS
        label = f"…{name[1 - _LABEL_CHARACTERS :]}" if is_long else name
        marks += [_words(0, y + 11, label, size=11.5), *_stack(parts[row], y, 202 / most)]
        marks.append(_total(y + 11, total))
        text.append(f"{name} {grouped(total)}")
    letters = [
        labels.severity_letter(kind) for kind in Severity if any(parts[row][kind] for row in rows)
    ]
    height = 22 * len(rows) + 4
    return Chart(tr("By folder"), ", ".join(letters), height, "".join(marks), ", ".join(text))


def _stack(counts: Counter[Kind], y: float, unit: float) -> Iterator[str]:
    """Yield the parts of a bar, with the letters of severities that fit."""
    x = 128.0
    for kind in (*Severity, *_CLOSED):
        if full := counts[kind] * unit:
            width = max(full - 2, 1)  # edges are around it
            yield _bar(x, y, width, 14, _ink(kind))
            if isinstance(kind, Severity) and full >= LETTER_FROM:
                yield (
                    f'<text class="letter {kind.value}-label" x="{x + width / 2:.1f}" '
                    f'y="{y + 10.3:.1f}">{safe(labels.severity_letter(kind))}</text>'
                )
            x += full


def _time_chart(minutes: Counter[int]) -> Chart:
    first_s, last_s = min(minutes) * time_text.MINUTE_S, max(minutes) * time_text.MINUTE_S
    fitting = (step for step in _STEPS_S if (last_s - first_s) / step < BARS - 1)
    longest = _STEPS_S[-1]
    step_s = next(fitting, longest * (int((last_s - first_s) / longest / (BARS - 1)) + 1))
    start = _bar_start(datetime.fromtimestamp(first_s, UTC), step_s)
    counts: Counter[int] = Counter()
    for minute, count in minutes.items():
        counts[int(minute * time_text.MINUTE_S - start.timestamp()) // step_s] += count
    bars = max(counts) + 1
    slot, most = min(CHART_WIDTH / bars, 60.0), max(counts.values())
    is_days = step_s >= time_text.DAY_S or last_s - first_s >= time_text.DAY_S
    marks, text = [], []
    for number in range(bars):
        at = start + timedelta(seconds=number * step_s)
        label = time_text.dated_words(at, has_year=False) if is_days else time_text.minute_text(at)
        if counts[number]:
            height, shown = _length(counts[number], most, 60), grouped(counts[number])
            marks.append(_bar(number * slot, 76 - height, slot - 4, height, "done"))
            middle = number * slot + (slot - 4) / 2
            marks.append(_words(middle, 72 - height, shown, anchor="middle", ink="muted", size=11))
            text.append(f"{label} {shown}")
        if number % 2 == 0:
            marks.append(_words(number * slot, 90, label, ink="muted", size=10.5))
    marks.append(_bar(0, 76, CHART_WIDTH, 1, "line"))
    days = step_s // time_text.DAY_S
    span = tr("%n days", "", days, one="%n day") if days else time_text.rough_text(step_s)
    note = tr("{span} per bar").format(span=span)
    return Chart(tr("By time first seen"), note, 94, "".join(marks), ", ".join(text))


def _source_chart(counts: Counter[str]) -> Chart:
    icons = {
        labels.word_of(each): f"source-{each.value}" for each in Source if each is not Source.OTHER
    }
    rows = counts.most_common(FOLDERS + 1)
    most = max(counts.values())
    marks = []
    for number, (word, count) in enumerate(rows):
        y = 22 * number + 4
        if word in icons:
            marks.append(icon(icons[word], 0, y))
        marks += [
            _words(20, y + 11, labels.shortened(word, _LABEL_CHARACTERS - 3)),
            _bar(128, y + 1, _length(count, most, 202), 12, "done"),
            _total(y + 11, count),
        ]
    text = ", ".join(f"{word} {grouped(count)}" for word, count in rows)
    return Chart(tr("By source"), "", 22 * len(rows) + 4, "".join(marks), text)


def _length(count: int, most: int, room: float) -> float:
    """Return a length in proportion to the share, but never too short to be visible."""
    return max(count / most * room, 2.0)


def _bar_start(at: datetime, step_s: int) -> datetime:
    """Return the start of a moment's bar: at whole steps of its day, long ones at midnight."""
    local = at.astimezone()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if step_s >= time_text.DAY_S:
        return midnight
    passed_s = (local - midnight).total_seconds()
    return midnight + timedelta(seconds=passed_s // step_s * step_s)
