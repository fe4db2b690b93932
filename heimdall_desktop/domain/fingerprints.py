"""Which fingerprints several findings share: only those make groups worth a head of their own."""

from collections.abc import Sequence
from operator import attrgetter

from heimdall_desktop.domain.finding import Finding, FindingId

_fingerprint = attrgetter("fingerprint")


class Fingerprints:
    """Knows who is alone with a fingerprint, and which ones are shared."""

    def __init__(self) -> None:
        self._shared: set[str] = set()
        self._alone: dict[str, Finding] = {}

    def build(self, rows: Sequence[Finding]) -> Sequence[str | None]:
        """Take all findings in anew, and return their keys."""
        prints = list(map(_fingerprint, rows))
        alone = dict(zip(prints, rows, strict=True))  # of several the last one
        self._alone, self._shared = alone, set()
        if len(alone) < len(prints):
            pairs = zip(prints, rows, strict=True)
            self._shared = {told for told, found in pairs if alone[told] is not found}
        self._shared.discard("")
        if not self._shared and "" not in alone:
            return [None] * len(rows)
        for told in (*self._shared, ""):
            alone.pop(told, None)
        shared = self._shared
        return [told if told in shared or not told else None for told in prints]

    def key(self, finding: Finding) -> str | None:
        """Return the fingerprint, "" where there is none, None for a finding alone with its own."""
        told = finding.fingerprint
        return told if told in self._shared or not told else None

    def alone(self, fingerprint: str) -> FindingId | None:
        """Return who is alone with a fingerprint; None if nobody is."""
        finding = self._alone.get(fingerprint)
        return None if finding is None else finding.id

    def be_alone(self, finding: Finding) -> None:
        """Let a finding be the only one with its fingerprint."""
        if finding.fingerprint:
            self._shared.discard(finding.fingerprint)
            self._alone[finding.fingerprint] = finding

    def share(self, fingerprint: str) -> None:
        """Let several findings have a fingerprint."""
        self._alone.pop(fingerprint, None)
        self._shared.add(fingerprint)

    def leave(self, finding: Finding) -> None:
        """Forget a finding that was alone with its fingerprint, if it was."""
        if self.alone(finding.fingerprint) == finding.id:
            del self._alone[finding.fingerprint]
