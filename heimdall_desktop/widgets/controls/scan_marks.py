"""Which glyph and which ink stand for a state of a scan, its stages, its log and its problems."""

from __future__ import annotations

from dataclasses import replace

from heimdall_desktop.domain.stages.stage_display import StageDisplay
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.board.connection_text import ConnectionText, Mood, Sign
from heimdall_desktop.presentation.board.problem import Problem, ProblemKind
from heimdall_desktop.presentation.panel.log_lines import LogSign
from heimdall_desktop.widgets.controls import problem_strip
from heimdall_desktop.widgets.controls.problem_strip import StripKind
from heimdall_desktop.widgets.controls.stage_strip import SegmentKind
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

MOOD_TONES = {
    Mood.PLAIN: Tone.TEXT,
    Mood.CALM: Tone.MUTED,
    Mood.WORKING: Tone.ACCENT,
    Mood.ATTENTION: Tone.WARNING,
    Mood.TROUBLE: Tone.FAILED,
}
SIGN_ICONS = {
    Sign.STALE: "conn-broken",
    Sign.CANNOT_REACH: "conn-broken",
    Sign.NOT_TRUSTED: "conn-certificate",
    Sign.SIGNED_OUT: "conn-signed-out",
    Sign.KEYRING_LOCKED: "conn-signed-out",
    Sign.UNREAD_KEYRING: "conn-signed-out",
    Sign.READ_ONLY: "conn-offline",
    Sign.NO_ACCESS: "conn-broken",
    Sign.NOT_CHECKED: "ui-warning",
    Sign.RECONNECTING: "conn-reconnecting",
    Sign.QUIET: "conn-quiet",
    Sign.WAITING: "conn-quiet",
    Sign.LOOKING: "conn-quiet",
    Sign.POLLING: "conn-quiet",
    Sign.CHECKING: "conn-reconnecting",
    Sign.CONNECTING: "conn-reconnecting",
    Sign.LIVE: "conn-live",
    Sign.DOCUMENTED: "conn-live",
    Sign.STREAM_ONLY: "ui-info",
    Sign.ENDED: "stage-pending",
}
# The words beside them tell them apart.
_LIKE = {
    StageDisplay.CANCELLED_BEFORE: StageDisplay.CANCELLED,
    StageDisplay.ENDED: StageDisplay.CANCELLED,
}
SEGMENTS = {display: SegmentKind[_LIKE.get(display, display).name] for display in StageDisplay}
LOG_MARKS = {
    LogSign.RUNNING: ("stage-running", Tone.ACCENT),
    LogSign.STARTED: ("stage-pending", Tone.MUTED),
    LogSign.DONE: ("stage-done", Tone.TEXT),
    LogSign.SKIPPED: ("stage-skipped", Tone.MUTED),
    LogSign.WARNING: ("ui-warning", Tone.WARNING),
    LogSign.FAILED: ("stage-failed", Tone.FAILED),
    LogSign.CANCELLED: ("stage-cancelled", Tone.TEXT),
    LogSign.NOTE: ("ui-info", Tone.MUTED),
    LogSign.GAP: ("ui-more", Tone.WARNING),
}
_STRIPS = {
    ProblemKind.STALE: (StripKind.FAILED, "conn-broken"),
    ProblemKind.CANNOT_REACH: (StripKind.FAILED, "conn-broken"),
    ProblemKind.NOT_TRUSTED: (StripKind.FAILED, "conn-certificate"),
    ProblemKind.NOT_CHECKED: (StripKind.FAILED, "ui-warning"),
    ProblemKind.KEYRING: (StripKind.WARNING, "conn-signed-out"),
    ProblemKind.OFFLINE: (StripKind.ALT, "conn-offline"),
    ProblemKind.BAD_DATA: (StripKind.WARNING, "ui-warning"),
    ProblemKind.SIGNED_OUT: (StripKind.WARNING, "conn-signed-out"),
    ProblemKind.GONE: (StripKind.FAILED, "conn-broken"),
    ProblemKind.FAILED_MAY_RETRY: (StripKind.FAILED, "stage-failed"),
    ProblemKind.FAILED: (StripKind.FAILED, "stage-failed"),
    ProblemKind.ENDED: (StripKind.WARNING, "ui-warning"),
    ProblemKind.RECONNECTING: (StripKind.WARNING, "conn-reconnecting"),
    ProblemKind.INCOMPLETE: (StripKind.WARNING, "ui-warning"),
    ProblemKind.RESYNCHRONISING: (StripKind.SELECTION, "conn-reconnecting"),
    ProblemKind.BUSY: (StripKind.ALT, "conn-quiet"),
    ProblemKind.QUIET: (StripKind.ALT, "conn-quiet"),
    ProblemKind.POLLING_ONLY: (StripKind.ALT, "conn-quiet"),
    ProblemKind.CANCELLED_AND_BACK: (StripKind.ALT, "stage-attempt"),
    ProblemKind.GOES_ON: (StripKind.WARNING, "stage-attempt"),
    ProblemKind.NOT_PICKED_UP: (StripKind.WARNING, "ui-warning"),
    ProblemKind.UNLOOKED: (StripKind.WARNING, "ui-warning"),
    ProblemKind.CANCELLED: (StripKind.ALT, "stage-cancelled"),
}
GLYPH_PX, GLYPH_GAP_PX, GAP_PX = 14, 5, 8


def sign_icon(sign: Sign, *, is_clear: bool) -> str:
    """Return the glyph of a state; an end has a tick only where there is nothing left to doubt."""
    return "conn-ended" if is_clear and sign is Sign.ENDED else SIGN_ICONS[sign]


def strip_of(problem: Problem | None, more: int = 0) -> problem_strip.Problem | None:
    """Return a problem of a scan as the strip shows it, with how many more wait behind it."""
    if problem is None:
        return None
    kind, icon = _STRIPS[problem.kind]
    actions = tuple(tr(action.value) for action in problem.actions)
    shown = problem_strip.Problem(kind, icon, problem.fact, problem.consequence, actions)
    return replace(shown, more=more)


def draw_connection_at_end(row: RowCursor, theme: Theme, words: ConnectionText) -> None:
    """Draw the words whole, and leave a gap before the glyph."""
    weight = Weight.REGULAR if words.mood is Mood.CALM else Weight.MEDIUM
    ink = theme.tokens.ink(MOOD_TONES[words.mood])
    width = theme.text_width(words.text, Role.SMALL, weight) + 1
    row.text_at_end(words.text, width, theme.font(Role.SMALL, weight), ink)
    row.skip_at_end(theme.scale(GLYPH_GAP_PX))
    row.icon_at_end(SIGN_ICONS[words.sign], theme.scale(GLYPH_PX), ink)
    row.skip_at_end(theme.scale(GAP_PX))
