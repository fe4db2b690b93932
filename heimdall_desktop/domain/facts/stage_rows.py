"""The newest row of each stage out of `/live` answers and stream events, in any order."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from heimdall_desktop.domain.facts.observation import LiveRead, ScanRead, StageRow, StageSeen
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, Stage, StageState, shown_stages
from heimdall_desktop.domain.facts.told import Told

#: Stage and state that a scan's status stands for. Source: heimdall-api.md 3.5.
STATUS_STAGES = {
    "ingesting": ("ingest", StageState.RUNNING),
    "ingested": ("ingest", StageState.COMPLETED),
    "modeling": ("tyr", StageState.RUNNING),
    "modeled": ("tyr", StageState.COMPLETED),
    "static_analysis": ("static_analysis", StageState.RUNNING),
    "taint_analyzing": ("taint_analysis", StageState.RUNNING),
    "taint_analyzed": ("taint_analysis", StageState.COMPLETED),
    "config_scanning": ("config_scan", StageState.RUNNING),
    "config_scanned": ("config_scan", StageState.COMPLETED),
    "hunting": ("hunt", StageState.RUNNING),
    "hunted": ("hunt", StageState.COMPLETED),
    "verifying": ("vidarr", StageState.RUNNING),
    "verified": ("vidarr", StageState.COMPLETED),
    "validating": ("garmr", StageState.RUNNING),
    "validated": ("garmr", StageState.COMPLETED),
    "reporting": ("report", StageState.RUNNING),
}


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

    def infer(self, read: ScanRead) -> None:
        """Take from a scan's status what it says of a stage, where no `/live` tells the stages."""
        if read.status not in STATUS_STAGES:
            return
        name, state = STATUS_STAGES[read.status]
        known = self._of(name).value
        if known is None or known.status != state.value:
            row = StageRow(name, state.value, None, read.updated_at)
            self._of(name).by_rest(read.asked_at_s, row)
        for earlier in STAGE_NAMES[: STAGE_NAMES.index(name)]:
            open_row = self._of(earlier).value
            if open_row is not None and open_row.status == StageState.RUNNING.value:
                ended = StageRow(earlier, StageState.COMPLETED.value, None, read.updated_at)
                self._of(earlier).by_rest(read.asked_at_s, ended)

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

    def shown(
        self, scan_started_at: datetime | None, *, is_whole: bool = True
    ) -> tuple[Stage, ...]:
        """Return the nine stages as they are shown; see `shown_stages`.

        Args:
            scan_started_at: when this attempt of the scan began, if known.
            is_whole: the server tells of all nine; one it never named is not pending otherwise.
        """
        stages = shown_stages(list(self.told), self._starts, scan_started_at)
        if is_whole:
            return stages
        named = {row.name for row in self.told}
        unnamed = (stage.name not in named for stage in stages)
        return tuple(
            replace(stage, state=StageState.NOT_REPORTED) if is_unnamed else stage
            for stage, is_unnamed in zip(stages, unnamed, strict=True)
        )

    def _of(self, name: str) -> Told[StageRow | None]:
        return self._told.setdefault(name, Told(None))
