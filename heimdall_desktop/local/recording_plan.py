"""The plan of a replay: the steps of a recording, as they were written down."""

from collections.abc import AsyncGenerator

from heimdall_desktop.local.recordings import Recording
from heimdall_desktop.local.steps import Step


class RecordingPlan:
    """Replays a recording; attempts beyond its last one repeat the last."""

    def __init__(self, recording: Recording) -> None:
        self._attempts = recording.attempts

    async def steps(self, stage: str, attempt: int) -> AsyncGenerator[Step, None]:
        """Yield the recorded steps of a stage."""
        recorded = self._attempts[min(attempt, len(self._attempts)) - 1]
        for step in recorded.get(stage, ()):
            yield step
