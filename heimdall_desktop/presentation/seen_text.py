"""The words of what is new, or has changed since it was seen."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingStatus,
    Severity,
    Verdict,
    one_line,
)
from heimdall_desktop.domain.facts.seen import SeenFindings, SeenState
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import shortened, value_in_text
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.presentation.time_text import number_text, past_text

WORD_LIMIT = 30
PATH_LIMIT = 80
_KNOWN = {word.value for kind in (Severity, FindingStatus, Verdict) for word in kind}
#: Only a person sets these (protocol.md 5.6), and decisions made here are no news.
_DECIDED = {
    FindingStatus.CONFIRMED: tr_noop("confirmed elsewhere"),
    FindingStatus.DISMISSED: tr_noop("dismissed elsewhere"),
    FindingStatus.FIXED: tr_noop("marked as fixed elsewhere"),
}


class NewsText(Struct, frozen=True):
    """What is news of a finding.

    Attributes:
        forms: "severity medium → high since Friday 16:20", without the time, and just
            "medium → high"; parts of a sentence.
        sentence: "Since Friday 16:20: severity medium → high."
        more: another sentence with the other changes; "" for none.
    """

    forms: tuple[str, ...]
    sentence: str
    more: str = ""


def news_text(seen: SeenFindings, finding: Finding, now: datetime, mask: Mask) -> NewsText | None:
    """Return what is news of a finding since it was seen; None for nothing."""
    if seen.is_shown_as_new(finding):
        time = past_text(finding.created_at, now)
        texts = tr("new since {time}"), tr("New since {time}.")
        return NewsText((texts[0].format(time=time), tr("new")), texts[1].format(time=time))
    state = seen.shown_state(finding)
    if state is None or state.fits(finding):
        return None
    changes, time = list(_changes(state, finding, mask)), past_text(state.at, now)
    news, brief = (", ".join(words) for words in zip(*changes, strict=True))
    text, sentence = tr("{news} since {time}"), tr("Since {time}: {news}.")
    also = ", ".join(long for long, _ in changes[1:])
    return NewsText(
        (text.format(news=news, time=time), news, brief),
        sentence.format(news=changes[0][0], time=time),
        tr("Also: {news}.").format(news=also) if also else "",
    )


def _changes(state: SeenState, finding: Finding, mask: Mask) -> Iterator[tuple[str, str]]:
    """Yield the changes in words and briefly, the gravest first.

    A verdict is a change of its own only if no decision has changed it.
    """
    if state.severity != finding.severity_text:
        step = _step(state.severity, finding.severity_text, mask)
        yield tr("severity {step}").format(step=step), step
    if state.status != finding.status_text:
        if finding.status in _DECIDED:
            yield tr(_DECIDED[finding.status]), value_in_text(finding.status.value)
        else:
            step = _step(state.status, finding.status_text, mask)
            yield tr("status {step}").format(step=step), step
    elif state.verdict is not finding.verdict:
        step = _step(state.verdict.value, finding.verdict.value, mask)
        yield tr("verdict {step}").format(step=step), step
    old = (state.file_path, state.line_start, state.line_end)
    new = (finding.file_path, finding.line_start, finding.line_end)
    if old != new:
        yield tr("moved") if mask.is_on else _moved(*old, *new), tr("moved")


def _step(old: str, new: str, mask: Mask) -> str:
    """Return "medium → high"; a word that isn't known may be any text of the server."""
    old, new = (
        value_in_text(word) if word in _KNOWN else mask.text(shortened(one_line(word), WORD_LIMIT))
        for word in (old, new)
    )
    return tr("{old} \u2192 {new}").format(old=old, new=new)


def _moved(
    old: str, old_start: int, old_end: int | None, new: str, new_start: int, new_end: int | None
) -> str:
    """Return "moved from a.py:10 to b.py:12", with folders or last lines if only these differ."""
    is_same_name = old.rpartition("/")[2] == new.rpartition("/")[2]
    paths = (old, new) if is_same_name and old != new else _names(old, new)
    lines = [str(old_start), str(new_start)]
    if old_start == new_start and old_end != new_end:
        ends = zip((old_start, new_start), (old_end, new_end), strict=True)
        lines = [str(start) if end is None else f"{start}\u2013{end}" for start, end in ends]
    before, after = (
        f"{shortened(one_line(path), PATH_LIMIT)}:{line}" if path else tr("(no file)")
        for path, line in zip(paths, lines, strict=True)
    )
    return tr("moved from {old} to {new}").format(old=before, new=after)


def _names(*paths: str) -> tuple[str, ...]:
    return tuple(path.rpartition("/")[2] for path in paths)


def news_counts(count: int) -> tuple[str, ...]:
    """Return how many findings of a scan are news, the longest form first; empty for none."""
    if not count:
        return ()
    return tr("%n new or changed", "", count), number_text(count)
