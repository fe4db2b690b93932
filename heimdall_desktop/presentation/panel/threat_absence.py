"""Why there is no threat model of a scan to show, in one fact and one consequence."""

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, Stage, StageState
from heimdall_desktop.domain.words.i18n import tr

MAKER = "tyr"
"""The stage that makes the threat model. Source: heimdall-api.md 4.11."""


def making_stage(scan: Scan) -> Stage:
    """Return how the stage stands that makes the threat model."""
    return scan.stages[STAGE_NAMES.index(MAKER)]


def why_absent(scan: Scan) -> tuple[str, str]:
    """Return fact and consequence of the server's having no threat model of a scan."""
    stage = making_stage(scan)
    match stage.state:
        case StageState.FAILED:
            return tr("Tyr failed before a threat model was stored."), one_line(stage.error or "")
        case StageState.SKIPPED:
            return tr("Tyr was skipped, so there is no threat model."), one_line(stage.error or "")
        case StageState.COMPLETED:
            return tr("No threat model is stored."), tr("Tyr has ended without one.")
        case _ if not scan.is_live:
            return tr("The scan ended before Tyr had made a threat model."), ""
        case StageState.RUNNING:
            consequence = tr("Tyr, stage 2 of 9, makes it, and is at work.")
        case _:
            consequence = tr("Tyr, stage 2 of 9, makes it, and has not begun.")
    return tr("The threat model is not stored yet."), consequence
