"""Whether a scan's end is believed: it has stayed for a while, and was listed after that.

Source: heimdall-api.md 8.1 step 6, T-10, T-26, T-38, T-59, 3.8 (retries and returns under the same
id; agents of an attempt that was stopped run on).
"""

from datetime import datetime

from heimdall_desktop.application.poll_schedule import STILL_S, doubt_s
from heimdall_desktop.domain.facts.observation import ListingEnded
from heimdall_desktop.domain.facts.scan import Scan

FINAL_LISTINGS = 3  # after so many an end is believed even if rows are still missing


class Ending:
    """Follows one end of a scan at a time; another end, or the same written anew, begins anew."""

    def __init__(self) -> None:
        self._end: tuple[str, datetime | None] | None = None
        self._believed_from_s = float("inf")
        self._moved_at_s = float("-inf")
        self._listings = 0
        self._listed_at_s: float | None = None

    def is_news(self, scan: Scan) -> bool:
        """Whether the scan has an end that is not being doubted yet."""
        return not scan.is_live and self._end != end_of(scan)

    def doubt(self, scan: Scan, now_s: float, now: datetime) -> float:
        """Begin to doubt the scan's end; return the moment it may be listed for the last time."""
        self.forget()
        self._end = end_of(scan)
        self._believed_from_s = now_s + doubt_s(scan, now)
        if scan.status != "completed":
            self._believed_from_s = max(self._believed_from_s, self._moved_at_s + STILL_S)
        return self._believed_from_s

    def note_move(self, scan: Scan, now_s: float) -> float | None:
        """Take note that rows have come, or work went on, at an end as well as before it.

        A scan that was stopped is believed only once that has ceased for a minute (T-59), and one
        that is completed if it works on nevertheless (T-61).

        Returns:
            The moment the end may now be listed for the last time, if that has been put off.
        """
        self._moved_at_s = now_s
        if self._end is None or not (scan.status != "completed" or scan.goes_on):
            return None
        self._believed_from_s = max(self._believed_from_s, now_s + STILL_S)
        self._listings, self._listed_at_s = 0, None
        return self._believed_from_s

    def believe(self, scan: Scan, now_s: float) -> float:
        """Take the scan's end for settled as it was before: one more listing will do."""
        self.forget()
        self._end = end_of(scan)
        self._believed_from_s = now_s
        return now_s

    def forget(self) -> None:
        """The scan runs again."""
        self._end = self._listed_at_s = None
        self._believed_from_s = float("inf")
        self._listings = 0

    def take(self, ended: ListingEnded, now_s: float) -> bool:
        """Return whether this listing is the last one, so that one more look may settle all."""
        if ended.asked_at_s < self._believed_from_s:
            return False
        self._listings += 1
        if ended.is_worth_repeating and self._listings < FINAL_LISTINGS:
            return False
        self._listed_at_s = now_s
        return True

    def has_stayed(self, asked_at_s: float, *, is_list_old: bool) -> bool:
        """Return whether an answer with this end settles the scan.

        Args:
            asked_at_s: when that answer was asked for.
            is_list_old: it tells of rows the last listing cannot have; that puts the end off,
                though not for ever.
        """
        if self._listed_at_s is None or asked_at_s < self._listed_at_s:
            return False
        if is_list_old and self._listings < FINAL_LISTINGS:
            self._listed_at_s = None
            return False
        return True


def end_of(scan: Scan) -> tuple[str, datetime | None]:
    """Return what marks an end.

    A completed scan's row is written again while its books are closed.
    """
    return scan.status, None if scan.status == "completed" else scan.updated_at
