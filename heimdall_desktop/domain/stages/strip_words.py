"""The strip of a card as words: "stage 6 of 9, hunt, running 4:12". Source: ux.md 2.4."""

from collections.abc import Sequence

from heimdall_desktop.domain.facts.stage import STAGE_LABELS, STAGE_NAMES
from heimdall_desktop.domain.stages.stage_looks import StageLook
from heimdall_desktop.domain.words.wording import later, tr

_WORDS = {
    StageLook.DONE: later("done"),
    StageLook.WARNING: later("done, with warnings"),
    StageLook.RUNNING: later("running"),
    StageLook.QUIET: later("running, no news"),
    StageLook.PENDING: later("not begun"),
    StageLook.NOT_REPORTED: later("not reported"),
    StageLook.FAILED: later("failed"),
    StageLook.FAILED_BEFORE: later("not begun, failed in an earlier attempt"),
    StageLook.CANCELLED_BEFORE: later("not begun, cancelled in an earlier attempt"),
    StageLook.SKIPPED: later("skipped"),
    StageLook.CANCELLED: later("cancelled"),
    StageLook.ENDED: later("failed or cancelled"),
}
_STOPPED = (StageLook.FAILED, StageLook.CANCELLED, StageLook.ENDED)


def state_words(look: StageLook) -> str:
    """Return how a stage stands, in a word or two."""
    return tr(_WORDS[look])


def stage_words(number: int, looks: Sequence[StageLook], elapsed: str = "") -> str:
    """Return how one stage stands.

    Args:
        number: which one, from 0.
        looks: of all stages.
        elapsed: how long the running one has been at it, such as "4:12"; "" where nobody knows.
    """
    look = looks[number]
    label = tr(STAGE_LABELS[STAGE_NAMES[number]]).lower()
    told = tr("stage {number} of {total}, {stage}, {state}").format(
        number=number + 1, total=len(looks), stage=label, state=tr(_WORDS[look])
    )
    return f"{told} {elapsed}" if elapsed and look.is_running else told


def next_stage(looks: Sequence[StageLook], stage: int | None, step: int) -> int:
    """Return which stage is reached by a step from another one; the ends are not passed.

    Who begins to walk (from None) begins at the running stage, else at an end of the strip.
    """
    last = len(looks) - 1
    if stage is not None:
        return min(max(stage + step, 0), last)
    running = [number for number, look in enumerate(looks) if look.is_running]
    return running[-1] if running else 0 if step > 0 else last


def strip_words(looks: Sequence[StageLook], elapsed: str = "") -> str:
    """Return where a scan stands: its running stage, else where it stopped, else how far it is."""
    running = [number for number, look in enumerate(looks) if look.is_running]
    stopped = [number for number, look in enumerate(looks) if look in _STOPPED]
    for number in [*running[-1:], *stopped[-1:]]:
        return stage_words(number, looks, elapsed)
    pending = sum(look.is_waiting for look in looks)
    return tr("{done} of {total} stages over").format(done=len(looks) - pending, total=len(looks))
