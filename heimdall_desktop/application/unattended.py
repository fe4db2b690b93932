"""Decides when an unattended run is over, with which exit status, and what it prints.

The line of JSON is taken from the scans as the window shows them, never from the server's counters.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from enum import IntEnum

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.finding import ScanId, Severity, one_line
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.words.wording import tr

UNREACHABLE_S = 30.0


class Exit(IntEnum):
    """Exit status of the program."""

    DONE = 0
    FAILED = 1
    ARGUMENTS = 2
    NO_SERVER = 3
    NOT_VISIBLE = 4
    TIMEOUT = 5


class Unattended:
    """Looks at the watched scans now and then, and says when enough has been seen.

    Args:
        scan_ids: what is to be seen to its end, in the order of the answer.
        began_s: monotonic moment the program began.
        timeout_s: give up so long after that; None never.
    """

    def __init__(
        self,
        store: Store,
        scan_ids: Sequence[ScanId],
        *,
        began_s: float,
        timeout_s: float | None,
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._scan_ids = scan_ids
        self._clock = clock
        self._began_s = began_s
        self._timeout_s = timeout_s

    def verdict(self) -> tuple[Exit, str] | None:
        """Return exit status and reason, one line, once there is one; None while it goes on."""
        scans = self._scans()
        trouble = self._trouble(scans)
        if trouble is not None:
            return trouble
        if all(scan.is_settled for scan in scans):
            return _end(scans)
        now_s = self._clock()
        if self._timeout_s is not None and now_s - self._began_s >= self._timeout_s:
            waiting = sum(not scan.is_settled for scan in scans)
            told = tr(
                "{waiting} of {total} scans had not settled after {timeout_s:g} s. "
                "Give a longer --timeout."
            )
            numbers = {"total": len(scans), "timeout_s": self._timeout_s}
            return Exit.TIMEOUT, told.format(waiting=waiting, **numbers)
        return None

    def answer(self) -> str:
        """Return the line of JSON, without a line end."""
        return json.dumps({"scans": [_told(scan) for scan in self._scans()]}, ensure_ascii=False)

    def _scans(self) -> list[Scan]:
        found = (self._store.scan(scan_id) for scan_id in self._scan_ids)
        return [scan for scan in found if scan is not None]

    def _trouble(self, scans: list[Scan]) -> tuple[Exit, str] | None:
        for scan in scans:
            match scan.connection and scan.connection.connection:
                case Connection.SIGNED_OUT:
                    told = tr(
                        "{server} does not accept the token. Sign in again, or set HEIMDALL_TOKEN."
                    )
                    return Exit.NO_SERVER, told.format(server=scan.server)
                case Connection.GONE:
                    told = tr(
                        "Scan {scan_id} does not exist, or is not visible to this account. "
                        "Check the id and the account."
                    )
                    return Exit.NOT_VISIBLE, told.format(scan_id=scan.id)
                case _:
                    pass
        lost = [scan for scan in scans if not scan.is_settled and self._is_lost(scan)]
        if not lost:
            return None
        why = one_line(lost[0].connection.reason) if lost[0].connection else ""
        fact = tr("{server} has given no good answer for {limit_s:g} s.")
        fact = fact.format(server=lost[0].server, limit_s=UNREACHABLE_S)
        sentences = [fact, why, tr("Check the address and the network.")]
        return Exit.NO_SERVER, " ".join(filter(None, sentences))

    def _is_lost(self, scan: Scan) -> bool:
        """Whether requests have failed for long; one that is seldom asked for is not lost."""
        seen = scan.connection
        if seen is None or seen.failing_since_s is None:
            return False
        return self._clock() - seen.failing_since_s >= UNREACHABLE_S


def _end(scans: list[Scan]) -> tuple[Exit, str]:
    """Return exit status and reason of scans that have all ended."""
    for scan in scans:
        if scan.outcome is Outcome.FAILED:
            reason = one_line(scan.error or tr("the server gives no reason"))
            told = tr("The scan of {scan} failed: {reason}")
            return Exit.FAILED, told.format(scan=one_line(scan.name), reason=reason)
    for scan in scans:
        missing = (scan.ledger.total or 0) - scan.ledger.read
        if not scan.ledger.is_whole and missing > 0:
            told = tr(
                "%n findings of {scan} could not be read. "
                "The server counts them, but does not list them.",
                "",
                missing,
                one="%n finding of {scan} could not be read. The server counts it, "
                "but does not list it.",
            )
            return Exit.DONE, told.format(scan=one_line(scan.name))
    return Exit.DONE, ""


def _told(scan: Scan) -> dict[str, object]:
    severities = {severity.value: scan.severities[severity] for severity in Severity}
    ids = "\n".join(sorted(scan.findings))
    return {
        "id": scan.id,
        "status": scan.status,
        "findings": {"total": len(scan.findings), **severities},
        "ids_sha256": hashlib.sha256(ids.encode()).hexdigest(),
    }
