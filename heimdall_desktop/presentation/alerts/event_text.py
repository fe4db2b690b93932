"""The words of each event that alerts: of findings, scans and servers, one value for each event."""

from collections.abc import Callable

from msgspec import Struct

from heimdall_desktop.domain.alerts.alert import Withdrawal
from heimdall_desktop.domain.alerts.rules import Event, Server
from heimdall_desktop.domain.facts.finding import Severity, one_line
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import Stage
from heimdall_desktop.domain.stages.stage_display import ScanProgress, error_text, failed_stage
from heimdall_desktop.presentation.all_clear import not_scanned_text
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.hosts import host_text
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import shortened, stage_in_text, word_of
from heimdall_desktop.presentation.time_text import rough_text

TITLE_LIMIT = 60
NAME_LIMIT = 40
VIEW_LIMIT = 30
HOST_LIMIT = 32
REASON_LIMIT = 200

# -- events of findings --


class FindingEvent(Struct, frozen=True):
    """The words of one event of findings of one severity, or of a saved view."""

    severity: Severity | None
    one: str
    confirmed: str
    announced: str
    no_longer: str
    none_left: str
    in_scan: Callable[[int], str]
    in_scans: Callable[[int], str]


CRITICAL = FindingEvent(
    Severity.CRITICAL,
    tr_noop("Critical: {title}"),
    tr_noop("Confirmed critical: {title}"),
    tr_noop("Critical, announced: {title}"),
    tr_noop("No longer critical: {title}"),
    tr_noop("Withdrawn: none are still critical"),
    lambda count: tr("%n new critical findings in {scan}", "", count),
    lambda count: tr("%n new critical findings in {scans} scans", "", count),
)
_HIGH = FindingEvent(
    Severity.HIGH,
    tr_noop("High: {title}"),
    tr_noop("Confirmed high: {title}"),
    tr_noop("High, announced: {title}"),
    tr_noop("No longer high: {title}"),
    tr_noop("Withdrawn: none are still high"),
    lambda count: tr("%n new high findings in {scan}", "", count),
    lambda count: tr("%n new high findings in {scans} scans", "", count),
)
_VIEW = FindingEvent(
    None,
    tr_noop("{view}: {title}"),
    tr_noop("{view}: {title}"),
    tr_noop("{view}, announced: {title}"),
    tr_noop("No longer in {view}: {title}"),
    tr_noop("Withdrawn: none are still in the view"),
    lambda count: tr("{view}: %n new in {scan}", "", count),
    lambda count: tr("{view}: %n new in {scans} scans", "", count),
)


def finding_words(event: Event) -> FindingEvent:
    """Return the words of an event of findings; a confirmation is one of a critical finding."""
    return {Event.HIGH: _HIGH, Event.VIEW: _VIEW}.get(event, CRITICAL)


def view_name(name: str) -> str:
    """Return the name of a saved view; without a name, a text for several views."""
    return shortened(name, VIEW_LIMIT) if name else tr("Saved views")


# -- events of scans --


class ScanEvent(Struct, frozen=True):
    """The words and the icon of one event; `title` takes the scan's name too, `body` its pace."""

    icon: str
    title: Callable[[Scan, str], str]
    body: Callable[[Scan, ScanProgress], str]
    several: Callable[[int], str]
    withdrawal: Callable[[Scan], Withdrawal]


def _stopped(scan: Scan, name: str) -> str:
    stage = failed_stage(scan)
    title = tr("Scan of {scan} stopped in {stage}") if stage else tr("Scan of {scan} stopped")
    return _in_stage(title, name, stage)


def _in_stage(title: str, name: str, stage: Stage | None) -> str:
    """Return the title with scan and stage; if it is too long, the name is cut, not the stage."""
    place = stage.name if stage else ""
    room = TITLE_LIMIT - len(title.format(scan="", stage=place))
    return title.format(scan=shortened(name, room), stage=place)


