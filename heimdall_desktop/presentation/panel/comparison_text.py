"""The texts of a comparison of two scans: groups, rows, the scans, the sums, one finding.

Source: look.md 10 (Comparison), picture 12.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.comparison import ChangeKind, Compared, Comparison
from heimdall_desktop.domain.facts import finding
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.board.card_words import end_word, ended_at
from heimdall_desktop.presentation.i18n import both, grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import title_text, word_in_text
from heimdall_desktop.presentation.time_text import moment_text

TITLES = {
    ChangeKind.NEW: tr_noop("New"),
    ChangeKind.CHANGED: tr_noop("Changed"),
    ChangeKind.FIXED: tr_noop("Fixed"),
    ChangeKind.STILL: tr_noop("Still there"),
}
ONE_SEVERITY = (ChangeKind.NEW, ChangeKind.FIXED)  # each finding of them has one, not two
WITHDRAWN_NOW = tr_noop("now withdrawn")
_STATES = {
    finding.FindingStatus.FIXED: tr_noop("now fixed"),
    finding.Verdict.CONFIRMED: tr_noop("now confirmed"),
    finding.Verdict.WITHDRAWN: WITHDRAWN_NOW,
    finding.Verdict.UNVERIFIED: tr_noop("no longer confirmed"),
}


class ComparisonHead(Struct, frozen=True):
    """The head of a group of findings.

    Attributes:
        count: how many of them count; those closed in both scans are listed but not counted.
        severities: how many have each severity, in groups where each has one.
    """

    kind: ChangeKind
    title: str
    count: int
    note: str
    severities: Counter[finding.Severity]
    is_open: bool = True

    @property
    def sentence(self) -> str:
        text = (self.title, grouped(self.count), self.note)
        return ", ".join(part for part in text if part)


def head_of(kind: ChangeKind, listed: Sequence[Compared]) -> ComparisonHead:
    """Return the head of a group that is open."""
    counting = [row for row in listed if row.counts]
    closed = len(listed) - len(counting)
    text = []
    if kind is ChangeKind.CHANGED:
        text.append(tr("severity or verdict"))
    elif kind is ChangeKind.FIXED:
        text.append(tr("no longer found"))
    elif kind is ChangeKind.STILL:
        moved = sum(row.is_moved for row in counting)
        probable = sum(row.is_probable for row in counting)
        if moved:
            text.append(tr("{count} moved, not new").format(count=grouped(moved)))
        if probable:
            text.append(tr("{count} probably the same").format(count=grouped(probable)))
    if closed:
        text.append(tr("{count} withdrawn or fixed, not counted").format(count=grouped(closed)))
    return ComparisonHead(
        kind,
        tr(TITLES[kind]),
        len(counting),
        "; ".join(text),
        Counter(row.shown.severity for row in counting) if kind in ONE_SEVERITY else Counter(),
    )


def remark(row: Compared) -> str:
    """Return the last words of a row: the reason for its group."""
    before, after = row.states
    if before is not after and before is not None and after is not None:
        if after is not finding.Verdict.UNVERIFIED or before is finding.Verdict.CONFIRMED:
            return tr(_STATES[after])
        is_back = before is finding.Verdict.WITHDRAWN
        return tr("no longer withdrawn") if is_back else tr("no longer fixed")
    state = after or before
    if not row.counts and state is not None:
        return word_in_text(state)
    if row.is_probable:
        return tr("probably the same")
    if row.is_moved:
        return tr("moved, not new") if row.kind is ChangeKind.STILL else tr("moved")
    return ""


def finding_words(row: Compared, at: str) -> tuple[str, str]:
    """Return the comparison text for a finding of the later scan: a fact, and an addition.

    Args:
        row: how it changed.
        at: when the earlier scan was, as used inside a sentence: "on 11 May 14:20".

    Returns:
        Two empty texts if there is nothing to report: the finding is unchanged.
    """
    before, after = row.before, row.after
    if before is None or after is None:
        return tr("New: not found in the scan {at}.").format(at=at), ""
    where = ""
    if row.is_moved and before.file_name:
        where = tr("line {line}").format(line=before.line_start)
        if before.file_path != after.file_path:
            where = f"{finding.one_line(before.file_path)}:{before.line_start}"
    was_there = tr("It was at {place}.").format(place=where) if where else ""
    is_probable = row.is_probable
    if row.kind is ChangeKind.CHANGED:
        values = [(before.counts_as, after.counts_as), row.states]
        pairs = [(was, now) for was, now in values if was and now and was is not now]
        was, now = (both(list(map(word_in_text, side))) for side in zip(*pairs, strict=True))
        fact = tr("It was {was} {at} and is {now} here.").format(was=was, at=at, now=now)
        probable = tr("Probably the same finding.") if is_probable else ""
        return fact, " ".join(filter(None, (was_there, probable)))
    if is_probable:
        return tr("Probably the same finding as {at}.").format(at=at), was_there
    text = tr("It was at {place} {at}.") if where else ""
    return text.format(at=at, place=where), ""


def severities(row: Compared) -> tuple[finding.Severity, ...]:
    """Return the severity of a row, or the earlier and the later if they differ."""
    if row.before is None or row.after is None or row.before.severity is row.after.severity:
        return (row.shown.severity,)
    return row.before.severity, row.after.severity


def place(row: Compared) -> tuple[str, str]:
    """Return file and line, both lines of a moved one, "login.py:88 → 96", and the folder."""
    shown = row.shown
    before = row.before if row.is_moved else None
    if before is None or not shown.file_name:
        return shown.file_line, shown.folder
    if before.file_path == shown.file_path:
        if before.line_start == shown.line_start:
            return shown.file_line, shown.folder
        return f"{before.file_line} → {shown.line_start}", shown.folder
    return f"{before.file_name} → {shown.file_line}", shown.folder


def row_sentence(row: Compared, *, has_folder: bool = False) -> str:
    """Return a row as read aloud, or with the folder, as it is copied."""
    words = [*map(word_in_text, severities(row))]
    text = tr("{before} to {after}") if len(words) > 1 else "{before}"
    text = text.format(before=words[0], after=words[-1])
    where, folder = place(row)
    if has_folder and folder:
        where = f"{folder}/{where}"
    parts = (tr(TITLES[row.kind]), text, title_text(row.shown), where, remark(row))
    return ", ".join(part for part in parts if part)


def scan_words(scan: Scan, now: datetime) -> tuple[str, str]:
    """Return when a scan ended and its summary: "11 May 14:20", "main, completed, 87 findings"."""
    at = ended_at(scan) or scan.created_at
    moment = tr("unknown") if at is None else moment_text(at, now)
    text = [finding.one_line(scan.branch or ""), end_word(scan).lower()]
    if scan.has_listed_once:
        count = scan.counted.total() + scan.not_counted[finding.NotCounted.SNOOZED]
        text.append(tr("%n findings", "", count, one="%n finding"))
    return moment, ", ".join(part for part in text if part)


def pairs_words(comparison: Comparison) -> tuple[str, list[tuple[str, str]]]:
    """Return how pairs were found: a title, then numbers with their words."""
    pairs = comparison.pairs
    exact = [row for row in pairs if not row.is_probable]
    moved = sum(row.is_moved for row in exact)
    words = tr("by file, CWE, title and code")
    if moved:
        words = tr("by file, CWE, title and code, {count} of them moved")
    count = len(pairs)
    text = [
        (len(exact), words.format(count=grouped(moved))),
        (count - len(exact), tr("probably the same (other code, another file, or several alike)")),
        (comparison.duplicates, tr("duplicates, counted once")),
    ]
    title = tr("How the %n pairs were matched", "", count, one="How the %n pair was matched")
    return title, [(grouped(number), words) for number, words in text if number]


def difference(before: int, after: int) -> str:
    """Return the change of a number, with its sign: "+3", "0"."""
    change = after - before
    if not change:
        return "0"
    return f"{'+' if change > 0 else chr(0x2212)}{grouped(abs(change))}"
