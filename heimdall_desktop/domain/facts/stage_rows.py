"""The newest row of each stage out of `/live` answers and stream events, in any order."""

from dataclasses import dataclass, field
from datetime import datetime

from heimdall_desktop.domain.facts.observation import LiveRead, StageRow, StageSeen
from heimdall_desktop.domain.facts.stage import Stage, StageState, shown_stages
from heimdall_desktop.domain.facts.told import Told


@dataclass(slots=True)
class StageRows:
    """What was told of each stage, by name.

    A row of `/live` has one timestamp only, its end or else its start. So the starts are kept
    aside: without them no stage that has ended would have a duration.
    """

    _told: dict[str, Told[StageRow | None]] = field(default_factory=dict)
    _starts: dict[str, datetime] = field(default_factory=dict)

    def read(self, live: LiveRead) -> None:
        """Take the rows of a `/live` answer."""
        for row in live.stages:
            self._of(row.name).by_rest(live.asked_at_s, row)
            if row.status == StageState.RUNNING.value and row.timestamp is not None:
                known = self._starts.get(row.name, row.timestamp)
                self._starts[row.name] = max(known, row.timestamp)

    def see(self, seen: StageSeen) -> None:
        """Take a stream event. Its stamp is no start: `running` is sent again and again (3.5)."""
        row = StageRow(seen.stage, seen.status, seen.error, seen.stamped_at)
        self._of(seen.stage).by_stream(seen.stamped_at, seen.heard_at_s, row)

    @property
    def told(self) -> tuple[StageRow, ...]:
        """The newest row of each stage."""
        return tuple(row for told in self._told.values() if (row := told.value) is not None)

    @property
    def starts(self) -> tuple[StageRow, ...]:
        """A running row for each start kept aside, so that reading them again keeps them again."""
        running = StageState.RUNNING.value
        return tuple(StageRow(name, running, None, at) for name, at in self._starts.items())

    def shown(self, scan_started_at: datetime | None) -> tuple[Stage, ...]:
        """Return the nine stages as they are shown; see `shown_stages`."""
        return shown_stages(list(self.told), self._starts, scan_started_at)

    def _of(self, name: str) -> Told[StageRow | None]:
        return self._told.setdefault(name, Told(None))
