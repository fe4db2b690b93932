"""All words of alerts: title and body of a notification, lines of the inbox and their outcome.

Source: ux.md 2.5, "Wording".
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.alerts.alert import (
    Alert,
    Decision,
    InboxLine,
    Reason,
    Withdrawn,
)
from heimdall_desktop.domain.alerts.outages import Server
from heimdall_desktop.domain.alerts.rules import Event, Subject
from heimdall_desktop.domain.facts.finding import Finding, Severity, Verdict, one_line
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import host_name
from heimdall_desktop.domain.stages.stage_display import error_text, failed_stage
from heimdall_desktop.presentation.all_clear import unlooked_text
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import (
    file_line_text,
    severity_word,
    title_text,
    word_in_text,
    word_of,
)
from heimdall_desktop.presentation.shown_text import shortened
from heimdall_desktop.presentation.time_text import full_words, moment_text

TITLE_LIMIT = 60
NAME_LIMIT = 40
VIEW_LIMIT = 30
HOST_LIMIT = 32
REASON_LIMIT = 200
NAMES = 5  # scans that are named one by one
_DECISIONS = {
    Decision.NOT_TOLD: tr_noop("Inbox only so far"),
    Decision.INBOX: tr_noop("Inbox only, by the settings"),
    Decision.NOTIFIED: tr_noop("Shown on the desktop"),
    Decision.TRAY: tr_noop("Shown at the tray icon: no desktop notifications"),
    Decision.MERGED: tr_noop("Merged into “{title}”"),
    Decision.OTHER_ROW: tr_noop("Told with another row of the same finding"),
    Decision.IN_VIEW: tr_noop("Held back: scan in view"),
    Decision.QUIET_HOURS: tr_noop("Held back: quiet hours"),
    Decision.MUTED: tr_noop("Held back: scan muted"),
    Decision.IN_FOCUS: tr_noop("Held back: window in focus"),
    Decision.HELD: tr_noop("Held by the system"),
    Decision.NO_DESKTOP: tr_noop("Window only: no desktop notifications"),
    Decision.REFUSED: tr_noop("Window only: refused by the desktop"),
}
REASONS = {
    Reason.NO_ROW: tr_noop("Taken back: announced, but not among the server's findings"),
    Reason.SCAN_LEFT: tr_noop("Taken back: scan not watched any more"),
    Reason.SCAN_GONE: tr_noop("Taken back: scan not visible any more"),
}


# -- notifications --


def title_of(alert: Alert) -> str:
    """Return the title of a notification, at most `TITLE_LIMIT` characters."""
    return shortened(_title_and_body(alert)[0], TITLE_LIMIT)


def body_of(alert: Alert) -> str:
    """Return the body of a notification."""
    return _title_and_body(alert)[1]


def action_of(alert: Alert | InboxLine) -> str:
    """Return what activating an alert, or its line, does."""
    if isinstance(alert, Alert):
        if alert.is_summary:
            return tr("Show inbox")
        if alert.servers and alert.rule.event is Event.SIGNED_OUT:
            return tr("Sign in")
        if len(alert.scan_ids) > 1:
            return tr("Show findings") if alert.findings else tr("Show scans")
    return tr("Show finding") if alert.finding_id else tr("Show scan")


def mute_action() -> str:
    """Return what the button does that mutes the scan of an alert."""
    return tr("Mute scan 1 h")


def muted_told(scan_name: str, until: datetime, now: datetime) -> tuple[str, str]:
    """Return title and body that say until when a scan is muted."""
    told, time = tr("{scan} is muted until {time}."), moment_text(until, now)
    title = told.format(scan=shortened(scan_name, NAME_LIMIT), time=time)
    return title, tr("Its alerts are in the inbox.")


def _title_and_body(alert: Alert) -> tuple[str, str]:
    if alert.is_summary:
        return _digest(alert)
    if not alert.findings:
        return _of_states(alert)
    return _one(alert) if len(alert.findings) == 1 else _several(alert)


def _one(alert: Alert) -> tuple[str, str]:
    [finding], words = alert.findings, _finding_words(alert.rule.event)
    if finding.verdict is Verdict.CONFIRMED:
        title, body = tr(words.confirmed), tr("{scan}, {place}. The validator agrees.")
    else:
        title = tr(words.announced if finding.is_announced else words.one)
        body = tr("{scan}, {place}. Not yet verified.")
    title = title.format(title=title_text(finding), view=_view(alert.view))
    return title, body.format(scan=alert.names[finding.scan_id], place=_place(finding))


def _several(alert: Alert) -> tuple[str, str]:
    count, newest, words = len(alert.findings), alert.subject, _finding_words(alert.rule.event)
    scans = {finding.scan_id for finding in alert.findings}
    confirmed = sum(finding.verdict is Verdict.CONFIRMED for finding in alert.findings)
    if len(scans) > 1 or not isinstance(newest, Finding):
        title = words.in_scans(count)
        if confirmed == count and words is _CRITICAL:
            title = tr("%n confirmed critical findings in {scans} scans", "", count)
        title = title.format(scans=len(scans), view=_view(alert.view))
        return title, _and_confirmed(_by_scan(alert), confirmed)
    title = words.in_scan(count)
    if confirmed == count and words is _CRITICAL:
        title = tr("%n confirmed critical findings in {scan}", "", count)
    body = tr("Latest: {title}") if newest.is_announced else tr("Latest: {title} in {file}")
    body = body.format(title=title_text(newest), file=file_line_text(newest))
    title = title.format(scan=alert.names[newest.scan_id], view=_view(alert.view))
    return title, _and_confirmed(body, confirmed)


def _and_confirmed(body: str, count: int) -> str:
    if not count:
        return body
    return tr("{told}. %n confirmed.", "", count).format(told=body)


def _of_states(alert: Alert) -> tuple[str, str]:
    if servers := alert.servers:
        about = _SERVER_EVENTS[alert.rule.event]
        if len(servers) > 1:
            return about.several(len(servers)), _named([host_name(each.id) for each in servers])
        return about.title(servers[0]), about.body(servers[0])
    scans, words = alert.scans, _SCAN_EVENTS.get(alert.rule.event, _FAILED)
    if len(scans) > 1:
        return words.several(len(scans)), _named([alert.names[each.id] for each in scans])
    return words.title(scans[0], alert.names[scans[0].id]), words.body(scans[0])


def _digest(alert: Alert) -> tuple[str, str]:
    critical, high = len(alert.findings), alert.highs
    failed = [alert.names[scan.id] for scan in alert.scans]
    finished = [alert.names[scan.id] for scan in alert.finished]
    servers = [host_name(server.id) for server in alert.servers]
    ends = _ends(len(finished), len(failed), alert.ended, len(alert.servers), alert.viewed)
    if alert.rule.event is Event.HIGH:
        return tr("While you were away: %n high", "", critical), ends or _by_scan(alert)
    if alert.rule.event is Event.VIEW:
        title = tr(
            "While you were away: %n findings of saved views",
            "",
            critical,
            one="While you were away: %n finding of a saved view",
        )
        return title, _by_scan(alert)
    if not critical:
        return tr("While you were away: {news}").format(news=ends), _named(
            [*failed, *servers] or finished
        )
    title = tr("While you were away: %n critical", "", critical)
    if high:
        title = tr("While you were away: {critical} critical, {high} high")
    return title.format(critical=critical, high=high), ends or _by_scan(alert)


def _by_scan(alert: Alert) -> str:
    """Say how many each scan has, most first: "payments-api 4, web-shop 3"."""
    counts = Counter(finding.scan_id for finding in alert.findings)
    return _named([_counted(alert.names[each], count) for each, count in counts.most_common()])


def _counted(name: str, count: int) -> str:
    return tr("{scan} {count}").format(scan=shortened(name, NAME_LIMIT), count=count)


def _ends(completed: int, failed: int, ended: int, servers: int, viewed: int) -> str:
    """Say how scans ended, and what else came: "2 scans finished, 1 failed"; "" for nothing."""
    finished = tr("%n scans finished", "", completed, one="%n scan finished")
    alone = tr("%n scans failed", "", failed, one="%n scan failed")
    beside = tr("%n failed", "", failed)
    either = tr(
        "%n scans failed or were cancelled", "", ended, one="%n scan failed or was cancelled"
    )
    cut_off = tr("%n servers cut off", "", servers, one="%n server cut off")
    told = (
        (completed, finished),
        (failed, beside if completed else alone),
        (ended, either),
        (servers, cut_off),
        (viewed, tr("%n in saved views", "", viewed, one="%n in a saved view")),
    )
    return ", ".join(words for count, words in told if count)


def _named(names: Sequence[str]) -> str:
    named = ", ".join(shortened(name, NAME_LIMIT + 10) for name in names[:NAMES])
    more = len(names) - NAMES
    return tr("{names} and %n more", "", more).format(names=named) if more > 0 else named


# -- events of findings --


class _FindingEvent(Struct, frozen=True):
    """The words of one event of findings of one severity, or of a saved view."""

    severity: Severity | None
    one: str
    confirmed: str
    announced: str
    no_longer: str
    none_left: str
    in_scan: Callable[[int], str]
    in_scans: Callable[[int], str]


_CRITICAL = _FindingEvent(
    Severity.CRITICAL,
    tr_noop("Critical: {title}"),
    tr_noop("Confirmed critical: {title}"),
    tr_noop("Critical, announced: {title}"),
    tr_noop("No longer critical: {title}"),
    tr_noop("Taken back: none is critical any more"),
    lambda count: tr("%n new critical findings in {scan}", "", count),
    lambda count: tr("%n new critical findings in {scans} scans", "", count),
)
_HIGH = _FindingEvent(
    Severity.HIGH,
    tr_noop("High: {title}"),
    tr_noop("Confirmed high: {title}"),
    tr_noop("High, announced: {title}"),
    tr_noop("No longer high: {title}"),
    tr_noop("Taken back: none is high any more"),
    lambda count: tr("%n new high findings in {scan}", "", count),
    lambda count: tr("%n new high findings in {scans} scans", "", count),
)


_VIEW = _FindingEvent(
    None,
    tr_noop("{view}: {title}"),
    tr_noop("{view}: {title}"),
    tr_noop("{view}, announced: {title}"),
    tr_noop("No longer in {view}: {title}"),
    tr_noop("Taken back: none is in the view any more"),
    lambda count: tr("{view}: %n new in {scan}", "", count),
    lambda count: tr("{view}: %n new in {scans} scans", "", count),
)


def _finding_words(event: Event) -> _FindingEvent:
    return {Event.HIGH: _HIGH, Event.VIEW: _VIEW}.get(event, _CRITICAL)


def _view(name: str) -> str:
    """Name a saved view; without a name there are several."""
    return shortened(name, VIEW_LIMIT) if name else tr("Saved views")


# -- events of scans --


class _ScanEvent(Struct, frozen=True):
    """The words and the icon of one event; `title` takes the scan's name too."""

    icon: str
    title: Callable[[Scan, str], str]
    body: Callable[[Scan], str]
    several: Callable[[int], str]
    withdrawal: Callable[[Scan], str]


