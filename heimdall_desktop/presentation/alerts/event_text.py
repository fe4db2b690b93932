"""What is said of each event that alerts: one row of `EVENTS` for each, with its icon."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import Withdrawal
from heimdall_desktop.domain.alerts.rules import Event, Server
from heimdall_desktop.domain.facts.finding import Severity, one_line
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import Stage
from heimdall_desktop.domain.stages.stage_display import ScanProgress, error_text, failed_stage
from heimdall_desktop.presentation.all_clear import not_scanned_text
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import host_text, shortened, stage_in_text, word_of
from heimdall_desktop.presentation.time_text import rough_text

TITLE_LIMIT = 60
NAME_LIMIT = 40
VIEW_LIMIT = 30
HOST_LIMIT = 32
REASON_LIMIT = 200


class EventWords(Struct, frozen=True, kw_only=True):
    """The words and the icon of one event.

    Attributes:
        redacted: its title where nothing may be named.
        setting: its name in the settings.
        setting_help: when it alerts, beside that name.
        icon: of its lines in the inbox; "" for the shape of a severity.
        tone: the name of the colour of that icon.
    """

    redacted: str
    setting: str
    setting_help: str = ""
    icon: str = ""
    tone: str = "WARNING"


# -- findings --


class FindingWords(EventWords, frozen=True, kw_only=True):
    """The words of an event of findings of one severity, or of those in a saved view."""

    severity: Severity | None
    one: str
    confirmed: str
    announced: str
    no_longer: str
    none_left: str
    in_scan: Callable[[int], str]
    in_scans: Callable[[int], str]


CRITICAL = FindingWords(
    redacted=tr_noop("New critical finding"),
    setting=tr_noop("New critical finding"),
    setting_help=tr_noop("immediately, then merged for 10 s"),
    severity=Severity.CRITICAL,
    one=tr_noop("Critical: {title}"),
    confirmed=tr_noop("Confirmed critical: {title}"),
    announced=tr_noop("Critical, announced: {title}"),
    no_longer=tr_noop("No longer critical: {title}"),
    none_left=tr_noop("Withdrawn: none are still critical"),
    in_scan=lambda count: tr("%n new critical findings in {scan}", "", count),
    in_scans=lambda count: tr("%n new critical findings in {scans} scans", "", count),
)
_FINDINGS = {
    Event.CRITICAL: CRITICAL,
    Event.CONFIRMED: replace(
        CRITICAL,
        redacted=tr_noop("Critical finding confirmed"),
        setting=tr_noop("Critical finding confirmed"),
        setting_help=tr_noop("replaces the first alert"),
    ),
    Event.HIGH: FindingWords(
        redacted=tr_noop("New high finding"),
        setting=tr_noop("New high finding"),
        severity=Severity.HIGH,
        one=tr_noop("High: {title}"),
        confirmed=tr_noop("Confirmed high: {title}"),
        announced=tr_noop("High, announced: {title}"),
        no_longer=tr_noop("No longer high: {title}"),
        none_left=tr_noop("Withdrawn: none are still high"),
        in_scan=lambda count: tr("%n new high findings in {scan}", "", count),
        in_scans=lambda count: tr("%n new high findings in {scans} scans", "", count),
    ),
    Event.VIEW: FindingWords(
        redacted=tr_noop("New finding in a saved view"),
        setting=tr_noop("Saved view matched"),  # the settings name the views that notify
        icon="ui-views",
        tone="MUTED",
        severity=None,
        one=tr_noop("{view}: {title}"),
        confirmed=tr_noop("{view}: {title}"),
        announced=tr_noop("{view}, announced: {title}"),
        no_longer=tr_noop("No longer in {view}: {title}"),
        none_left=tr_noop("Withdrawn: none are still in the view"),
        in_scan=lambda count: tr("{view}: %n new in {scan}", "", count),
        in_scans=lambda count: tr("{view}: %n new in {scans} scans", "", count),
    ),
}


def finding_words(event: Event) -> FindingWords:
    """Return the words of an event of findings; for any other those of critical ones."""
    return _FINDINGS.get(event, CRITICAL)


def view_name(name: str) -> str:
    """Return the name of a saved view; without a name, a text for several views."""
    return shortened(name, VIEW_LIMIT) if name else tr("Saved views")


# -- scans --


class ScanWords(EventWords, frozen=True, kw_only=True):
    """The words of an event of scans; `title` takes the scan's name too, `body` its pace."""

    title: Callable[[Scan, str], str]
    body: Callable[[Scan, ScanProgress], str]
    several: Callable[[int], str]
    redacted_several: Callable[[int], str] | None = None  # if it differs
    withdrawal: Callable[[Scan], Withdrawal]


