"""How long stages usually take and how much is left, in the words of cards and panel.

Source: design.md 5 (Scan card, Stages panel), ux.md 1 (25).
"""

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_times import LEAST_SCANS, UsualTime, UsualTimes, time_left
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import stage_label
from heimdall_desktop.presentation.time_text import HOUR_S, MINUTE_S


def short_usual_text(usual: UsualTime) -> str:
    """Return "~9 m", as short as a card needs it."""
    return _median(usual, tr("~{number} s"), tr("~{number} m"), tr("~{number} h"))


def time_words(usual: UsualTime) -> str:
    """Return "9 min"."""
    return _median(usual, tr("{number} s"), tr("{number} min"), tr("{number} h"))


def usual_text(usual: UsualTime) -> str:
    """Return "~4 min (2 to 7)"; without the range where there is none."""
    unit_s = _unit_s(usual.median_s)
    words, shown_range = f"~{time_words(usual)}", _range(usual, unit_s)
    return f"{words} ({shown_range})" if shown_range else words


def usual_sentence(usual: UsualTime) -> str:
    """Return "Usual 6 min, shortest 5, longest 9"."""
    unit_s = _unit_s(usual.median_s)
    return tr("Usually {time}, shortest {shortest}, longest {longest}").format(
        time=time_words(usual),
        shortest=_rounded(usual.shortest_s, unit_s),
        longest=_rounded(usual.longest_s, unit_s),
    )


def scans_text(usual: UsualTimes) -> str:
    """Return from how much the estimates come: "From 6 past scans of this repository."."""
    return tr(
        "Based on %n past scans of this repository.",
        "",
        usual.scans,
        one="Based on %n past scan of this repository.",
    )


def no_estimate_text() -> str:
    """Return what stands where an estimate would: "No estimate (needs 3 past scans)"."""
    return tr("No estimate (needs %n past scans)", "", LEAST_SCANS)


def left_text(scan: Scan, usual: UsualTimes, elapsed_s: float | None) -> str:
    """Return "about 12 min left (5 to 17)", or why that cannot be said.

    Args:
        scan: a live scan.
        usual: what is usual for its repository.
        elapsed_s: how long its running stage has run, if one runs.
    """
    running = scan.running_stage
    known = usual.of(running.name) if running else None
    if known is not None and (elapsed_s or 0.0) > known.longest_s:
        return tr("{stage} is taking longer than ever").format(
            stage=stage_label(running.name) if running else ""
        )
    left = time_left(scan, usual, elapsed_s)
    if left is None:
        return tr("no estimate yet")
    if left.median_s < MINUTE_S:
        return tr("less than a minute left")
    unit_s = _unit_s(left.median_s)
    number = _rounded(left.median_s, unit_s)
    about = tr("about {number} min left") if unit_s == MINUTE_S else tr("about {number} h left")
    words, shown_range = about.format(number=number), _range(left, unit_s)
    return f"{words} ({shown_range})" if shown_range else words


def _median(usual: UsualTime, seconds: str, minutes: str, hours: str) -> str:
    """Put the median into the form that has its unit."""
    unit_s = _unit_s(usual.median_s)
    form = {1: seconds, MINUTE_S: minutes, HOUR_S: hours}[unit_s]
    return form.format(number=_rounded(usual.median_s, unit_s))


def _unit_s(median_s: float) -> int:
    if median_s < MINUTE_S:
        return 1
    return MINUTE_S if median_s < 2 * HOUR_S else HOUR_S


def _rounded(time_s: float, unit_s: int) -> int:
    """Round to whole units; something is never nothing."""
    return max(round(time_s / unit_s), 1) if time_s > 0 else 0


def _range(usual: UsualTime, unit_s: int) -> str:
    shortest, longest = _rounded(usual.shortest_s, unit_s), _rounded(usual.longest_s, unit_s)
    if shortest == longest:
        return ""
    return tr("{shortest} to {longest}").format(shortest=shortest, longest=longest)
