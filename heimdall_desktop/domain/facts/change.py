"""What an observation changed: the window's only source of updates.

A change names the thing. Its new value is read from the scan, or carried by the change (findings).
The store keeps at most one pending change of each `key`.
"""

from collections.abc import Hashable

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.observation import Activity


class ScanAdded(Struct, frozen=True):
    """A scan is watched from now on."""

    scan_id: ScanId

    @property
    def key(self) -> Hashable:
        return ("added", self.scan_id)


class ScanRemoved(Struct, frozen=True):
    """A scan is no longer watched; its findings are removed with it."""

    scan_id: ScanId

    @property
    def key(self) -> Hashable:
        return ("removed", self.scan_id)


class ScanEmptied(Struct, frozen=True):
    """A scan is gone from the server. Its findings are removed; the scan stays to show this."""

    scan_id: ScanId

    @property
    def key(self) -> Hashable:
        return ("emptied", self.scan_id)


class ScanMoved(Struct, frozen=True):
    """The name, status, outcome, counts, sync status or current task of a scan has changed."""

    scan_id: ScanId

    @property
    def key(self) -> Hashable:
        return ("scan", self.scan_id)


class StagesMoved(Struct, frozen=True):
    """The state of a stage of a scan has changed."""

    scan_id: ScanId

    @property
    def key(self) -> Hashable:
        return ("stages", self.scan_id)


class ConnectionMoved(Struct, frozen=True):
    """The connection to a scan has changed."""

    scan_id: ScanId

    @property
    def key(self) -> Hashable:
        return ("connection", self.scan_id)


class ActivityAdded(Struct, frozen=True):
    """The server's log of a scan has a new line."""

    scan_id: ScanId
    activity: Activity

    @property
    def key(self) -> Hashable:
        return ("activity", self.scan_id, self.activity.key)


class FindingAdded(Struct, frozen=True):
    """A row was read for the first time.

    Attributes:
        is_first_read: it came with the first whole listing of a scan that was added to the board,
            so it is not a new event (behaviour.md 2.5, rule 1).
    """

    finding: Finding
    is_first_read: bool = False

    @property
    def key(self) -> Hashable:
        return ("finding", self.finding.id)


class FindingReplaced(Struct, frozen=True):
    """The content of a row has changed."""

    finding: Finding
    previous: Finding

    @property
    def key(self) -> Hashable:
        return ("finding", self.finding.id)


class FindingDropped(Struct, frozen=True):
    """A finding that was only announced is removed: the server has no such row (T-3)."""

    finding: Finding

    @property
    def key(self) -> Hashable:
        return ("finding", self.finding.id)


class ActionMoved(Struct, frozen=True):
    """The state of a server action on a finding, or on all of a scan, has changed.

    Attributes:
        subject: id of the finding or the scan.
    """

    scan_id: ScanId
    subject: str

    @property
    def key(self) -> Hashable:
        return ("action", self.subject)


Change = (
    ScanAdded
    | ScanRemoved
    | ScanEmptied
    | ScanMoved
    | StagesMoved
    | ConnectionMoved
    | ActivityAdded
    | FindingAdded
    | FindingReplaced
    | FindingDropped
    | ActionMoved
)

RowChange = FindingAdded | FindingReplaced | FindingDropped
