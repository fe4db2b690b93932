"""One notification in the making: the findings it tells, and the words for them.

Source: ux.md 2.5, "Wording".
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.domain.words.wording import tr

WINDOW_S = 10.0
LONG_WINDOW_S = 60.0
MANY = 20  # more than so many in a window stretch it
TITLE_LIMIT = 60
NAME_LIMIT = 40
NAMES = 5  # scans that are named one by one


@dataclass(slots=True, eq=False)
class Notice:
    """The critical findings told, or to be told, under one key.

    Attributes:
        is_digest: it tells what came while we were away.
        highs: findings of high severity that came then; only counted.
        completed: names of the scans that completed then.
        failed: names of the scans that failed then.
        ended: names of the scans that failed or were cancelled then, which is not told.
        fallback: what activating it opens while it tells no finding.
        is_shown: the notification is on the screen.
        is_due: it has findings that the notification does not tell yet.
        has_first: it has the first finding of a scan, which no notification tells yet.
        shown: which notification it was when it last told news, counted from 1.
        held: how many findings it had before its window, or its scans when they were added; they
            stretch no window.
    """

    key: str
    began_at_s: float
    is_digest: bool = False
    findings: dict[FindingId, Finding] = field(default_factory=dict)
    highs: dict[FindingId, Finding] = field(default_factory=dict)
    completed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    fallback: Finding | None = None
    is_shown: bool = False
    is_due: bool = False
    has_first: bool = False
    shown: int = 0
    held: int = 0

    @property
    def scan_ids(self) -> list[ScanId]:
        """The scans it tells of, each once."""
        return list(dict.fromkeys(finding.scan_id for finding in self.findings.values()))

    @property
    def newest(self) -> Finding | None:
        """The finding that was found last; a listing tells the youngest of a severity first."""
        found = reversed(self.findings.values())
        return max(found, key=lambda finding: finding.created_at, default=None)

    def ends_at_s(self) -> float:
        """Return when its window ends."""
        came = len(self.findings) - self.held
        return self.began_at_s + (LONG_WINDOW_S if came > MANY else WINDOW_S)

    def drop(self, scan_id: ScanId) -> None:
        """Leave out what it tells of a scan."""
        for told in (self.findings, self.highs):
            for finding in [each for each in told.values() if each.scan_id == scan_id]:
                del told[finding.id]

    def words(self, scan_name: Callable[[ScanId], str]) -> tuple[str, str]:
        """Return title and body."""
        ends = self.completed or self.failed or self.ended
        if self.is_digest and (len(self.findings) != 1 or self.highs or ends):
            title, body = self._digest(scan_name)
        elif len(self.findings) == 1:
            title, body = self._one(scan_name)
        else:
            title, body = self._several(scan_name)
        return _cut(title, TITLE_LIMIT), body

    def _one(self, scan_name: Callable[[ScanId], str]) -> tuple[str, str]:
        [finding] = self.findings.values()
        is_confirmed = finding.verdict is Verdict.CONFIRMED
        verdict = tr("Confirmed.") if is_confirmed else tr("Not yet verified.")
        where = tr("stream only") if finding.is_announced else finding.file_line
        place = f"{scan_name(finding.scan_id)}, {where}"
        title = tr("Critical: {title}").format(title=finding.title_line)
        return title, f"{place}. {verdict}"

    def _several(self, scan_name: Callable[[ScanId], str]) -> tuple[str, str]:
        newest, count, scan_ids = self.newest, len(self.findings), self.scan_ids
        if newest is None or len(scan_ids) > 1:
            title = tr("%n new critical findings in {scans} scans", "", count)
            title = title.format(scans=len(scan_ids))
            return title, self._by_scan(scan_name)
        title = tr("%n new critical findings in {scan}", "", count)
        body = tr("Latest: {title}") if newest.is_announced else tr("Latest: {title} in {file}")
        return (
            title.format(scan=scan_name(newest.scan_id)),
            body.format(title=newest.title_line, file=newest.file_line),
        )

    def _digest(self, scan_name: Callable[[ScanId], str]) -> tuple[str, str]:
        counted = (
            tr("%n critical", "", len(self.findings)) if self.findings else "",
            tr("%n high", "", len(self.highs)) if self.highs else "",
        )
        found = ", ".join(filter(None, counted))
        ends = _ends(len(self.completed), len(self.failed), len(self.ended))
        away = tr("While you were away: {news}")
        if not self.findings:
            return away.format(news=ends), _named(self.failed)
        return away.format(news=found), ends or self._by_scan(scan_name)

    def _by_scan(self, scan_name: Callable[[ScanId], str]) -> str:
        """Say how many each scan has, most first: "payments-api 4, web-shop 3"."""
        counts = Counter(finding.scan_id for finding in self.findings.values())
        return _named(
            [
                f"{_cut(scan_name(scan_id), NAME_LIMIT)} {count}"
                for scan_id, count in counts.most_common()
            ]
        )


def _ends(completed: int, failed: int, ended: int) -> str:
    """Say how scans ended: "2 scans finished, 1 failed"; "" if none did."""
    told = _known_ends(completed, failed)
    if not ended:
        return told
    words = tr(
        "%n scans failed or were cancelled", "", ended, one="%n scan failed or was cancelled"
    )
    return f"{told}, {words}" if told else words


def _known_ends(completed: int, failed: int) -> str:
    if not completed:
        return tr("%n scans failed", "", failed, one="%n scan failed") if failed else ""
    words = tr("%n scans finished", "", completed, one="%n scan finished")
    return words + (tr(", %n failed", "", failed) if failed else "")


def _named(names: list[str] | tuple[str, ...]) -> str:
    named = [_cut(name, NAME_LIMIT + 10) for name in names[:NAMES]]
    more = len(names) - len(named)
    return ", ".join(named) + (tr(" and %n more", "", more) if more else "")


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
