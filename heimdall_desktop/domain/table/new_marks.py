"""Which findings have not been looked at yet: what came after a scan was first read, or while away.

A mark goes when its finding is selected for the first time. Unless it matters most, it also goes
when its row has passed by in a view that follows a scan as it fills: else all rows of a fresh
scan would be marked, and no mark would say anything. The finding that was selected last stays
beside the new ones until another one is: a filter for new findings must not take a row away under
the eyes of its reader. Source: ux.md 2.2, 2.7; design.md 5 ("Findings table").
"""

from collections.abc import Container, Iterable, Iterator

from heimdall_desktop.domain.facts.finding import FindingId, ScanId

REMEMBERED_LIMIT = 2000  # marks that outlive a session: 80 kB, more than is ever read


class NewMarks:
    """The marks of all watched scans.

    Args:
        remembered: findings that were new when the last session ended; they are again once they
            have been read.
    """

    def __init__(self, remembered: Iterable[FindingId] = ()) -> None:
        self._scans: dict[FindingId, ScanId] = {}  # in the order they came
        self._waiting = dict.fromkeys(remembered)
        self._staying: FindingId | None = None

    def __contains__(self, finding_id: object) -> bool:
        """Whether a finding is new."""
        return finding_id in self._scans

    def __len__(self) -> int:
        """How many are new, in all scans."""
        return len(self._scans)

    def __iter__(self) -> Iterator[FindingId]:
        """Yield what is new, in the order it came."""
        return iter(self._scans)

    @property
    def staying(self) -> FindingId | None:
        """What a filter treats as new though it has been looked at: what is looked at now."""
        return self._staying

    def remembered(self, left_out: Container[ScanId] = ()) -> list[FindingId]:
        """Return what the next session must know, but for these scans; the newest at the end."""
        found = (each for each, scan_id in self._scans.items() if scan_id not in left_out)
        return [*self._waiting, *found][-REMEMBERED_LIMIT:]

    def fit(self, finding_id: FindingId, news: frozenset[bool]) -> bool:
        """Return whether a finding is as new as is asked for: new, or not, or either."""
        return len(news) > 1 or (finding_id in self._scans or finding_id == self._staying) in news

    def read(self, finding_id: FindingId, scan_id: ScanId, *, is_news: bool) -> bool:
        """Take a finding that was read for the first time; return whether it is new.

        Args:
            finding_id: which one.
            scan_id: whose it is.
            is_news: it came after its scan had been read once.
        """
        was_new = finding_id in self._waiting
        if was_new:
            del self._waiting[finding_id]
        if was_new or is_news:
            self._scans[finding_id] = scan_id
        return was_new or is_news

    def see(self, finding_id: FindingId) -> bool:
        """Look at a finding; return whether it was new.

        What was looked at before does not stay any longer.
        """
        was_new = self._scans.pop(finding_id, None) is not None
        if was_new or finding_id != self._staying:
            self._staying = finding_id if was_new else None
        return was_new

    def see_all(self, finding_ids: Iterable[FindingId]) -> None:
        """Let these be new no more."""
        self._staying = None
        for finding_id in finding_ids:
            self._scans.pop(finding_id, None)

    def let_pass(self, finding_ids: Iterable[FindingId]) -> list[FindingId]:
        """Let these be new no more, as others came after them; return which of them were."""
        return [found for found in finding_ids if self._scans.pop(found, None) is not None]

    def drop(self, finding_id: FindingId) -> None:
        """Forget the mark of a finding that has left."""
        self._scans.pop(finding_id, None)

    def drop_scan(self, scan_id: ScanId) -> None:
        """Forget the marks of a scan whose findings have left."""
        self._scans = {found: scan for found, scan in self._scans.items() if scan != scan_id}
