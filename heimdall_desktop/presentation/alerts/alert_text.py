"""The texts of alerts: title and body of a notification, lines of the inbox and their outcome.

The words of each event are in `event_text`.

Source: behaviour.md 2.5, "Wording"; look.md picture 16.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import Alert, Decision, InboxLine, Withdrawal, Withdrawn
from heimdall_desktop.domain.alerts.rules import Event, Server, Subject
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingStatus,
    Severity,
    Verdict,
    one_line,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.proposals import KnownProposals
from heimdall_desktop.domain.stages.stage_display import STEADY, ScanProgress
from heimdall_desktop.presentation.alerts import event_text
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import file_line_text, host_text, shortened, title_text
from heimdall_desktop.presentation.proposal_text import alert_words
from heimdall_desktop.presentation.time_text import full_words, moment_text

PaceOf = Callable[[Scan], ScanProgress]

NAMES = 5  # number of scans that are named individually
_DECISIONS = {
    Decision.UNDECIDED: tr_noop("Inbox only so far"),
    Decision.INBOX: tr_noop("Inbox only, as set in Settings"),
    Decision.NOTIFIED: tr_noop("Shown on the desktop"),
    Decision.TRAY: tr_noop("Shown in the tray: no desktop notifications"),
    Decision.MERGED: tr_noop("Merged into “{title}”"),
    Decision.OTHER_ROW: tr_noop("Reported with another row of the same finding"),
    Decision.REPEATED: tr_noop("Inbox only: already notified"),
    Decision.IN_VIEW: tr_noop("Held back: scan in view"),
    Decision.QUIET_HOURS: tr_noop("Held back: quiet hours"),
    Decision.MUTED: tr_noop("Held back: scan muted"),
    Decision.IN_FOCUS: tr_noop("Held back: window in focus"),
    Decision.HELD: tr_noop("Held by the system"),
    Decision.NO_DESKTOP: tr_noop("Window only: no desktop notifications"),
    Decision.REFUSED: tr_noop("Window only: refused by the desktop"),
}
_WITHDRAWALS = {
    Withdrawal.NO_ROW: tr_noop("Withdrawn: announced, but not in the server's list"),
    Withdrawal.DISMISSED: tr_noop("Withdrawn: dismissed"),
    Withdrawal.FALSE_POSITIVE: tr_noop("Withdrawn: false positive"),
    Withdrawal.FIXED: tr_noop("Withdrawn: fixed"),
    Withdrawal.NOW_CRITICAL: tr_noop("Withdrawn: now critical"),
    Withdrawal.NOW_HIGH: tr_noop("Withdrawn: now high"),
    Withdrawal.NOW_MEDIUM: tr_noop("Withdrawn: now medium"),
    Withdrawal.NOW_LOW: tr_noop("Withdrawn: now low"),
    Withdrawal.NOW_OTHER: tr_noop("Withdrawn: severity changed"),
    Withdrawal.OUT_OF_VIEW: tr_noop("Withdrawn: no longer in the view"),
    Withdrawal.SCAN_LEFT: tr_noop("Withdrawn: scan no longer watched"),
    Withdrawal.SCAN_GONE: tr_noop("Withdrawn: scan no longer visible"),
    Withdrawal.RUNNING_AGAIN: tr_noop("Withdrawn: the scan is running again"),
    Withdrawal.ENDED_DIFFERENTLY: tr_noop("Withdrawn: the scan ended differently"),
    Withdrawal.CONTINUED: tr_noop("Withdrawn: the scan continued"),
    Withdrawal.SIGNED_IN: tr_noop("Withdrawn: signed in again"),
    Withdrawal.SIGNED_OUT: tr_noop("Withdrawn: signed out"),
    Withdrawal.RESPONDS: tr_noop("Withdrawn: the server responds again"),
    Withdrawal.SERVER_LEFT: tr_noop("Withdrawn: server no longer watched"),
}


# -- notifications --


def title_of(alert: Alert) -> str:
    return shortened(_title_and_body(alert)[0], event_text.TITLE_LIMIT)


def body_of(
    alert: Alert, pace_of: PaceOf = lambda _scan: STEADY, proposals: KnownProposals | None = None
) -> str:
    """Return the body of a notification; for one stalled scan it depends on its pace.

    Proposals only add a word: they suppress no alert, and change no count of one.
    """
    body = _title_and_body(alert, pace_of)[1]
    before = ""
    if proposals is not None and not alert.is_summary:
        before = alert_words(alert.findings, proposals)
    if not before:
        return body
    return f"{body.rstrip('.')}. {before[0].upper()}{before[1:]}."


def action_of(alert: Alert | InboxLine) -> str:
    """Return the effect of activating an alert, or its line."""
    if isinstance(alert, Alert):
        if alert.is_summary:
            return inbox_action()
        if alert.servers and alert.rule.event is Event.SIGNED_OUT:
            return tr("Sign in")
        if len(alert.scan_ids) > 1:
            return tr("Show findings") if alert.findings else tr("Show scans")
    return tr("Show finding") if alert.finding_id else tr("Show scan")


def inbox_action() -> str:
    return tr("Show inbox")


def actions_of(alert: Alert, *, is_redacted: bool = False) -> tuple[str, str]:
    """Return the actions of a notification: what opens it, and what mutes its scan, "" for none."""
    opens = tr("Open", "verb") if is_redacted and not alert.is_summary else action_of(alert)
    if alert.is_digest or alert.servers or len(alert.scan_ids) != 1:
        return opens, ""
    return opens, tr("Mute for 1 h") if is_redacted else tr("Mute scan for 1 h")


def muted_text(until: datetime, now: datetime) -> tuple[str, str]:
    """Return title and body on until when a scan is muted; only its card names the scan."""
    text = tr("The scan is muted until {time}.").format(time=moment_text(until, now))
    return text, tr("Its alerts are in the inbox.")


def _title_and_body(alert: Alert, pace_of: PaceOf = lambda _scan: STEADY) -> tuple[str, str]:
    if alert.is_summary:
        return _digest(alert)
    if not alert.findings:
        return _of_states(alert, pace_of)
    return _one(alert) if len(alert.findings) == 1 else _several(alert)


def _one(alert: Alert) -> tuple[str, str]:
    [finding], words = alert.findings, event_text.finding_words(alert.rule.event)
    if alert.confirmed:
        title, body = tr(words.confirmed), tr("{scan}, {place}. The validator agrees.")
    elif alert.only_confident:
        title, body = tr(words.one), tr("{scan}, {place}. High confidence.")
    else:
        title = tr(words.announced if finding.is_announced else words.one)
        body = tr("{scan}, {place}. Not yet verified.")
    title = title.format(title=title_text(finding), view=event_text.view_name(alert.view))
    return title, body.format(scan=alert.names[finding.scan_id], place=_place(finding))


def _several(alert: Alert) -> tuple[str, str]:
    count, newest, confirmed = len(alert.findings), alert.subject, alert.confirmed
    words = event_text.finding_words(alert.rule.event)
    scans = alert.by_scan
    if len(scans) > 1 or not isinstance(newest, Finding):
        title = words.in_scans(count)
        if confirmed == count and words is event_text.CRITICAL:
            title = tr("%n confirmed critical findings in {scans} scans", "", count)
        title = title.format(scans=len(scans), view=event_text.view_name(alert.view))
        return title, _and_confirmed(_by_scan(alert), alert)
    title = words.in_scan(count)
    if confirmed == count and words is event_text.CRITICAL:
        title = tr("%n confirmed critical findings in {scan}", "", count)
    is_named = newest.is_announced or _names_file(newest)
    body = tr("Latest: {title}") if is_named else tr("Latest: {title} in {file}")
    body = body.format(title=title_text(newest), file=file_line_text(newest))
    title = title.format(scan=alert.names[newest.scan_id], view=event_text.view_name(alert.view))
    return title, _and_confirmed(body, alert)


def _and_confirmed(body: str, alert: Alert) -> str:
    confirmed, confident = alert.confirmed, len(alert.only_confident)
    if confirmed and confident:
        both = tr("{body}. {count} confirmed, %n with high confidence.", "", confident)
        return both.format(body=body, count=confirmed)
    if confident:
        return tr("{body}. %n with high confidence.", "", confident).format(body=body)
    return tr("{body}. %n confirmed.", "", confirmed).format(body=body) if confirmed else body


def _of_states(alert: Alert, pace_of: PaceOf) -> tuple[str, str]:
    if servers := alert.servers:
        about = event_text.SERVER_EVENTS[alert.rule.event]
        if len(servers) > 1:
            return about.several(len(servers)), _named([host_text(each.id) for each in servers])
        return about.title(servers[0]), about.body(servers[0])
    words = event_text.SCAN_EVENTS.get(alert.rule.event, event_text.SCAN_EVENTS[Event.FAILED])
    scans = alert.scans
    if len(scans) > 1:
        return words.several(len(scans)), _named([alert.names[each.id] for each in scans])
    [scan] = scans
    return words.title(scan, alert.names[scan.id]), words.body(scan, pace_of(scan))


def _digest(alert: Alert) -> tuple[str, str]:
    critical, high = len(alert.findings), alert.highs
    failed = [alert.names[scan.id] for scan in alert.scans]
    finished = [alert.names[scan.id] for scan in alert.finished]
    servers = [host_text(server.id) for server in alert.servers]
    ends = _ends(alert, 0 if critical else high)
    if alert.rule.event is Event.HIGH:
        return tr("While you were away: %n high", "", critical), ends or _by_scan(alert)
    if alert.rule.event is Event.VIEW:
        title = tr(
            "While you were away: %n findings in saved views",
            "",
            critical,
            one="While you were away: %n finding in a saved view",
        )
        if alert.view:
            title = tr(
                "While you were away: %n findings in “{view}”",
                "",
                critical,
                one="While you were away: %n finding in “{view}”",
            )
        return title.format(view=event_text.view_name(alert.view)), _by_scan(alert)
    if not critical:
        return tr("While you were away: {news}").format(news=ends), _named(
            [*failed, *servers] or finished
        )
    title = tr("While you were away: %n critical", "", critical)
    if high:
        title = tr("While you were away: {critical} critical, {high} high")
    return title.format(critical=critical, high=high), ends or _by_scan(alert)


def _by_scan(alert: Alert) -> str:
    """Return how many each scan has, most first: "payments-api 4, web-shop 3"."""
    words = tr("{scan} {count}")
    return _named(
        [
            words.format(scan=shortened(alert.names[scan_id], event_text.NAME_LIMIT), count=count)
            for scan_id, count in alert.by_scan.most_common()
        ]
    )


def _ends(alert: Alert, highs: int) -> str:
    """Return how scans ended, and other news: "2 scans finished, 1 failed"; "" for nothing."""
    completed, failed, servers = len(alert.finished), len(alert.scans), len(alert.servers)
    ended, viewed = alert.ended, alert.viewed
    finished = tr("%n scans finished", "", completed, one="%n scan finished")
    alone = tr("%n scans failed", "", failed, one="%n scan failed")
    beside = tr("%n failed", "", failed)
    either = tr(
        "%n scans failed or were cancelled", "", ended, one="%n scan failed or was cancelled"
    )
    cut_off = tr("%n servers disconnected", "", servers, one="%n server disconnected")
    in_views = tr("%n in saved views", "", viewed, one="%n in a saved view")
    if alert.view:
        in_views = tr("%n in “{view}”", "", viewed).format(view=event_text.view_name(alert.view))
    text = (
        (highs, tr("%n high", "", highs)),
        (completed, finished),
        (failed, beside if completed else alone),
        (ended, either),
        (servers, cut_off),
        (viewed, in_views),
    )
    return ", ".join(words for count, words in text if count)


def _named(names: Sequence[str]) -> str:
    named = ", ".join(shortened(name, event_text.NAME_LIMIT + 10) for name in names[:NAMES])
    more = len(names) - NAMES
    return tr("{names} and %n more", "", more).format(names=named) if more > 0 else named


# -- notifications without names: only the kind of news, and how much of it (picture 16) --


def redacted_words(alert: Alert, title: str, body: str) -> tuple[str, str]:
    """Return title and body of a notification without titles, paths and names.

    Args:
        alert: the alert.
        title: the full title; kept for a sum.
        body: the full body; likewise.
    """
    if alert.is_summary:
        if alert.view:  # in the user's own words
            unnamed = replace(alert, view="")
            title, body = title_of(unnamed), body_of(unnamed)
        ends = alert.scans or alert.finished or alert.servers or alert.ended or alert.viewed
        if alert.findings and ends and alert.rule.event is not Event.VIEW:
            return title, body  # it counts, and names no scan
        return title, tr("Open Heimdall to see it")
    return _redacted_title(alert), tr("Open Heimdall to see it")


def redacted_sum(alerts: Sequence[Alert]) -> tuple[str, str]:
    """Return title and body of one notification for several alerts of one event."""
    every = replace(
        alerts[-1],
        findings=tuple({each.id: each for alert in alerts for each in alert.findings}.values()),
        scans=tuple({each.id: each for alert in alerts for each in alert.scans}.values()),
        servers=tuple({each.id: each for alert in alerts for each in alert.servers}.values()),
    )
    return _redacted_title(every), tr("Open Heimdall to see it")


def _redacted_title(alert: Alert) -> str:
    event, count = alert.rule.event, len(alert.findings) or len(alert.servers or alert.scans)
    is_confirmed = alert.confirmed == count
    if count == 1:
        is_confirmed = event is Event.CRITICAL and is_confirmed
        return tr(event_text.EVENTS[Event.CONFIRMED if is_confirmed else event].redacted)
    if event in event_text.SCAN_EVENTS:
        about = event_text.SCAN_EVENTS[event]
        return (about.redacted_several or about.several)(count)
    if event in event_text.SERVER_EVENTS:
        return event_text.SERVER_EVENTS[event].several(count)
    severities = {each.severity for each in alert.findings}
    if severities == {Severity.CRITICAL}:
        if is_confirmed:
            return tr("%n confirmed critical findings", "", count)
        return tr("%n new critical findings", "", count)
    if is_confirmed:
        return tr("%n confirmed findings", "", count)
    if severities == {Severity.HIGH}:
        return tr("%n new high findings", "", count)
    return tr("%n new findings", "", count)


# -- lines of the inbox --


def line_words(
    event: Event,
    subject: Subject,
    scan_name: str,
    view: str,
    pace_of: PaceOf,
    *,
    is_only_confident: bool,
) -> tuple[str, str]:
    """Return title and body of a line; the body of a stalled scan depends on its pace."""
    if isinstance(subject, Server):
        about = event_text.SERVER_EVENTS[event]
        return about.title(subject), about.body(subject)
    if not isinstance(subject, Finding):
        of_scan = event_text.SCAN_EVENTS[event]
        return of_scan.title(subject, scan_name), of_scan.body(subject, pace_of(subject))
    words = event_text.finding_words(event)
    if subject.verdict is Verdict.WITHDRAWN:
        title = tr("Withdrawn: {title}")
    elif subject.status is FindingStatus.FIXED:
        title = tr("Fixed: {title}")
    elif words.severity not in (None, subject.counts_as):
        title = tr(words.no_longer)
    elif subject.is_announced:
        title = tr(words.announced)
    elif subject.verdict is Verdict.CONFIRMED and not is_only_confident:
        title = tr(words.confirmed)
    else:
        title = tr(words.one)
    title = title.format(title=title_text(subject), view=event_text.view_name(view))
    return title, _place(subject)


def withdrawal(entry: Withdrawn) -> Withdrawal:
    """Return why an alert no longer applies."""
    subject, event = entry.subject, entry.event
    if entry.reason is not None:
        return entry.reason
    if isinstance(subject, Finding):
        if subject.counts_as is None:
            return Withdrawal(subject.status.value)
        if event is Event.VIEW:
            return Withdrawal.OUT_OF_VIEW
        return Withdrawal(f"now_{subject.severity.value}")
    if isinstance(subject, Server):
        if not subject.is_watched:
            return Withdrawal.SERVER_LEFT
        if event is Event.STALE and subject.is_signed_out:
            return Withdrawal.SIGNED_OUT
        return event_text.SERVER_EVENTS[event].withdrawal
    return event_text.SCAN_EVENTS[event].withdrawal(subject)


def outcome(line: InboxLine) -> str:
    if line.withdrawal is Withdrawal.NONE_LEFT:
        return tr(event_text.finding_words(line.event).none_left)
    if line.withdrawal is not None:
        return tr(_WITHDRAWALS[line.withdrawal])
    if line.decision is Decision.QUIET_HOURS and line.merged_into:
        text = tr("Held back: quiet hours, then shown in \u201c{title}\u201d")
        return text.format(title=line.merged_into)
    return tr(_DECISIONS[line.decision]).format(title=line.merged_into)


def copied_text(line: InboxLine) -> str:
    """Return a line as text for other programs, with the zone of its time."""
    text = (full_words(line.raised_at), line.title, line.body, line.scan_name, outcome(line))
    return "\t".join(one_line(part) for part in text if part)


def sentence(line: InboxLine, moment: str) -> str:
    text = tr("{title}. {scan}. {outcome}. {moment}.")
    if line.is_unread:
        text = tr("Unread. {title}. {scan}. {outcome}. {moment}.")
    return text.format(title=line.title, scan=line.scan_name, outcome=outcome(line), moment=moment)


def _place(finding: Finding) -> str:
    if finding.is_announced:
        return tr("stream only")
    if _names_file(finding):
        return tr("line {line}").format(line=finding.line_start)
    return file_line_text(finding)


def _names_file(finding: Finding) -> bool:
    return bool(finding.file_name) and finding.file_name in finding.title_line