def _stopped(scan: Scan, name: str) -> str:
    """Say where a scan stopped; of a long title the name is cut, not the stage."""
    stage = failed_stage(scan)
    title = tr("Scan of {scan} stopped in {stage}") if stage else tr("Scan of {scan} stopped")
    place = stage.name if stage else ""
    room = TITLE_LIMIT - len(title.format(scan="", stage=place))
    return title.format(scan=shortened(name, room), stage=place)


def _attempt_and_reason(scan: Scan) -> str:
    reason = shortened(one_line(error_text(scan)).rstrip("."), REASON_LIMIT)
    told = tr("Attempt {number}. {reason}.") if reason else tr("Attempt {number}.")
    return told.format(number=scan.attempt, reason=reason)


def _no_failure(scan: Scan) -> str:
    if scan.is_live:
        return tr("Taken back: the scan runs again")
    return tr("Taken back: the scan ended otherwise")


_FAILED = _ScanEvent(
    "stage-failed",
    _stopped,
    _attempt_and_reason,
    lambda count: tr("%n scans stopped", "", count),
    _no_failure,
)


def _finished(_scan: Scan, name: str) -> str:
    return tr("Scan of {scan} finished").format(scan=shortened(name, NAME_LIMIT))


def _what_was_found(scan: Scan) -> str:
    """Say what a scan found, and that it found nothing only where that is sure."""
    counts = [
        tr("{count} {severity}").format(count=count, severity=word_of(severity).lower())
        for severity in Severity
        if (count := scan.counted[severity])
    ]
    parts = [f"{', '.join(counts)}."] if counts else []
    if not counts and scan.is_clear:
        parts = [tr("No findings.")]
    elif not scan.is_checked_to_the_end:
        parts.append(tr("Not all findings could be read."))
    return " ".join(filter(None, (*parts, unlooked_text(scan))))


