"""Since when an end of a scan has been told, and which end it has come back from.

Only REST counts. Answers may be folded in any order; of two the one asked for later is the newer.
"""

from datetime import datetime

from msgspec import Struct, field

TERMINAL_STATUSES = frozenset({"completed", "failed", "cancelled"})


class EndReadings(Struct):
    """The statuses REST told; moments are monotonic seconds at which they were asked for."""

    _ended_at: dict[str, datetime] = field(default_factory=dict)
    _latest: dict[str, float] = field(default_factory=dict)
    _ends: dict[str, set[float]] = field(default_factory=dict)

    def note(self, status: str, at: datetime | None) -> None:
        """Take in when, by the server's clock, a status was written; the newest moment counts."""
        if at is not None and status in TERMINAL_STATUSES:
            self._ended_at[status] = max(self._ended_at.get(status, at), at)

    def ended_at(self, end: str) -> datetime | None:
        """Return when an end was written last, by the server's clock."""
        return self._ended_at.get(end)

    def read_status(self, asked_at_s: float, status: str) -> None:
        """Take an answer in."""
        self._latest[status] = max(self._latest.get(status, asked_at_s), asked_at_s)
        if status in TERMINAL_STATUSES:
            self._ends.setdefault(status, set()).add(asked_at_s)
        for end, moments in self._ends.items():
            cut_s = max((at for other, at in self._latest.items() if other != end), default=None)
            if cut_s is not None:
                moments -= {at for at in moments if at <= cut_s}

    def readings(self) -> list[tuple[float, str]]:
        """Return what has to be read again to know the same: moments and statuses, oldest first."""
        firsts = ((min(moments), end) for end, moments in self._ends.items() if moments)
        return sorted({*firsts, *((at_s, status) for status, at_s in self._latest.items())})

    def since_s(self, end: str) -> float | None:
        """Return when an end was first told that nothing has contradicted since."""
        return min(self._ends.get(end) or (), default=None)

    @property
    def returned_from(self) -> str | None:
        """The end that was told last, if the scan runs again."""
        if not self._latest:
            return None
        ends = [(at, status) for status, at in self._latest.items() if status in TERMINAL_STATUSES]
        newest = max((at, status) for status, at in self._latest.items())
        return max(ends)[1] if ends and max(ends) < newest else None
