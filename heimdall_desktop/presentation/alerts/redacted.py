"""Alerts without names: only the kind of news, and how much of it.

Sums name nothing, so they stay as they are. Source: ux.md 2.5 ("Wording"); design.md picture 16.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.alerts.alert_text import action_of, body_of, title_of
from heimdall_desktop.presentation.alerts.event_text import SCAN_EVENTS, SERVER_EVENTS
from heimdall_desktop.presentation.i18n import tr, tr_noop

_ONE = {
    Event.CRITICAL: tr_noop("New critical finding"),
    Event.CONFIRMED: tr_noop("Critical finding confirmed"),
    Event.HIGH: tr_noop("New high finding"),
    Event.FAILED: tr_noop("A scan failed"),
    Event.FINISHED: tr_noop("A scan finished"),
    Event.STALLED: tr_noop("A scan has stalled"),
    Event.SIGNED_OUT: tr_noop("Signed out of a server"),
    Event.STALE: tr_noop("No response from a server for a minute"),
    Event.VIEW: tr_noop("New finding in a saved view"),
}


def event_words(event: Event) -> str:
    """Return the words for one event if nothing may be named."""
    return tr(_ONE[event])


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
        return title, body if _tells_of_ends(alert) else _open_text()
    return _title(alert), _open_text()


def redacted_sum(alerts: Sequence[Alert]) -> tuple[str, str]:
    """Return title and body of one notification for several alerts of one event."""
    every = replace(
        alerts[-1],
        findings=tuple({each.id: each for alert in alerts for each in alert.findings}.values()),
        scans=tuple({each.id: each for alert in alerts for each in alert.scans}.values()),
        servers=tuple({each.id: each for alert in alerts for each in alert.servers}.values()),
    )
    return _title(every), _open_text()


def redacted_action(alert: Alert) -> str:
    """Return the label of the button that opens the subject of an alert."""
    return action_of(alert) if alert.is_summary else tr("Open")


def redacted_mute() -> str:
    """Return the label of the button that mutes the scan of an alert."""
    return tr("Mute for 1 h")


def _open_text() -> str:
    return tr("Open Heimdall to see it")


def _tells_of_ends(alert: Alert) -> bool:
    """Return whether the body of a sum counts ended scans and other news; else it names scans."""
    ends = alert.scans or alert.finished or alert.servers or any((alert.ended, alert.viewed))
    return bool(alert.findings and ends) and alert.rule.event is not Event.VIEW


def _title(alert: Alert) -> str:
    event, count = alert.rule.event, len(alert.findings) or len(alert.servers or alert.scans)
    confirmed = alert.confirmed
    if count == 1:
        is_confirmed = event is Event.CRITICAL and confirmed
        return event_words(Event.CONFIRMED if is_confirmed else event)
    if event is Event.FAILED:
        return tr("%n scans failed", "", count)
    words = SCAN_EVENTS.get(event) or SERVER_EVENTS.get(event)
    return words.several(count) if words else _findings(alert, count, confirmed)


def _findings(alert: Alert, count: int, confirmed: int) -> str:
    if confirmed == count:
        text = tr("%n confirmed critical findings", "", count)
        return text if _are(alert, Severity.CRITICAL) else tr("%n confirmed findings", "", count)
    if _are(alert, Severity.CRITICAL):
        return tr("%n new critical findings", "", count)
    if _are(alert, Severity.HIGH):
        return tr("%n new high findings", "", count)
    return tr("%n new findings", "", count)


def _are(alert: Alert, severity: Severity) -> bool:
    return all(each.severity is severity for each in alert.findings)
