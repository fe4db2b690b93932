"""Disagreements about a finding in words: in a row, and as sentences."""

from collections.abc import Sequence

from heimdall_desktop.domain.disagreements import Disagreement, Found
from heimdall_desktop.domain.facts.decision import SETTABLE
from heimdall_desktop.domain.facts.finding import Finding, Source
from heimdall_desktop.domain.histories import DecidedBy, DecisionChange
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import UNKNOWN, status_word, value_in_text, word_in_text


def short_text(finding: Finding, found: Sequence[Found]) -> str:
    """Return what differs about a finding, for a column; "" for nothing."""
    return "; ".join(_short(finding, each) for each in found)


def _short(finding: Finding, found: Found) -> str:
    match found.kind:
        case Disagreement.PROOF:
            return tr("Proven, but {status}").format(status=status_word(finding).lower())
        case Disagreement.UNPROVEN:
            return tr("Upheld, but proof unconfirmed")
        case Disagreement.OVERRIDE:
            return tr("Person overrode V\u00ed\u00f0arr")
        case Disagreement.OVERLAP:
            other = found.other or finding
            is_model = other.source is Source.AI
            form = (
                tr("AI {verdict} at line {line}")
                if is_model
                else tr("Static {verdict} at line {line}")
            )
            line = grouped(other.lines[0])
            return form.format(verdict=word_in_text(other.verdict), line=line)


def sentences(finding: Finding, found: Sequence[Found]) -> tuple[str, ...]:
    """Return what differs about a finding, a sentence for each disagreement."""
    return tuple(_sentence(finding, each) for each in found)


def _sentence(finding: Finding, found: Found) -> str:
    match found.kind:
        case Disagreement.PROOF:
            text = tr("The proof of concept succeeded, but the status is \u201c{status}\u201d.")
            return text.format(status=status_word(finding))
        case Disagreement.UNPROVEN:
            return tr(
                "The proof of concept didn't confirm it, but it is confirmed or of high confidence."
            )
        case Disagreement.OVERRIDE:
            return _override(found)
        case Disagreement.OVERLAP:
            other = found.other or finding
            is_model = other.source is Source.AI
            text = tr(
                "Static analysis found the same weakness at line {line}: that finding is {theirs}, "
                "this one is {ours}."
            )
            if is_model:
                text = tr(
                    "The AI found the same weakness at line {line}: that finding is {theirs}, "
                    "this one is {ours}."
                )
            return text.format(
                theirs=word_in_text(other.verdict),
                line=grouped(other.lines[0]),
                ours=word_in_text(finding.verdict),
            )


def _override(found: Found) -> str:
    change = found.change
    if change is None:
        return tr("A person overrode V\u00ed\u00f0arr.")
    text = tr("A person overrode V\u00ed\u00f0arr: {step}.")
    if change.by in (DecidedBy.OWN, DecidedBy.HERE):
        text = tr("You overrode V\u00ed\u00f0arr: {step}.")
    return text.format(step=step_words(change))


def step_words(change: DecisionChange) -> str:
    """Return "open \u2192 dismissed"; words that no version of a server has are unknown."""
    known = SETTABLE[change.what]
    old, new = (
        value_in_text(word) if word in known else tr(UNKNOWN) for word in (change.old, change.new)
    )
    return f"{old} \u2192 {new}"
