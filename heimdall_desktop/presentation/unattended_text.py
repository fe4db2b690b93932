"""Why a run without a user ended: one line each, for standard error."""

from collections.abc import Sequence

from heimdall_desktop.domain.facts.errors import CredentialError, Reason, SignedOut
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.server import host_name, id_on_server
from heimdall_desktop.presentation.error_text import error_text, reason_text
from heimdall_desktop.presentation.i18n import grouped, in_english, tr, tr_noop

for_command_line = in_english  # in every language of the window

CLOSED = tr_noop("The window was closed before the scans had ended.")
QUIT = tr_noop("Heimdall Desktop was quit before the scans had ended.")


def defect_text() -> str:
    return tr(
        "An internal error in Heimdall Desktop stopped the watch. Run with --debug for details."
    )


def ended_text(signal_name: str) -> str:
    """Return what outside of the program ended the run; in English, as for a command line.

    Args:
        signal_name: such as "SIGTERM"; "" if the desktop ended it.
    """
    if not signal_name:
        return tr_noop("The desktop closed Heimdall Desktop before the scans had ended.")
    return tr_noop("{signal} ended the run before the scans had ended.").format(signal=signal_name)


def not_visible_text(scan: Scan) -> str:
    text = tr(
        "Scan {scan_id} doesn't exist or isn't visible to this account. Check the ID, the "
        "account and the address."
    )
    return text.format(scan_id=id_on_server(scan.id))


def mute_text(scan: Scan) -> str:
    text = tr(
        "{server} responds, but reports nothing about scan {scan_id}. Check the ID and the address."
    )
    return text.format(server=scan.server, scan_id=id_on_server(scan.id))


def signed_out_text(scan: Scan) -> str:
    """State that its server refuses the token, or why none was sent."""
    error = None if scan.connection is None else scan.connection.error
    if error is None:
        error = SignedOut(Reason.NO_TOKEN, host=host_name(scan.server))
    if isinstance(error, CredentialError) or error.reason is Reason.NO_TOKEN:
        return error_text(error)
    text = tr("{server} doesn't accept the token. Sign in again, or set HEIMDALL_TOKEN.")
    return text.format(server=scan.server)


def timeout_text(scans: Sequence[Scan], timeout_s: float) -> str:
    """Return how many scans were waited for, and what keeps the first of them from being read."""
    waiting = [scan for scan in scans if not scan.is_settled]
    text = tr("{waiting} of {total} scans hadn't settled after {timeout_s:g} s.")
    fact = text.format(waiting=len(waiting), total=len(scans), timeout_s=timeout_s)
    seen = (scan.connection for scan in waiting if scan.connection)
    why = next((reason_text(each) for each in seen if each.failing_since_s is not None), "")
    remedy = tr("Check the address and the network.") if why else tr("Use a longer --timeout.")
    return " ".join(filter(None, [fact, why, remedy]))


def lost_text(scan: Scan, limit_s: float) -> str:
    fact = tr("No valid response from {server} for {limit_s:g} s.")
    fact = fact.format(server=scan.server, limit_s=limit_s)
    why = reason_text(scan.connection)
    return " ".join(filter(None, [fact, why, tr("Check the address and the network.")]))


def failed_text(scan: Scan) -> str:
    end, error = scan.end_seen, scan.error
    if scan.is_stream_only and end is not None:
        error = end.error
    text = tr("The scan of {scan} failed: {reason}")
    if scan.outcome is Outcome.ENDED:
        text = tr("The scan of {scan} failed or was cancelled: {reason}")
    reason = one_line(error or "") or tr("the server gave no reason")
    return text.format(scan=one_line(scan.name), reason=reason)


def other_repo_text(before: Scan, after: Scan) -> str:
    text = tr(
        "{before} and {after} are different repositories. Compare two scans of the same repository."
    )
    return text.format(before=one_line(before.name), after=one_line(after.name))


def alarming_text(count: int) -> str:
    """Return how many findings are newly critical or high: new, or raised to that severity."""
    return tr(
        "%n findings are newly critical or high.",
        "",
        count,
        one="%n finding is newly critical or high.",
    )


def cut_short_text(scan: Scan) -> str:
    text = tr("The scan of {scan} didn't complete. The comparison uses its partial results.")
    return text.format(scan=one_line(scan.name))


def unseen_text(scan: Scan) -> str:
    """Return in one sentence which part of an ended scan was not seen; "" if all was."""
    if scan.is_stream_only:
        seen, counts, name = len(scan.findings), scan.announced_counts, one_line(scan.name)
        if counts is None:
            text = tr("The stream of {scan} ended without reporting how many findings there are.")
            return text.format(scan=name)
        if seen < counts.total:
            text = tr("{seen} of {total} findings in {scan} were seen; no more were announced.")
            return text.format(seen=seen, total=counts.total, scan=name)
        if scan.gaps:
            text = tr("Anything the stream of {scan} announced while it was disconnected is lost.")
            return text.format(scan=name)
        return ""
    sync_status, reported_counts = scan.sync_status, scan.reported_counts
    missing = 0 if sync_status.is_whole else (sync_status.total or 0) - sync_status.read
    if reported_counts is not None:
        missing = max(missing, reported_counts.least - len(scan.findings))
    if missing <= 0:
        if not scan.not_scanned:
            return ""
        text = tr(
            "%n files in {scan} were not scanned. This does not mean the code is clean.",
            "",
            scan.not_scanned,
            one="%n file in {scan} was not scanned. This does not mean the code is clean.",
        )
        return text.format(scan=one_line(scan.name))
    if scan.is_full:
        text = tr("{read} of {total} findings in {scan} were loaded; no more can be kept.")
        read, total = grouped(sync_status.read), grouped(sync_status.read + missing)
        return text.format(read=read, total=total, scan=one_line(scan.name))
    text = tr(
        "%n findings in {scan} couldn't be loaded. The server counts them but doesn't list them.",
        "",
        missing,
        one="%n finding in {scan} couldn't be loaded. The server counts it but doesn't list it.",
    )
    return text.format(scan=one_line(scan.name))
