"""Which fingerprints several findings share: only those make groups worth a head of their own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter

from heimdall_desktop.domain.finding import Finding, FindingId
from heimdall_desktop.domain.group import GroupKey

_fingerprint = attrgetter("fingerprint")


class Fingerprints:
    """Knows who is alone with a fingerprint, and which ones are shared."""

    def __init__(self) -> None:
        self._shared: set[str] = set()
        self._alone: dict[str, Finding] = {}

    def build(self, rows: Sequence[Finding]) -> Mapping[GroupKey, list[Finding]]:
        """Take all findings in anew, and return them by their keys, each as they stand."""
        self._alone = alone = dict(zip(map(_fingerprint, rows), rows, strict=True))
        self._shared = set()
        if len(alone) < len(rows):  # of several that share one the last is in there
            self._shared = {row.fingerprint for row in rows if alone[row.fingerprint] is not row}
        self._shared.discard("")
        if not self._shared and "" not in alone:
            return {None: list(rows)} if rows else {}
        for told in (*self._shared, ""):
            alone.pop(told, None)
        found: defaultdict[GroupKey, list[Finding]] = defaultdict(list)
        for finding in rows:
            found[self.key(finding)].append(finding)
        return found

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