def _quiet_stage(scan: Scan, name: str) -> str:
    stage = scan.running_stage
    title = tr("Scan of {scan} has stalled in {stage}") if stage else tr("Scan of {scan} stalled")
    place = stage.name if stage else ""
    room = TITLE_LIMIT - len(title.format(scan="", stage=place))
    return title.format(scan=shortened(name, room), stage=place)


_FINISHED = _ScanEvent(
    "stage-done",
    _finished,
    _what_was_found,
    lambda count: tr("%n scans finished", "", count, one="%n scan finished"),
    _no_failure,
)
_STALLED = _ScanEvent(
    "stage-quiet",
    _quiet_stage,
    lambda _scan: tr("No news for longer than is usual for this stage."),
    lambda count: tr("%n scans have stalled", "", count),
    lambda _scan: tr("Taken back: the scan went on"),
)
_SCAN_EVENTS = {Event.FAILED: _FAILED, Event.FINISHED: _FINISHED, Event.STALLED: _STALLED}


# -- events of servers --


class _ServerEvent(Struct, frozen=True):
    """The words and the icon of one event of a server."""

    icon: str
    title: Callable[[Server], str]
    body: Callable[[Server], str]
    several: Callable[[int], str]
    withdrawal: str


def _scans_cut_off(server: Server) -> str:
    return tr("%n scans are not followed.", "", server.scans, one="%n scan is not followed.")


