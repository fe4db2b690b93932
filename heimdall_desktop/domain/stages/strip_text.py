"""The strip of a card as words: "stage 6 of 9, hunt, running 4:12". Source: ux.md 2.4."""

from collections.abc import Sequence

from heimdall_desktop.domain.facts.stage import STAGE_LABELS, STAGE_NAMES
from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.domain.words.i18n import tr, tr_noop

_WORDS = {
    StageDisplay.DONE: tr_noop("done"),
    StageDisplay.WARNING: tr_noop("done, with warnings"),
    StageDisplay.RUNNING: tr_noop("running"),
    StageDisplay.QUIET: tr_noop("running, no news"),
    StageDisplay.PENDING: tr_noop("not begun"),
    StageDisplay.NOT_REPORTED: tr_noop("not reported"),
    StageDisplay.FAILED: tr_noop("failed"),
    StageDisplay.FAILED_BEFORE: tr_noop("not begun, failed in an earlier attempt"),
    StageDisplay.CANCELLED_BEFORE: tr_noop("not begun, cancelled in an earlier attempt"),
    StageDisplay.SKIPPED: tr_noop("skipped"),
    StageDisplay.CANCELLED: tr_noop("cancelled"),
    StageDisplay.ENDED: tr_noop("failed or cancelled"),
}
_STOPPED = (StageDisplay.FAILED, StageDisplay.CANCELLED, StageDisplay.ENDED)


def state_text(display: StageDisplay) -> str:
    """Return how a stage stands, in a word or two."""
    return tr(_WORDS[display])


def stage_text(number: int, displays: Sequence[StageDisplay], elapsed: str = "") -> str:
    """Return how one stage stands.

    Args:
        number: which one, from 0.
        displays: of all stages.
        elapsed: how long the running one has been at it, such as "4:12"; "" where nobody knows.
    """
    display = displays[number]
    label = tr(STAGE_LABELS[STAGE_NAMES[number]]).lower()
    told = tr("stage {number} of {total}, {stage}, {state}").format(
        number=number + 1, total=len(displays), stage=label, state=tr(_WORDS[display])
    )
    return f"{told} {elapsed}" if elapsed and display.is_running else told


def next_stage(displays: Sequence[StageDisplay], stage: int | None, step: int) -> int:
    """Return which stage is reached by a step from another one; the ends are not passed.

    Who begins to walk (from None) begins at the running stage, else at an end of the strip.
    """
    last = len(displays) - 1
    if stage is not None:
        return min(max(stage + step, 0), last)
    running = [number for number, display in enumerate(displays) if display.is_running]
    return running[-1] if running else 0 if step > 0 else last


def strip_text(displays: Sequence[StageDisplay], elapsed: str = "") -> str:
    """Return where a scan stands: its running stage, else where it stopped, else how far it is."""
    running = [number for number, display in enumerate(displays) if display.is_running]
    stopped = [number for number, display in enumerate(displays) if display in _STOPPED]
    for number in [*running[-1:], *stopped[-1:]]:
        return stage_text(number, displays, elapsed)
    pending = sum(display.is_waiting for display in displays)
    return tr("{done} of {total} stages over").format(
        done=len(displays) - pending, total=len(displays)
    )
