"""The fields of a filter with known words: which pass, how to let all pass, whose a finding is."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.filters.filter import (
    ALL_CONFIDENCES,
    ALL_SEVERITIES,
    ALL_SOURCES,
    ALL_STAGES,
    ALL_STATUSES,
    ALL_VERDICTS,
    FINDING_STAGES,
    Filter,
    FindingStage,
)
from heimdall_desktop.domain.filters.filter_language import AnyWord


class ClosedField(Struct, frozen=True):
    """One of them.

    Attributes:
        passing: the words that pass a filter.
        widened: the filter without what it asks by this field.
        word_of: the word a finding has; None where that is unknown.
    """

    passing: Callable[[Filter], frozenset[AnyWord]]
    widened: Callable[[Filter], Filter]
    word_of: Callable[[Finding], AnyWord | None]


CLOSED_FIELDS = {
    "sev": ClosedField(
        lambda wanted: frozenset(wanted.severities),
        lambda wanted: replace(wanted, severities=ALL_SEVERITIES),
        lambda finding: finding.counts_as,
    ),
    "status": ClosedField(
        lambda wanted: frozenset(wanted.statuses),
        lambda wanted: replace(wanted, statuses=ALL_STATUSES),
        lambda finding: finding.status,
    ),
    "conf": ClosedField(
        lambda wanted: frozenset(wanted.confidences),
        lambda wanted: replace(wanted, confidences=ALL_CONFIDENCES),
        lambda finding: finding.confidence,
    ),
    "source": ClosedField(
        lambda wanted: frozenset(wanted.sources),
        lambda wanted: replace(wanted, sources=ALL_SOURCES),
        lambda finding: finding.source,
    ),
    "stage": ClosedField(
        lambda wanted: frozenset(wanted.stages),
        lambda wanted: replace(wanted, stages=ALL_STAGES),
        lambda finding: FindingStage(finding.stage) if finding.stage in FINDING_STAGES else None,
    ),
    "is": ClosedField(
        lambda wanted: frozenset(wanted.verdicts),
        lambda wanted: replace(wanted, verdicts=ALL_VERDICTS),
        lambda finding: finding.verdict,
    ),
}