def _host(server: Server) -> str:
    return shortened(host_name(server.id), HOST_LIMIT)


_SERVER_EVENTS = {
    Event.SIGNED_OUT: _ServerEvent(
        "conn-signed-out",
        lambda server: tr("Signed out of {server}").format(server=_host(server)),
        _scans_cut_off,
        lambda count: tr("Signed out of %n servers", "", count),
        tr_noop("Taken back: signed in again"),
    ),
    Event.STALE: _ServerEvent(
        "conn-broken",
        lambda server: tr("No answer from {server} for a minute").format(server=_host(server)),
        _scans_cut_off,
        lambda count: tr("No answer from %n servers for a minute", "", count),
        tr_noop("Taken back: the server answers again"),
    ),
}


# -- lines of the inbox --


def line_title(event: Event, subject: Subject, scan_name: str, view: str = "") -> str:
    """Return the title of the line of one subject."""
    if isinstance(subject, Finding):
        return _finding_title(_finding_words(event), subject, view)
    if isinstance(subject, Server):
        return _SERVER_EVENTS[event].title(subject)
    return _SCAN_EVENTS[event].title(subject, scan_name)


def line_body(event: Event, subject: Subject) -> str:
    """Return what the line of one subject tells beside its title."""
    if isinstance(subject, Finding):
        return _place(subject)
    if isinstance(subject, Server):
        return _SERVER_EVENTS[event].body(subject)
    return _SCAN_EVENTS[event].body(subject)