def _attempt_and_reason(scan: Scan, _pace: ScanProgress) -> str:
    reason = shortened(one_line(error_text(scan)).rstrip("."), REASON_LIMIT)
    text = tr("Attempt {number}. {reason}.") if reason else tr("Attempt {number}.")
    return text.format(number=scan.attempt, reason=reason)


def _no_failure(scan: Scan) -> Withdrawal:
    return Withdrawal.RUNNING_AGAIN if scan.is_live else Withdrawal.ENDED_DIFFERENTLY


FAILED = ScanEvent(
    "stage-failed",
    _stopped,
    _attempt_and_reason,
    lambda count: tr("%n scans stopped", "", count),
    _no_failure,
)


def _finished(_scan: Scan, name: str) -> str:
    return tr("Scan of {scan} finished").format(scan=shortened(name, NAME_LIMIT))


def _what_was_found(scan: Scan, _pace: ScanProgress) -> str:
    """Return what a scan found, and "no findings" only if that is certain."""
    counts = [
        tr("{count} {severity}").format(count=count, severity=word_of(severity).lower())
        for severity in Severity
        if (count := scan.counted[severity])
    ]
    parts = [f"{', '.join(counts)}."] if counts else []
    if not counts and scan.is_clear:
        parts = [tr("No findings.")]
    elif not scan.is_checked_to_the_end:
        parts.append(tr("Not all findings could be loaded."))
    return " ".join(filter(None, (*parts, not_scanned_text(scan))))


def _quiet_stage(scan: Scan, name: str) -> str:
    stage = scan.running_stage
    title = (
        tr("Scan of {scan} has stalled in {stage}") if stage else tr("Scan of {scan} has stalled")
    )
    return _in_stage(title, name, stage)


def _silence(scan: Scan, pace: ScanProgress) -> str:
    """Return how long there was nothing new; the usual time is known only from past scans."""
    stage = scan.running_stage
    if stage is None or pace.quiet_s is None:
        return ""
    if pace.is_longer_than_usual(stage.name):
        return tr("No updates for longer than usual for this stage.")
    words = tr("Nothing new in {stage} for {time}.")
    return words.format(stage=stage_in_text(stage.name), time=rough_text(pace.quiet_s))


_FINISHED = ScanEvent(
    "stage-done",
    _finished,
    _what_was_found,
    lambda count: tr("%n scans finished", "", count, one="%n scan finished"),
    _no_failure,
)
_STALLED = ScanEvent(
    "stage-quiet",
    _quiet_stage,
    _silence,
    lambda count: tr("%n scans have stalled", "", count),
    lambda _scan: Withdrawal.CONTINUED,
)
SCAN_EVENTS = {Event.FAILED: FAILED, Event.FINISHED: _FINISHED, Event.STALLED: _STALLED}


# -- events of servers --


class ServerEvent(Struct, frozen=True):
    """The words and the icon of one event of a server."""

    icon: str
    title: Callable[[Server], str]
    body: Callable[[Server], str]
    several: Callable[[int], str]
    withdrawal: Withdrawal


def _scans_cut_off(server: Server) -> str:
    return tr(
        "%n scans are not being watched.", "", server.scans, one="%n scan is not being watched."
    )


def _signed_out(server: Server) -> str:
    title = tr("Signed out of {server}") if server.keyring is None else tr("No token for {server}")
    return title.format(server=_host(server))


def _signed_out_scans(server: Server) -> str:
    parts = ("" if server.keyring is None else cause(server.keyring), _scans_cut_off(server))
    return " ".join(filter(None, parts))


def _host(server: Server) -> str:
    return shortened(host_text(server.id), HOST_LIMIT)


SERVER_EVENTS = {
    Event.SIGNED_OUT: ServerEvent(
        "conn-signed-out",
        _signed_out,
        _signed_out_scans,
        lambda count: tr("Signed out of %n servers", "", count),
        Withdrawal.SIGNED_IN,
    ),
    Event.STALE: ServerEvent(
        "conn-broken",
        lambda server: tr("No response from {server} for a minute").format(server=_host(server)),
        _scans_cut_off,
        lambda count: tr("No response from %n servers for a minute", "", count),
        Withdrawal.RESPONDS,
    ),
}
