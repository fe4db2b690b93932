"""What an observation changed: the window's only source of updates.

A change names the thing. Its new value is read from the scan, or carried by the change (findings).
The store keeps at most one pending change of each `key`.
"""

from collections.abc import Hashable

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.observation import Activity


class ScanChange(Struct, frozen=True):
    """A change of a scan; at most one of each kind is pending."""

    scan_id: ScanId

    @property
    def key(self) -> Hashable:
        return (type(self), self.scan_id)


class ScanAdded(ScanChange, frozen=True):
    """A scan is watched from now on."""


class ScanRemoved(ScanChange, frozen=True):
    """A scan is no longer watched; its findings are removed with it."""


class ScanEmptied(ScanChange, frozen=True):
    """A scan is gone from the server. Its findings are removed; the scan stays to show this."""


class ScanMoved(ScanChange, frozen=True):
    """The name, status, outcome, counts, sync status or current task of a scan has changed."""


class StagesMoved(ScanChange, frozen=True):
    """The state of a stage of a scan has changed."""


class ConnectionMoved(ScanChange, frozen=True):
    """The connection to a scan has changed."""


class ActivityAdded(ScanChange, frozen=True):
    """The server's log of a scan has a new line."""

    activity: Activity

    @property
    def key(self) -> Hashable:
        return (type(self), self.scan_id, self.activity.key)


class ActionMoved(ScanChange, frozen=True):
    """The state of a server action on a finding, or on all of a scan, has changed.

    Attributes:
        subject: id of the finding or the scan.
    """

    subject: str

    @property
    def key(self) -> Hashable:
        return (type(self), self.subject)


class SeenMoved(ScanChange, frozen=True):
    """Findings of a scan were seen, or it is known now that they have changed since."""


class FindingChange(Struct, frozen=True):
    """A change of a finding; at most one is pending, of whatever kind."""

    finding: Finding

    @property
    def key(self) -> Hashable:
        return (FindingChange, self.finding.id)


class FindingAdded(FindingChange, frozen=True):
    """A row was read for the first time.

    Attributes:
        is_first_read: it came with the first whole listing of a scan that was added to the board,
            so it is not a new event (behaviour.md 2.5, rule 1).
    """

    is_first_read: bool = False


class FindingReplaced(FindingChange, frozen=True):
    """The content of a row has changed."""

    previous: Finding


class FindingDropped(FindingChange, frozen=True):
    """A finding that was only announced is removed: the server has no such row (T-3)."""


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
    | SeenMoved
)

RowChange = FindingAdded | FindingReplaced | FindingDropped
