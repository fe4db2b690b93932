"""How far the rows of a scan have been checked against the server."""

from collections.abc import Iterator
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import ListingEnded


class SyncStatus(Struct, frozen=True):
    """The result of the listings so far.

    Attributes:
        total: findings the server counted in the last listing; None before the first one.
        read: findings of it that were read.
        is_whole: every one was read.
        checked_at_s: monotonic moment the last whole listing was requested; None without one.
        has_skips: the server has dropped stream events for us, or one was unreadable.
        recovered: rows that listings found behind such gaps.
        unreadable: rows of the last listing that cannot be understood; a retry does not help.
        exhausted_at_s: monotonic moment a listing was requested that read all readable rows.
        asked_at_s: monotonic moment the last listing was requested.
        retry_at_s: monotonic moment the next one is due because rows are missing.
    """

    total: int | None = None
    read: int = 0
    is_whole: bool = False
    checked_at_s: float | None = None
    has_skips: bool = False
    unreadable: int = 0
    exhausted_at_s: float | None = None
    asked_at_s: float | None = None
    retry_at_s: float | None = None
    recovered: int = 0

    def endings(self, scan_id: ScanId) -> Iterator[ListingEnded]:
        if self.total is None or self.asked_at_s is None:
            return
        ended = ListingEnded(
            scan_id,
            self.asked_at_s,
            self.total,
            self.read,
            self.is_whole,
            self.unreadable,
            self.retry_at_s,
            self.recovered,
        )
        earlier = replace(ended, total=self.read, unreadable=0, retry_at_s=None, recovered=0)
        for at_s, is_whole in ((self.exhausted_at_s, False), (self.checked_at_s, True)):
            if at_s is not None and at_s < self.asked_at_s:
                yield replace(earlier, asked_at_s=at_s, is_whole=is_whole)
        yield ended

    def after(self, ended: ListingEnded) -> Self:
        asked_at_s = ended.asked_at_s
        ledger = self
        if ended.is_whole:
            ledger = replace(ledger, checked_at_s=_later(self.checked_at_s, asked_at_s))
        if not ended.is_worth_repeating:
            ledger = replace(ledger, exhausted_at_s=_later(self.exhausted_at_s, asked_at_s))
        if self.asked_at_s is not None and asked_at_s <= self.asked_at_s:
            return ledger
        return replace(
            ledger,
            total=ended.total,
            read=ended.read,
            is_whole=ended.is_whole,
            unreadable=ended.unreadable,
            asked_at_s=asked_at_s,
            retry_at_s=ended.retry_at_s,
        )


def _later(known_s: float | None, at_s: float) -> float:
    return at_s if known_s is None else max(known_s, at_s)