def line_icon(line: InboxLine) -> str:
    """Return the name of the icon of a line; "" for the shape of a severity."""
    if line.event is Event.VIEW:
        return "ui-views"
    words = _SCAN_EVENTS.get(line.event) or _SERVER_EVENTS.get(line.event)
    return words.icon if words else ""


def line_severity(line: InboxLine) -> Severity:
    """Return the severity whose shape a line about findings has that has no icon."""
    return _finding_words(line.event).severity or Severity.OTHER


def none_left(line: InboxLine) -> str:
    """Return why the line of a notification for several is true no more."""
    return _finding_words(line.event).none_left


def withdrawal(entry: Withdrawn) -> str:
    """Return why something is true no more."""
    if entry.reason is not Reason.NO_LONGER_SO:
        return tr(REASONS[entry.reason])
    if isinstance(entry.subject, Finding):
        return _finding_withdrawal(entry.event, entry.subject)
    if isinstance(entry.subject, Server):
        if not entry.subject.is_watched:
            return tr("Taken back: server not watched any more")
        if entry.event is Event.STALE and entry.subject.is_signed_out:
            return tr("Taken back: signed out")
        return tr(_SERVER_EVENTS[entry.event].withdrawal)
    return _SCAN_EVENTS[entry.event].withdrawal(entry.subject)


def outcome(line: InboxLine) -> str:
    """Return what became of the alert of a line."""
    if line.withdrawal:
        return tr(line.withdrawal)
    if line.decision is Decision.QUIET_HOURS and line.merged_into:
        told = tr("Held back: quiet hours, then told in “{title}”")
        return told.format(title=line.merged_into)
    return tr(_DECISIONS[line.decision]).format(title=line.merged_into)


def copied_text(line: InboxLine) -> str:
    """Return a line as text for elsewhere, with the zone of its time."""
    told = (full_words(line.raised_at), line.title, line.body, line.scan_name, outcome(line))
    return "\t".join(one_line(part) for part in told if part)


def sentence(line: InboxLine, moment: str) -> str:
    """Return a line read aloud."""
    told = tr("{title}. {scan}. {outcome}. {moment}.")
    if line.is_unread:
        told = tr("Unread. {title}. {scan}. {outcome}. {moment}.")
    return told.format(title=line.title, scan=line.scan_name, outcome=outcome(line), moment=moment)


def _finding_title(words: _FindingEvent, finding: Finding, view: str) -> str:
    if finding.verdict is Verdict.WITHDRAWN:
        title = tr("Withdrawn: {title}")
    elif words.severity not in (None, finding.counts_as):
        title = tr(words.no_longer)
    elif finding.is_announced:
        title = tr(words.announced)
    elif finding.verdict is Verdict.CONFIRMED:
        title = tr(words.confirmed)
    else:
        title = tr(words.one)
    return title.format(title=title_text(finding), view=_view(view))


def _finding_withdrawal(event: Event, finding: Finding) -> str:
    if finding.verdict is Verdict.WITHDRAWN:
        return tr("Taken back: {status}").format(status=word_in_text(finding.status))
    if event is Event.VIEW:
        return tr("Taken back: not in the view any more")
    return tr("Taken back: now {severity}").format(severity=severity_word(finding).lower())


def _place(finding: Finding) -> str:
    return tr("stream only") if finding.is_announced else file_line_text(finding)
