"""What assistive technology reads aloud: new critical findings, and stages as they change.

At most one sentence every ten seconds, whatever has gathered meanwhile. Source: ux.md §2.8.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from heimdall_desktop.domain.alerts.rules import is_alarming
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanMoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity, one_line
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.presentation.all_clear import unlooked_text
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import stage_label
from heimdall_desktop.presentation.mask import Mask

REST_S = 10.0
_ENDS = {
    Outcome.COMPLETED: tr_noop("{scan}: completed."),
    Outcome.FAILED: tr_noop("{scan}: failed."),
    Outcome.CANCELLED: tr_noop("{scan}: cancelled."),
    Outcome.ENDED: tr_noop("{scan}: ended (failed or cancelled)."),
}


class Announcements:
    """Gathers what is worth saying.

    Args:
        clock: our monotonic clock.
        scan: the scan of an id, None if it is not watched.
        scan_name: what a scan is called beside the others.
        is_in_view: whether a scan is in view; of others no stages are told.
        mask: what of scans and findings may be told.

    Attributes:
        is_own: whether the user decided here what has changed of a finding since a reading of it.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        scan: Callable[[ScanId], Scan | None],
        scan_name: Callable[[ScanId], str],
        is_in_view: Callable[[ScanId], bool],
        mask: Mask,
    ) -> None:
        self._clock, self._scan, self._scan_name = clock, scan, scan_name
        self._is_in_view, self._mask = is_in_view, mask
        self._criticals: dict[FindingId, Finding] = {}
        self._progress: dict[ScanId, None] = {}  # in the order to be told
        self._known: dict[ScanId, str] = {}
        self._ended: dict[ScanId, tuple[str, Counter[Severity]]] = {}
        self._said_at_s: float | None = None
        self.is_own: Callable[[Finding, Finding], bool] = lambda _finding, _previous: False

    def take(self, changes: Iterable[Change]) -> None:
        """Gather what has changed."""
        for change in changes:
            match change:
                case FindingAdded(finding=finding, is_first_read=False) if _is_news(finding):
                    self._criticals[finding.id] = finding
                case FindingReplaced(finding=finding, previous=previous):
                    if _is_news(finding) and not is_alarming(previous):
                        if not self.is_own(finding, previous):
                            self._criticals[finding.id] = finding
                    elif not is_alarming(finding):
                        self._criticals.pop(finding.id, None)
                case FindingDropped(finding=finding):
                    self._criticals.pop(finding.id, None)
                case StagesMoved(scan_id=scan_id) | ScanMoved(scan_id=scan_id):
                    self._follow(scan_id)
                case _:
                    pass

    def due(self) -> str:
        """Return what is to be said now; "" for nothing, or not yet."""
        now_s = self._clock()
        is_early = self._said_at_s is not None and now_s - self._said_at_s < REST_S
        if is_early or not (self._criticals or self._progress):
            return ""
        parts = [self._of_criticals(), *map(self._of_progress, self._progress)]
        self._said_at_s = now_s
        self._criticals.clear()
        self._progress.clear()
        return " ".join(filter(None, parts))

    def _follow(self, scan_id: ScanId) -> None:
        scan = self._scan(scan_id)
        told = None if scan is None else _progress_of(scan)
        if told is None:
            return
        before = self._known.get(scan_id)
        self._known[scan_id] = told
        if scan is not None and scan.outcome in _ENDS:
            end, said = (told, +scan.severities), self._ended.get(scan_id)
            self._ended[scan_id] = end
            if end == said:
                return  # the same end again, of a scan that had run again (T-61)
        if before not in (None, told) and told and self._is_in_view(scan_id):
            self._progress[scan_id] = None

    def _of_progress(self, scan_id: ScanId) -> str:
        scan = self._scan(scan_id)
        return "" if scan is None else _progress_of(self._mask.scan(scan)) or ""

    def _of_criticals(self) -> str:
        found = list(self._criticals.values())
        scans = {finding.scan_id for finding in found}
        name = self._scan_name(found[0].scan_id) if len(scans) == 1 else ""
        if len(found) == 1:
            text = tr("New critical finding in {scan}: {title}.")
            title = self._mask.finding(found[0]).title
            return text.format(scan=name, title=one_line(title).rstrip("."))
        if name:
            return tr("%n new critical findings in {scan}.", "", len(found)).format(scan=name)
        return tr("%n new critical findings.", "", len(found)) if found else ""


def _is_news(finding: Finding) -> bool:
    return is_alarming(finding) and not finding.is_repeat


def _progress_of(scan: Scan) -> str | None:
    """The stage that runs, or how the scan ended; "" while it waits, None while that is unknown."""
    name, stage = one_line(scan.name), scan.running_stage
    if scan.outcome in _ENDS:
        end = tr(_ENDS[scan.outcome]).format(scan=name)
        return " ".join(filter(None, (end, unlooked_text(scan))))
    if stage is not None:
        return tr("{scan}: {stage}.").format(scan=name, stage=stage_label(stage.name))
    return "" if scan.newest_at is not None and scan.status == "queued" else None