def _in_stage(name: str, stage: Stage | None, titles: tuple[str, str]) -> str:
    """Return the title with scan and stage; if it is too long, the name is cut, not the stage.

    Args:
        titles: with a stage, and without.
    """
    title, place = (titles[0], stage.name) if stage else (titles[1], "")
    room = TITLE_LIMIT - len(title.format(scan="", stage=place))
    return title.format(scan=shortened(name, room), stage=place)


def _attempt_and_reason(scan: Scan, _pace: ScanProgress) -> str:
    reason = shortened(one_line(error_text(scan)).rstrip("."), REASON_LIMIT)
    text = tr("Attempt {number}. {reason}.") if reason else tr("Attempt {number}.")
    return text.format(number=scan.attempt, reason=reason)


def _no_failure(scan: Scan) -> Withdrawal:
    return Withdrawal.RUNNING_AGAIN if scan.is_live else Withdrawal.ENDED_DIFFERENTLY


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


def _silence(scan: Scan, pace: ScanProgress) -> str:
    """Return how long there was nothing new; the usual time is known only from past scans."""
    stage = scan.running_stage
    if stage is None or pace.quiet_s is None:
        return ""
    if pace.is_longer_than_usual(stage.name):
        return tr("No updates for longer than usual for this stage.")
    words = tr("Nothing new in {stage} for {time}.")
    return words.format(stage=stage_in_text(stage.name), time=rough_text(pace.quiet_s))


SCAN_EVENTS = {
    Event.FAILED: ScanWords(
        redacted=tr_noop("A scan failed"),
        setting=tr_noop("Scan failed"),
        setting_help=tr_noop("if still failed after 30 s"),
        icon="stage-failed",
        tone="FAILED",
        title=lambda scan, name: _in_stage(
            name,
            failed_stage(scan),
            (tr("Scan of {scan} stopped in {stage}"), tr("Scan of {scan} stopped")),
        ),
        body=_attempt_and_reason,
        several=lambda count: tr("%n scans stopped", "", count),
        redacted_several=lambda count: tr("%n scans failed", "", count),
        withdrawal=_no_failure,
    ),
    Event.FINISHED: ScanWords(
        redacted=tr_noop("A scan finished"),
        setting=tr_noop("Scan finished"),
        setting_help=tr_noop("while the window isn't focused"),
        icon="stage-done",
        tone="MUTED",
        title=lambda _scan, name: tr("Scan of {scan} finished").format(
            scan=shortened(name, NAME_LIMIT)
        ),
        body=_what_was_found,
        several=lambda count: tr("%n scans finished", "", count, one="%n scan finished"),
        withdrawal=_no_failure,
    ),
    Event.STALLED: ScanWords(
        redacted=tr_noop("A scan has stalled"),
        setting=tr_noop("Stage stalled"),
        setting_help=tr_noop("no updates for twice its usual time"),
        icon="stage-quiet",
        title=lambda scan, name: _in_stage(
            name,
            scan.running_stage,
            (tr("Scan of {scan} has stalled in {stage}"), tr("Scan of {scan} has stalled")),
        ),
        body=_silence,
        several=lambda count: tr("%n scans have stalled", "", count),
        withdrawal=lambda _scan: Withdrawal.CONTINUED,
    ),
}


# -- servers --


class ServerWords(EventWords, frozen=True, kw_only=True):
    """The words of an event of servers."""

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
    Event.SIGNED_OUT: ServerWords(
        redacted=tr_noop("Signed out of a server"),
        setting=tr_noop("Signed out"),
        setting_help=tr_noop("once per incident"),
        icon="conn-signed-out",
        title=_signed_out,
        body=_signed_out_scans,
        several=lambda count: tr("Signed out of %n servers", "", count),
        withdrawal=Withdrawal.SIGNED_IN,
    ),
    Event.STALE: ServerWords(
        redacted=tr_noop("No response from a server for a minute"),
        setting=tr_noop("No data for 60 s"),
        setting_help=tr_noop("once per incident"),
        icon="conn-broken",
        title=lambda server: tr("No response from {server} for a minute").format(
            server=_host(server)
        ),
        body=_scans_cut_off,
        several=lambda count: tr("No response from %n servers for a minute", "", count),
        withdrawal=Withdrawal.RESPONDS,
    ),
}

#: Every event.
EVENTS: dict[Event, EventWords] = {**_FINDINGS, **SCAN_EVENTS, **SERVER_EVENTS}
